"""A backup: the database at one moment, the practice's own instruments, and a manifest."""

from __future__ import annotations

import hashlib
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from holdfast_web.audit.models import Event, Head
from holdfast_web.audit.witness import action, witness
from holdfast_web.home import home, keyring_file
from holdfast_web.keeping import databases
from holdfast_web.keeping.archive import ArchiveError, Manifest, write_archive
from holdfast_web.vault.keyring import Keyring, keyring
from holdfast_web.vault.models import ClientKey

KEYS = "keys.json"
OWN = "instruments"


def make_backup(path: Path, *, with_keys: bool = False) -> Manifest:
    """Write the whole practice into one file; the server may go on running.

    Parameters
    ----------
    path
        The file; there may be none yet.
    with_keys
        Whether the keyring goes into it. Then whoever has the file can read everything.

    Raises
    ------
    ArchiveError
        If there is no practice, or the file can't be written.
    """
    if path.exists():
        raise ArchiveError(f"There is a file at {path} already, and it stays. Choose another name.")
    if not path.parent.is_dir():
        raise ArchiveError(f"There is no folder {path.parent}. Make it first.")
    if not databases.has_practice():
        raise ArchiveError(f"There is no practice in {home()}.")
    if with_keys and not keyring_file().exists():
        raise ArchiveError("The keys come from the environment, not from a file: copy them there.")
    begin_backup(with_keys=with_keys)
    about = _about()
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".holdfast-") as folder:
        copy = databases.copy_database(Path(folder))
        files = {copy.name: copy, **dict(own_files())}
        if with_keys:
            files[KEYS] = keyring_file()
        return write_archive(path, files, about)


@action
def begin_backup(*, with_keys: bool) -> None:
    """Note in the audit that a copy of everything is begun; the copy holds this event."""
    witness("backup.begun", by=None, with_keys=with_keys)


def own_files() -> list[tuple[str, Path]]:
    """Return the practice's own instruments, by the names that they have in a backup."""
    folder = home() / OWN
    return [
        (f"{OWN}/{one.relative_to(folder).as_posix()}", one)
        for one in sorted(folder.rglob("*"))
        if one.is_file() and not one.is_symlink()
    ]


def fingerprint(ring: Keyring) -> str:
    """Return what tells a keyring from another, and opens nothing."""
    return hashlib.sha256(b"holdfast keyring" + ring.audit).hexdigest()[:16]


def _about() -> dict[str, object]:
    head = Head.objects.first()
    applied = MigrationRecorder(connection).applied_migrations()
    return {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "database": databases.kind(),
        "events": Event.objects.count() if head else 0,
        "seal": head.seal if head else "",
        "practice_keys": tuple(
            sorted(set(ClientKey.objects.values_list("practice_key", flat=True)))
        ),
        "keyring": fingerprint(keyring()),
        "migrations": tuple(sorted(f"{app}.{name}" for app, name in applied)),
    }
