"""A backup is one file, taken while others write; put back only where nothing is, and whole."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import stat
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.web.homes import Home, at

WRITES = """
import subprocess, sys, threading
from django.db import connections
from holdfast_web.accounts.models import Person, Role
from holdfast_web.care.actions import open_record
from holdfast_web.vault.keys import opened
tessa, done, count = Person.objects.get(role=Role.THERAPIST), threading.Event(), [0]
def write():
    while not done.is_set():
        with opened():
            open_record(by=tessa, name="Somebody", therapist=tessa)
        count[0] += 1
    connections.close_all()
writer = threading.Thread(target=write)
writer.start()
run = (sys.executable, "-c", "from holdfast.cli import main; main()", "backup")
for number in range(2):
    subprocess.run([*run, f"{folder}/{{number}}.zip"], check=True)
done.set()
writer.join()
print(count[0], "written")
"""
ERASED = """
from django.utils import timezone
from holdfast_web.care.models import CareRelationship, Client
from holdfast_web.keeping.actions import erase_record
CareRelationship.objects.update(ends_at=timezone.now())
rows = Client.objects.for_the_practice("a test")
erase_record(by=None, client=next(one for one in rows if one.name == "Client 1"))
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = at(tmp_path_factory.mktemp("made") / "home").set_up(clients=3)
    own = home.path / "instruments" / "wording" / "ours.en.toml"
    own.parent.mkdir(parents=True)
    own.write_text("title = 'Ours'\n", encoding="utf-8")
    home.run("backup", str(home.path.parent / "backup.zip"))
    return home


@pytest.fixture
def backup(made: Home) -> Path:
    return made.path.parent / "backup.zip"


@pytest.fixture
def empty(made: Home, tmp_path: Path) -> Home:
    """Return a home with the keys that belong to the backup, and nothing else."""
    (tmp_path / "home").mkdir()
    shutil.copy(made.path / "keys.json", tmp_path / "home" / "keys.json")
    return at(tmp_path / "home")


def repacked(backup: Path, to: Path, change: dict[str, bytes]) -> Path:
    """Return a copy of a backup with some of its files changed, or others added."""
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(to, "w") as new:
        for name in {*old.namelist(), *change}:
            new.writestr(name, change.get(name) or old.read(name))
    return to


def files_in(home: Home) -> list[str]:
    return sorted(one.relative_to(home.path).as_posix() for one in home.path.rglob("*"))


def test_a_backup_is_one_file_for_its_owner_without_the_keys(made: Home, backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with zipfile.ZipFile(backup) as archive:
        assert sorted(archive.namelist()) == [
            "instruments/wording/ours.en.toml", "manifest.json", "practice.sqlite3",
        ]  # fmt: skip
        inside = b"".join(archive.read(name) for name in archive.namelist())
    assert b"A planted sentence" not in inside
    assert json.loads((made.path / "keys.json").read_bytes())["secret"].encode() not in inside


def test_what_is_put_back_is_what_was(made: Home, backup: Path, empty: Home) -> None:
    said = empty.run("restore", str(backup))
    assert "All client keys open, and the audit holds" in said
    assert empty.names() == "['Client 0', 'Client 1', 'Client 2']"
    own = "instruments/wording/ours.en.toml"
    assert (empty.path / own).read_bytes() == (made.path / own).read_bytes()
    assert stat.S_IMODE((empty.path / "practice.sqlite3").stat().st_mode) == 0o600
    assert "There is a practice here already" in empty.run("restore", str(backup), code=1)


def test_a_backup_with_keys_needs_no_others(made: Home, tmp_path: Path) -> None:
    file = tmp_path / "with-keys.zip"
    said = made.run("backup", "--with-keys", str(file))
    assert "whoever has this file can read everything" in said
    home = at(tmp_path / "home")
    home.run("restore", str(file))
    assert home.names() == "['Client 0', 'Client 1', 'Client 2']"


def test_a_backup_never_takes_the_place_of_a_file(made: Home, tmp_path: Path) -> None:
    file = tmp_path / "photographs.zip"
    file.write_text("precious")
    assert "it stays" in made.run("backup", str(file), code=1)
    assert file.read_text() == "precious"


def test_a_changed_backup_is_refused_before_anything_is_written(
    backup: Path, empty: Home, tmp_path: Path
) -> None:
    before = files_in(empty)
    for change in (
        {"practice.sqlite3": b"something else"},
        {"another.txt": b"one more"},
        {"manifest.json": b"{}"},
    ):
        file = repacked(backup, tmp_path / "changed.zip", change)
        said = empty.run("restore", str(file), code=1)
        assert "changed" in said or "manifest" in said or "no backup" in said
        assert files_in(empty) == before


def test_a_backup_cannot_write_outside_the_home(backup: Path, empty: Home, tmp_path: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        told = json.loads(archive.read("manifest.json"))
    told["files"]["../escaped.txt"] = {"sha256": "0" * 64, "bytes": 3}
    change = {"manifest.json": json.dumps(told).encode(), "../escaped.txt": b"out"}
    file = repacked(backup, tmp_path / "changed.zip", change)
    assert "is no backup of Holdfast" in empty.run("restore", str(file), code=1)
    assert not (tmp_path / "escaped.txt").exists()


def test_without_its_keys_nothing_is_put_back(backup: Path, tmp_path: Path) -> None:
    home = at(tmp_path / "home")
    assert "There are no keys" in home.run("restore", str(backup), code=1)
    home.run("keys", "create")
    assert "are not those of this backup" in home.run("restore", str(backup), code=1)
    assert files_in(home) == ["keys.json"]


def test_a_backup_whose_audit_was_edited_is_not_put_back(
    made: Home, backup: Path, empty: Home, tmp_path: Path
) -> None:
    """Somebody edits the database in the backup, and its manifest too."""
    database = tmp_path / "practice.sqlite3"
    with zipfile.ZipFile(backup) as archive:
        database.write_bytes(archive.read("practice.sqlite3"))
        told = json.loads(archive.read("manifest.json"))
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("DELETE FROM audit_event WHERE place = 3")
    content = database.read_bytes()
    told["files"]["practice.sqlite3"]["sha256"] = hashlib.sha256(content).hexdigest()
    change = {"manifest.json": json.dumps(told).encode(), "practice.sqlite3": content}
    file = repacked(backup, tmp_path / "changed.zip", change)
    said = empty.run("restore", str(file), code=1)
    assert "The audit in the backup doesn't hold. Between event 2 and 4" in said
    assert files_in(empty) == ["keys.json"]


def test_who_was_erased_since_is_erased_again(
    made: Home, backup: Path, empty: Home, tmp_path: Path
) -> None:
    live = at(tmp_path / "live")
    shutil.copytree(made.path, live.path)
    live.python(ERASED)
    assert live.names() == "['Client 0', 'Client 2']"
    shutil.copy(live.path / "erased.txt", empty.path / "erased.txt")
    assert "1 record(s) that were erased since" in empty.run("restore", str(backup))
    assert empty.names() == "['Client 0', 'Client 2']"
    assert "6 client keys" not in empty.run_each("keys check", "audit verify")


def test_a_backup_is_of_one_moment_while_others_write(made: Home, tmp_path: Path) -> None:
    live = at(tmp_path / "live")
    shutil.copytree(made.path, live.path)
    said = live.python(WRITES.format(folder=tmp_path))
    assert int(said.split()[-2]) > 2
    for number in range(2):
        home = at(tmp_path / f"home-{number}")
        home.path.mkdir()
        shutil.copy(live.path / "keys.json", home.path)
        assert "the audit holds" in home.run("restore", str(tmp_path / f"{number}.zip"))
