"""A backup of a real PostgreSQL, put back into an empty one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from tests.web.homes import Home, at


def home_on(server: Any, path: Path, database: str) -> Home:
    server.psql(f"CREATE DATABASE {database};")
    path.mkdir(exist_ok=True)
    programs = f"{server.bin_path}{os.pathsep}{os.environ['PATH']}"
    return at(path, HOLDFAST_DATABASE=server.get_uri(database=database), PATH=programs)


def test_what_is_put_back_is_what_was(server: Any, tmp_path: Path) -> None:
    home = home_on(server, tmp_path / "home", "live").set_up(clients=2)
    file = tmp_path / "backup.zip"
    home.run("backup", str(file))
    again = home_on(server, tmp_path / "again", "empty")
    shutil.copy(home.path / "keys.json", again.path)
    assert "the audit holds" in again.run("restore", str(file))
    assert again.names() == "['Client 0', 'Client 1']"
    assert "There is a practice here already" in again.run("restore", str(file), code=1)


def test_what_cannot_be_trusted_leaves_the_database_empty(server: Any, tmp_path: Path) -> None:
    home = home_on(server, tmp_path / "home", "edited").set_up(clients=1)
    home.python(
        "from django.db import connection\n"
        "with connection.cursor() as cursor:\n"
        "    cursor.execute('DELETE FROM audit_event WHERE place = 2')\n"
    )
    file = tmp_path / "backup.zip"
    home.run("backup", str(file))
    again = home_on(server, tmp_path / "again", "empty_too")
    shutil.copy(home.path / "keys.json", again.path)
    assert "The audit in the backup doesn't hold" in again.run("restore", str(file), code=1)
    assert "There is no practice" in again.run("backup", str(tmp_path / "none.zip"), code=1)
