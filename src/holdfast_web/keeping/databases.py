"""Copies of the database: one moment of it, taken while others go on writing, and put back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from holdfast_web.keeping.archive import ArchiveError

SQLITE, POSTGRESQL = "sqlite", "postgresql"
NAMES = {SQLITE: "practice.sqlite3", POSTGRESQL: "practice.dump"}


def kind() -> str:
    """Return which database this practice has."""
    return SQLITE if "sqlite3" in settings.DATABASES["default"]["ENGINE"] else POSTGRESQL


def has_practice() -> bool:
    """Say whether there is a database with anything in it."""
    if kind() == SQLITE and not _sqlite_file().exists():
        return False
    return bool(connection.introspection.table_names())


def copy_database(folder: Path) -> Path:
    """Copy the database as it is at one moment into a folder; return the file.

    Raises
    ------
    ArchiveError
        If a program for it is missing or fails.
    """
    to = folder / NAMES[kind()]
    if kind() == SQLITE:
        _copy_sqlite(_sqlite_file(), to)
    else:
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={to}")
    return to


@contextmanager
def put_back(file: Path) -> Iterator[None]:
    """Make a copy the practice's database; what fails inside the block takes it away again."""
    if kind() == SQLITE:
        with _sqlite_put_back(file):
            yield
        return
    _run(
        "pg_restore",
        "--no-owner",
        "--no-privileges",
        "--single-transaction",
        "--exit-on-error",
        f"--dbname={settings.DATABASES['default']['NAME']}",
        str(file),
    )
    try:
        yield
    except BaseException:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        raise


@contextmanager
def _sqlite_put_back(file: Path) -> Iterator[None]:
    place = _sqlite_file()
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copyfile(file, place)
    place.chmod(0o600)
    try:
        yield
    except BaseException:
        connection.close()
        for ending in ("", "-wal", "-shm", "-journal"):
            place.with_name(place.name + ending).unlink(missing_ok=True)
        raise


def _copy_sqlite(source: Path, to: Path) -> None:
    to.touch(mode=0o600)
    with closing(sqlite3.connect(source, timeout=20)) as live, closing(sqlite3.connect(to)) as copy:
        # All pages in one step: one read, which sees one moment and holds no writer up.
        live.backup(copy, pages=-1)
        # A copy is one file: without this it would want a log of its own beside it.
        copy.execute("PRAGMA journal_mode=DELETE")
        found = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        raise ArchiveError(
            "The database is damaged; the copy would be too. Keep the last good backup, stop the "
            "server, and copy the whole folder away before you try anything."
        )


def _sqlite_file() -> Path:
    return Path(connection.settings_dict["NAME"])


def _run(program: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise ArchiveError(
            f"{program} isn't here. Install PostgreSQL's client programs, of the server's version "
            "or newer, and put them on the PATH."
        )
    ran = subprocess.run(  # noqa: S603 - PostgreSQL's own program, by its full path
        [found, *arguments],
        env={**os.environ, **_as_environment(connection.settings_dict)},
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        said = ran.stderr.strip().splitlines()
        raise ArchiveError(f"{program} failed: {said[0] if said else 'it said nothing'}")


def _as_environment(told: dict[str, Any]) -> dict[str, str]:
    """Return where the database is, as PostgreSQL's programs read it; no password in a command."""
    known = {
        "PGDATABASE": told["NAME"],
        "PGUSER": told["USER"],
        "PGPASSWORD": told["PASSWORD"],
        "PGHOST": told["HOST"],
        "PGPORT": told["PORT"],
        "PGSSLMODE": told["OPTIONS"].get("sslmode", ""),
    }
    return {name: str(value) for name, value in known.items() if value}
