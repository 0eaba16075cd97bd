"""A server that is killed while clients hand in check-ins: each is whole, or was never begun."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.web.homes import DJANGO, Home, at

MOMENTS = (0.02, 0.11, 0.23, 0.36, 0.52, 0.69)
"""Seconds after the first one; the machine's own unrest makes them random."""
PEOPLE = """
from holdfast_web.accounts.models import Person, Role
from holdfast_web.care.actions import open_record
def person(name, role):
    return Person.objects.create_person(email=f"{name}@example.org", name=name, role=role)
tessa = person("tessa", Role.THERAPIST)
for number in range(3):
    client = open_record(by=tessa, name=f"Client {number}", therapist=tessa).client
    client.person = person(f"client{number}", Role.CLIENT)
    client.save()
"""
HANDS_IN = """
import itertools, random
from datetime import timedelta
from django.utils import timezone
from holdfast_web.accounts.models import Person, Role
from holdfast_web.care.models import Client
from holdfast_web.encounters.actions import plan_session
from holdfast_web.encounters.models import Session
from holdfast_web.measures.actions.asking import hand_in, hold_session
from holdfast_web.measures.models import Sheet
RATED = ("goal", "task", "bond", "understood", "safe", "not_judged")
WHY = "a test"
tessa = Person.objects.get(role=Role.THERAPIST)
clients = list(Client.objects.for_the_practice(WHY).select_related("person"))
begun = timezone.now() - timedelta(days=400)
for turn in itertools.count():
    client = clients[turn % len(clients)]
    rows = Session.objects.for_the_practice(WHY).filter(client=client)
    session = rows.filter(status="planned").first() or plan_session(
        by=tessa, client=client, starts_at=begun + timedelta(hours=rows.count())
    )
    hold_session(by=tessa, session=session)
    sheets = Sheet.objects.for_the_practice(WHY).filter(session=session).select_related("client")
    for sheet in sheets.order_by("-respondent"):
        who = client.person if sheet.respondent == "client" else tessa
        answers = {name: random.randint(1, 10) for name in RATED}
        hand_in(by=who, sheet=sheet, answers=answers, edition=sheet.edition)
        print(sheet.pk, flush=True)
"""
LOOKS = """
from django.db import connection
from holdfast_web.audit.chain import verify
from holdfast_web.audit.models import Event
from holdfast_web.encounters.models import Session
from holdfast_web.measures.models import Sheet
from holdfast_web.measures.models import Standing
WHY = "a test"
with connection.cursor() as cursor:
    cursor.execute("PRAGMA integrity_check")
    print(cursor.fetchall())
    cursor.execute("PRAGMA foreign_key_check")
    print(cursor.fetchall())
check = verify()
print("audit", check.problems)
told = set(Event.objects.filter(what__endswith=".handed_in").values_list("subject", flat=True))
for one in Sheet.objects.for_the_practice(WHY):
    done, let_go = one.handed_in_at is not None, one.skipped_at is not None
    is_now = (len(one.answers), one.result is not None, one.edition)
    should_be = (6, True, 2) if done else (0, False, 2 if let_go else 1)
    if is_now != should_be or done != (f"measures.sheet:{one.pk}" in told):
        print("torn", one.pk, one.answers, one.result, one.edition)
    if done:
        print("whole", one.pk)
for one in Session.objects.for_the_practice(WHY):
    if one.sheets.for_the_practice(WHY).count() != (2 if one.status == "held" else 0):
        print("torn session", one.pk)
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = at(tmp_path / "home").set_up()
    made.python(PEOPLE)
    return made


def killed(home: Home, after: float) -> list[str]:
    """Let check-ins be handed in, kill the process; return those that were said to be done."""
    with subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-c", DJANGO],
        env=home.env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(HANDS_IN)
        process.stdin.close()
        first = process.stdout.readline()
        assert first, process.stderr.read()
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        said = [first, *process.stdout.read().splitlines(keepends=True)]
        assert process.wait() == -signal.SIGKILL
    return [line.strip() for line in said if line.endswith("\n")]


def test_what_was_handed_in_is_there_and_nothing_is_torn(home: Home) -> None:
    said = [one for moment in MOMENTS for one in killed(home, moment)]
    assert len(said) > 12
    found = home.python(LOOKS).splitlines()
    assert found[:3] == ["[('ok',)]", "[]", "audit ()"]
    assert not [line for line in found if line.startswith("torn")]
    whole = {line.partition(" ")[2] for line in found if line.startswith("whole")}
    assert set(said) <= whole
    home.run_each("keys check", "audit verify")
