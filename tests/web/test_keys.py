"""The keys are created once, checked, and rotated; killed at any step, everything still opens."""

from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path

import pytest

from tests.web.homes import Home, at

KILLED_AFTER = """
import os, signal, sys
import django
os.environ["DJANGO_SETTINGS_MODULE"] = "holdfast_web.settings"
django.setup()
import holdfast_web.vault.keyring as keyring
import holdfast_web.vault.keys as keys
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
{how}
sys.argv = ["holdfast", "keys", "rotate"]
from holdfast.cli import main
main()
"""
STEPS = {
    "before the new keyring is in its place": "keyring.Path.replace = die",
    "when the new keyring is in its place": (
        "before = keyring.write_keyring\n"
        "def write(*told): before(*told); die()\n"
        "keyring.write_keyring = write"
    ),
    "among the clients' keys": (
        "found, before = [], keys.seal\n"
        "def seal(*told):\n"
        "    found.append(1)\n"
        "    return before(*told) if len(found) < 4 else die()\n"
        "keys.seal = seal"
    ),
    "when the keys are wrapped": "keyring.without_old_keys = die",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return at(tmp_path_factory.mktemp("made") / "home").set_up(clients=3)


@pytest.fixture
def practice_home(made: Home, tmp_path: Path) -> Home:
    shutil.copytree(made.path, tmp_path / "home")
    return at(tmp_path / "home")


def keys_in(home: Home) -> list[str]:
    told = json.loads((home.path / "keys.json").read_text(encoding="utf-8"))
    return [one["name"] for one in told["practice"]]


def test_keys_are_created_once_and_for_their_owner_alone(tmp_path: Path) -> None:
    home = at(tmp_path / "home")
    home.run("keys", "create")
    file = home.path / "keys.json"
    before = file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "and they stay" in home.run("keys", "create", code=1)
    assert file.read_bytes() == before


def test_keys_that_open_everything_are_well(practice_home: Home) -> None:
    assert "6 client keys open" in practice_home.run("keys", "check")


def test_the_keys_of_another_practice_are_found_out(practice_home: Home, tmp_path: Path) -> None:
    other = at(tmp_path / "other")
    other.run("keys", "create")
    shutil.copy(other.path / "keys.json", practice_home.path / "keys.json")
    assert "6 of 6 client keys don't open" in practice_home.run("keys", "check", code=1)


def test_keys_that_others_can_read_are_refused(practice_home: Home) -> None:
    (practice_home.path / "keys.json").chmod(0o644)
    said = practice_home.run("keys", "check", code=1)
    assert "Others may read the keys" in said
    assert "chmod 600" in said


def test_without_keys_one_is_told_what_to_do(practice_home: Home) -> None:
    (practice_home.path / "keys.json").unlink()
    assert "holdfast keys create" in practice_home.run("keys", "check", code=1)


def test_rotated_keys_open_everything_and_the_oldest_goes(practice_home: Home) -> None:
    first = keys_in(practice_home)
    assert "6 client keys are wrapped" in practice_home.run("keys", "rotate")
    second = keys_in(practice_home)
    assert second[1:] == first
    practice_home.run_each("keys rotate", "keys check", "audit verify")
    assert keys_in(practice_home)[1:] == second[:1]
    assert practice_home.names() == "['Client 0', 'Client 1', 'Client 2']"


def test_keys_from_the_environment_are_not_rotated_into_a_file(practice_home: Home) -> None:
    file = practice_home.path / "keys.json"
    before = file.read_text(encoding="utf-8")
    practice_home.environment["HOLDFAST_KEYS"] = before
    assert "come from the environment" in practice_home.run("keys", "rotate", code=1)
    assert file.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("step", STEPS)
def test_a_rotation_that_is_killed_leaves_everything_readable(
    practice_home: Home, step: str
) -> None:
    practice_home.process(KILLED_AFTER.format(how=STEPS[step]), code=-9)
    assert practice_home.names() == "['Client 0', 'Client 1', 'Client 2']"
    said = practice_home.run_each("keys check", "keys rotate", "keys check")
    assert "6 client keys are wrapped" in said
    assert practice_home.names() == "['Client 0', 'Client 1', 'Client 2']"


WHILE_ROTATED = """
import subprocess, sys
from holdfast_web.accounts.models import Person, Role
from holdfast_web.care.actions import open_record
from holdfast_web.care.models import Client
tessa = Person.objects.get(role=Role.THERAPIST)
open_record(by=tessa, name="Before", therapist=tessa)
{rotate}
open_record(by=tessa, name="After", therapist=tessa)
print(sorted(one.name for one in Client.objects.for_the_practice("a test")))
"""


def test_a_running_server_goes_on_with_the_new_keys(practice_home: Home) -> None:
    rotate = (
        "subprocess.run([sys.executable, '-c', 'from holdfast.cli import main; main()', "
        "'keys', 'rotate'], check=True)"
    )
    said = practice_home.python(WHILE_ROTATED.format(rotate="; ".join([rotate] * 2)))
    assert "'After', 'Before', 'Client 0'" in said
    assert "'After'" in practice_home.names()
