"""All that lies in the database, as bytes, the way a thief of it would have it."""

from __future__ import annotations

from pathlib import Path

from django.db import connection


def everything_in_the_database() -> bytes:
    """Return every value of every column of every table."""
    found: list[bytes] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            for row in cursor.fetchall():
                found += [_bytes(value) for value in row]
    return b"\n".join(found)


def everything_in_its_files() -> bytes:
    """Return the database's own files: pages that were freed, and its log, among them.

    Empty where the database isn't a file.
    """
    if connection.vendor != "sqlite":
        return b""
    place = Path(connection.settings_dict["NAME"])
    files = [place.with_name(place.name + ending) for ending in ("", "-wal", "-journal")]
    return b"\n".join(one.read_bytes() for one in files if one.exists())


def _bytes(value: object) -> bytes:
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    return str(value).encode()
