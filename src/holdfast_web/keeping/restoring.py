"""A backup put back: only where nothing is, only whole, and not believed before it was checked."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from holdfast_web.audit.chain import verify
from holdfast_web.home import home, keyring_file
from holdfast_web.keeping import databases
from holdfast_web.keeping.actions import note_restored
from holdfast_web.keeping.archive import ArchiveError, Manifest, unpack
from holdfast_web.keeping.backups import KEYS, OWN, fingerprint
from holdfast_web.vault.keyring import KeyringError, keyring
from holdfast_web.vault.keys import unreadable_keys


def restore(path: Path, manifest: Manifest, *, erased: Iterable[UUID] = ()) -> int:
    """Put a practice back; return how many clients had to be erased again.

    Parameters
    ----------
    path, manifest
        A backup that was read and found whole.
    erased
        Clients who were erased after it was made.

    Raises
    ------
    ArchiveError
        If a practice is here, the keyring doesn't fit, or what was put back doesn't hold. Then
        everything is as it was.
    """
    _refuse_over_a_practice(manifest)
    with (
        _keys(path, manifest),
        _files(path, manifest),
        tempfile.TemporaryDirectory(dir=home(), prefix=".restoring-") as folder,
    ):
        copy = Path(folder) / databases.NAMES[manifest.database]
        unpack(path, copy.name, copy)
        with databases.put_back(copy):
            _refuse_a_newer_one(manifest)
            call_command("migrate", verbosity=0, interactive=False)
            _check(manifest)
            Session.objects.all().delete()
            again = note_restored(made_at=manifest.made_at, erased=erased)
    return again


def _refuse_over_a_practice(manifest: Manifest) -> None:
    if manifest.database != databases.kind():
        raise ArchiveError(
            f"The backup is of a {manifest.database} database, and HOLDFAST_DATABASE names another "
            "kind. Set it to an empty database of that kind."
        )
    if databases.has_practice():
        raise ArchiveError(
            "There is a practice here already, and it stays. Restore into an empty home: "
            "HOLDFAST_HOME=/another/folder holdfast restore FILE"
        )


def _need_keys(manifest: Manifest) -> None:
    ring = keyring()
    if fingerprint(ring) != manifest.keyring:
        raise ArchiveError(
            f"The keys at {keyring_file()} are not those of this backup. Put back the copy of the "
            "keyring that belongs to it."
        )
    try:
        for name in manifest.practice_keys:
            ring.named(name)
    except KeyringError:
        raise ArchiveError(
            "The keys were rotated since this backup was made. Put back the keyring from before, "
            "restore, and rotate again."
        ) from None


def _refuse_a_newer_one(manifest: Manifest) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(connection).disk_migrations}
    if set(manifest.migrations) - known:
        raise ArchiveError("This backup was made by a newer Holdfast. Install that one first.")


def _check(manifest: Manifest) -> None:
    bad = unreadable_keys()
    if bad:
        raise ArchiveError(f"{len(bad)} client keys in the backup don't open with the keyring.")
    found = verify(manifest.seal or None)
    if found.problems:
        raise ArchiveError(f"The audit in the backup doesn't hold. {' '.join(found.problems[:3])}")


@contextmanager
def _keys(path: Path, manifest: Manifest) -> Iterator[None]:
    """Put a backup's keyring in its place, where it has one and there is none; else need ours."""
    place = keyring_file()
    placed = KEYS in manifest.files and not place.exists() and not os.environ.get("HOLDFAST_KEYS")
    if placed:
        unpack(path, KEYS, place)
    try:
        _need_keys(manifest)
        yield
    except BaseException:
        if placed:
            place.unlink()
        raise


@contextmanager
def _files(path: Path, manifest: Manifest) -> Iterator[None]:
    """Put the practice's own files back; what fails inside the block takes them away again."""
    names = [name for name in manifest.files if name.startswith(f"{OWN}/")]
    if names and (home() / OWN).exists():
        raise ArchiveError(f"There are instruments in {home() / OWN}. Move them away first.")
    try:
        for name in names:
            unpack(path, name, home() / name)
        yield
    except BaseException:
        if names:
            shutil.rmtree(home() / OWN, ignore_errors=True)
        raise
