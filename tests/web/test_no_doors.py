"""The doors of a demo lead nowhere in a real practice."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import pytest
import typer
from django.test import Client as Browser
from django.utils import timezone

from holdfast_web.accounts.models import Person, Role
from holdfast_web.audit.chain import invented_at
from holdfast_web.care.models import Practice
from holdfast_web.commands.demo import NOTE, free_port, prepare, set_surroundings
from holdfast_web.commands.serve import refuse_a_demo_of_real_people
from holdfast_web.demo.actions import make_demo
from holdfast_web.demo.cast import the_cast
from holdfast_web.lib.refusals import PracticeError, Refused
from tests.web.demo_settings import demo_settings


def test_without_a_demo_there_are_no_doors(practice: Practice) -> None:
    practice.is_demo = True
    practice.save()
    assert Browser().get("/demo/").status_code == 404
    assert "demo-bar" not in Browser().get("/account/login/").content.decode()


def test_even_with_the_addresses_there_are_no_doors_without_a_demo(
    practice: Practice, settings: Any
) -> None:
    practice.is_demo = True
    practice.save()
    settings.ROOT_URLCONF = "tests.web.demo_urls"
    owner = Person.objects.create_person(
        email=the_cast().owner.email, name="Ruth Adeyemi", role=Role.OWNER
    )
    assert Browser().get("/demo/").status_code == 404
    assert Browser().post(f"/demo/as/{owner.pk}/").status_code == 404


def test_a_real_practice_has_no_doors_even_in_a_demo(practice: Practice) -> None:
    owner = Person.objects.create_person(
        email=the_cast().owner.email, name="Ruth Adeyemi", role=Role.OWNER
    )
    with demo_settings():
        assert Browser().get("/demo/").status_code == 404
        assert Browser().post(f"/demo/as/{owner.pk}/").status_code == 404
        assert "demo-bar" not in Browser().get("/account/login/").content.decode()


def test_a_real_practice_is_not_served_as_a_demo(practice: Practice) -> None:
    with pytest.raises(typer.Exit):
        refuse_a_demo_of_real_people(demo=True)
    refuse_a_demo_of_real_people(demo=False)
    practice.is_demo = True
    practice.save()
    refuse_a_demo_of_real_people(demo=True)


@pytest.mark.django_db
def test_outside_a_demo_nothing_is_made_and_no_past_is_invented() -> None:
    with pytest.raises(Refused):
        make_demo()
    assert not Practice.objects.exists()
    with pytest.raises(PracticeError, match="Only in a demo"), invented_at(timezone.now()):
        pass


def test_a_demo_is_never_put_over_what_lies_in_a_folder(tmp_path: Path) -> None:
    kept = tmp_path / "practice.sqlite3"
    kept.write_text("real people", encoding="utf-8")
    for fresh in (False, True):
        with pytest.raises(typer.Exit):
            prepare(tmp_path, fresh=fresh)
    assert kept.read_text(encoding="utf-8") == "real people"


def test_a_fresh_demo_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    prepare(folder, fresh=False)
    (folder / "practice.sqlite3").touch()
    prepare(folder, fresh=False)
    assert (folder / "practice.sqlite3").exists()
    prepare(folder, fresh=True)
    assert [one.name for one in folder.iterdir()] == [NOTE]


def test_a_demo_forgets_the_settings_of_a_real_practice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOLDFAST_DATABASE", "HOLDFAST_KEYS", "HOLDFAST_SMTP_HOST", "HOLDFAST_HOME"):
        monkeypatch.setenv(name, "of a real practice")
    monkeypatch.setattr(os, "environ", dict(os.environ))
    set_surroundings(tmp_path, "http://127.0.0.1:8000")
    told = {name for name in os.environ if name.startswith("HOLDFAST_")}
    assert told == {"HOLDFAST_HOME", "HOLDFAST_DEMO", "HOLDFAST_ADDRESS"}
    assert os.environ["HOLDFAST_HOME"] == str(tmp_path)
    assert (tmp_path / "keys.json").exists()


def test_the_next_free_port_is_taken() -> None:
    first = free_port("127.0.0.1", 8460)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", first))
        taken.listen()
        assert free_port("127.0.0.1", first) > first
