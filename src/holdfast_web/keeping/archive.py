"""One file that holds several, with a manifest that says of each how long it is and its SHA-256.

The file appears whole or not at all, and only its owner may read it.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from holdfast_web.lib.refusals import PracticeError

MANIFEST = "manifest.json"
FORMAT = "holdfast-backup"
VERSION = 1
CHUNK = 1024 * 1024


class ArchiveError(PracticeError):
    """A backup that can't be trusted or can't be written; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself.

    Attributes
    ----------
    made_at
        When, as ISO 8601 in UTC.
    database
        ``"sqlite"`` or ``"postgresql"``.
    events, seal
        How long the audit was, and its last seal.
    practice_keys, keyring
        Names of the practice keys that it needs, and the fingerprint of their keyring.
    migrations
        Which changes of the database's shape it has had, as ``"app.name"``.
    files
        SHA-256 and length of each file.
    """

    made_at: str
    database: str
    events: int
    seal: str
    practice_keys: tuple[str, ...]
    keyring: str
    migrations: tuple[str, ...]
    files: Mapping[str, Mapping[str, Any]]


def write_archive(path: Path, files: Mapping[str, Path], about: Mapping[str, Any]) -> Manifest:
    """Write files and their manifest into one file.

    Parameters
    ----------
    path
        Where to; nothing may be there yet.
    files
        Where each file lies, by the name that it gets.
    about
        What the manifest says besides.

    Raises
    ------
    ArchiveError
        If something is at ``path`` already.
    """
    if path.exists():
        raise ArchiveError(f"There is a file at {path} already, and it stays. Choose another name.")
    manifest = Manifest(files={name: _told_of(one) for name, one in files.items()}, **about)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(MANIFEST, _as_text(manifest))
                for name, one in files.items():
                    archive.write(one, name)
            file.flush()
            os.fsync(file.fileno())
        read_manifest(beside)
        beside.replace(path)
    except OSError as error:
        raise ArchiveError(f"{path} can't be written: {error.strerror}.") from None
    finally:
        beside.unlink(missing_ok=True)
    return manifest


def read_manifest(path: Path) -> Manifest:
    """Read a backup's manifest, and see that every file is as it says.

    Raises
    ------
    ArchiveError
        If it is no backup, or anything in it was changed, added or lost.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _from_text(archive.read(MANIFEST))
            there = sorted(one.filename for one in archive.infolist())
            if there != sorted({MANIFEST, *manifest.files}):
                raise ArchiveError(f"{path.name} doesn't hold the files that its manifest names.")
            for name, told in manifest.files.items():
                with archive.open(name) as file:
                    if _hash_of(file) != told["sha256"]:
                        raise ArchiveError(f"{name} in {path.name} was changed or is damaged.")
    except FileNotFoundError:
        raise ArchiveError(f"There is no file at {path}.") from None
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError):
        raise ArchiveError(
            f"{path.name} is no backup of Holdfast, or it is damaged. Take another copy of it."
        ) from None
    return manifest


def unpack(path: Path, name: str, to: Path) -> None:
    """Write one of a backup's files where nothing is yet, for its owner's eyes only."""
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    opened = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with (
        zipfile.ZipFile(path) as archive,
        archive.open(name) as inside,
        os.fdopen(opened, "wb") as out,
    ):
        while chunk := inside.read(CHUNK):
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())


def _told_of(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return {"sha256": _hash_of(file), "bytes": path.stat().st_size}


def _hash_of(file: BinaryIO | Any) -> str:
    found = hashlib.sha256()
    while chunk := file.read(CHUNK):
        found.update(chunk)
    return found.hexdigest()


def _as_text(manifest: Manifest) -> str:
    told = {"format": FORMAT, "version": VERSION, **asdict(manifest)}
    return json.dumps(told, indent=2) + "\n"


def _from_text(text: bytes) -> Manifest:
    told = json.loads(text)
    if told.pop("format") != FORMAT:
        raise ValueError(FORMAT)
    if told.pop("version") != VERSION:
        raise ArchiveError("This backup was made by a newer Holdfast. Install that one first.")
    manifest = Manifest(
        **{
            **told,
            "practice_keys": tuple(told["practice_keys"]),
            "migrations": tuple(told["migrations"]),
        }
    )
    if not all(_stays_inside(name) for name in manifest.files):
        raise ValueError(FORMAT)
    return manifest


def _stays_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return (
        bool(path.parts)
        and not path.is_absolute()
        and ".." not in path.parts
        and "\\" not in name
        and ":" not in name
    )
