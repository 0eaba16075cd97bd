"""Whoever looks after the machine checks the audit, erases what is old, hands out copies."""

from __future__ import annotations

import json
import shutil
import stat
import zipfile
from pathlib import Path

import pytest

from tests.web.homes import Home, at

LONG_AGO = """
from datetime import timedelta
from django.utils import timezone
from holdfast_web.care.models import CareRelationship
for care in CareRelationship.objects.select_related("client"):
    if care.client.name != "Client 0":
        ended = timezone.now() - timedelta(days=366 * 9)
        care.starts_at, care.ends_at = ended - timedelta(days=99), ended
        care.save()
"""
NUMBER = """
from holdfast_web.care.models import Client
for one in Client.objects.for_the_practice("a test"):
    if one.name == "Client 0":
        print(one.pk)
"""
EDIT = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("UPDATE audit_event SET what = 'care.ended' WHERE place = 2")
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = at(tmp_path_factory.mktemp("made") / "home").set_up(clients=3)
    home.python(LONG_AGO)
    return home


@pytest.fixture
def home(made: Home, tmp_path: Path) -> Home:
    shutil.copytree(made.path, tmp_path / "home")
    return at(tmp_path / "home")


def test_the_audit_is_checked_and_its_seal_is_printed(home: Home) -> None:
    said = home.run("audit", "verify")
    assert "The audit holds" in said
    seal = said.partition("Its last seal: ")[2].split()[0]
    home.run("audit", "verify", "--known", seal)
    said = home.run("audit", "verify", "--known", "f" * 64, code=1)
    assert "events were cut off" in said
    home.python(EDIT)
    said = home.run("audit", "verify", code=1)
    assert "Event 2 was changed" in said
    assert "The audit doesn't hold: 1 problem(s)" in said


def test_records_past_their_time_are_listed_and_nothing_else_happens(home: Home) -> None:
    said = home.run("retention")
    assert said.count("no agreement says how long") == 2
    assert "Client 0" not in said
    assert "2 record(s)" in said
    assert home.names() == "['Client 0', 'Client 1', 'Client 2']"
    assert "No record has been kept" in home.run("retention", "--years", "20")


def test_records_are_erased_name_by_name(home: Home) -> None:
    said = home.run("retention", "--erase", said="client 1\nyes\n")
    assert said.count("Erased.") == 1
    assert said.count("It stays.") == 1
    assert home.names() == "['Client 0', 'Client 2']"
    assert len((home.path / "erased.txt").read_text().split()) == 1
    assert "4 client keys open" in home.run_each("keys check", "audit verify")
    assert "1 record(s)" in home.run("retention")


def test_nobody_is_erased_by_pressing_return(home: Home) -> None:
    assert "Erased." not in home.run("retention", "--erase", said="\n\n")
    assert home.names() == "['Client 0', 'Client 1', 'Client 2']"


def test_a_client_without_an_account_gets_a_copy_from_the_machine(
    home: Home, tmp_path: Path
) -> None:
    number, file = home.python(NUMBER).strip(), tmp_path / "copy.zip"
    assert "give it to the client" in home.run("export", number[:8], str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with zipfile.ZipFile(file) as archive:
        told = json.loads(archive.read("record.json"))
    assert (told["you"]["name"], told["you"]["what_brings_you"]) == (
        "Client 0",
        "A planted sentence.",
    )
    assert told["opened"]["events"][0]["words"].startswith("Holdfast made a copy")
    assert "it stays" in home.run("export", number, str(file), code=1)
    said = home.run("export", "ffff", str(tmp_path / "x.zip"), code=1)
    assert "There is no record, or more than one" in said


def test_a_machine_without_the_web_packages_is_told_how_to_get_them(tmp_path: Path) -> None:
    without = (
        "import sys; sys.modules['django'] = None\n"
        "import importlib.util as u; real = u.find_spec\n"
        "u.find_spec = lambda name, *more: None if name == 'django' else real(name, *more)\n"
        "from holdfast.cli import main; main()"
    )
    for words in (("check",), ("audit", "verify"), ("backup", "x.zip"), ("restore", "x.zip")):
        said = at(tmp_path).process(without, *words, code=1)
        assert "pip install 'holdfast[web]'" in said, words
