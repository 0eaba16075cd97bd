"""A practice to measure on: one therapist with sixty clients, twenty sessions each."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils import timezone

from benchmarks.practice.people import RATED, Filled
from holdfast_web.accounts.models import Person, Role
from holdfast_web.care.actions import open_record
from holdfast_web.care.models import CareRelationship, Practice
from holdfast_web.encounters.models import Session
from holdfast_web.engine.scoring import work_out
from holdfast_web.measures.actions.noticing import notice
from holdfast_web.measures.models import Sheet

CLIENTS, SESSIONS = 60, 20
ANSWERING, OPEN = 20, 12
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def fill_practice(*, seed: int = 5) -> Filled:
    """Make the practice; deterministic but for ids, keys and dates."""
    draw = random.Random(seed)
    with transaction.atomic():
        Practice.objects.create(name="Benchmark")
        people = Person.objects
        therapist = people.create_person(
            email="t@example.org", name="Therapist", role=Role.THERAPIST
        )
        other = people.create_person(email="o@example.org", name="Other", role=Role.THERAPIST)
        pages = tuple(_client(therapist, number, draw)[1] for number in range(CLIENTS))
        # Who answers check-ins without end is in another caseload: open sheets would fill this one.
        clients = tuple(_answering(other, CLIENTS + number, draw) for number in range(ANSWERING))
    return Filled(signed_in(therapist), pages, clients)


def _answering(therapist: Person, number: int, draw: random.Random) -> tuple[str, tuple[str, ...]]:
    care, _ = _client(therapist, number, draw)
    waiting = tuple(f"/me/sheets/{_open(care, SESSIONS + 1 + n).pk}/" for n in range(OPEN))
    assert care.client.person is not None
    return signed_in(care.client.person), waiting


def _client(therapist: Person, number: int, draw: random.Random) -> tuple[CareRelationship, str]:
    care = open_record(by=therapist, name=f"Client {number}", therapist=therapist)
    person = Person.objects.create_person(
        email=f"c{number}@example.org", name=f"Client {number}", role=Role.CLIENT
    )
    care.client.person = person
    care.client.save(update_fields=("person",))
    level = draw.uniform(6, 9)
    last: Sheet | None = None
    for place in range(1, SESSIONS + 1):
        level = min(9.5, max(3.0, level + draw.gauss(0, 0.5)))
        last = _rated(care, place, level, draw)
    assert last is not None
    notice(last, by=person)
    return care, f"/clients/{care.client_id}/"


def _rated(care: CareRelationship, place: int, level: float, draw: random.Random) -> Sheet:
    session = _session(care, place)
    answers = {name: round(min(10, max(0, draw.gauss(level, 1)))) for name in RATED}
    guess = {name: round(min(10, max(0, draw.gauss(level + 0.3, 1)))) for name in RATED}
    _sheet(care, session, "check-in", guess, "therapist")
    if place % 4 == 1:
        symptoms = {f"q{n}": draw.choice((0, 1, 1, 2)) for n in range(1, 9)} | {"q9": 0}
        _sheet(care, session, "phq-9", symptoms)
    return _sheet(care, session, "check-in", answers)


def _open(care: CareRelationship, place: int) -> Sheet:
    sheet = Sheet(
        client=care.client,
        instrument="check-in",
        instrument_version="1",
        session=_session(care, place),
    )
    sheet.save()
    return sheet


def _session(care: CareRelationship, place: int) -> Session:
    starts = timezone.now() - timedelta(days=7 * (SESSIONS + OPEN + 1 - place))
    return Session.objects.create(
        client=care.client, care=care, number=place, starts_at=starts, status=Session.Status.HELD
    )


def _sheet(
    care: CareRelationship,
    session: Session,
    instrument: str,
    answers: dict[str, Any],
    respondent: str = "client",
) -> Sheet:
    result = work_out(instrument, answers, respondent=respondent)
    sheet = Sheet(
        client=care.client,
        instrument=instrument,
        instrument_version="1",
        respondent=respondent,
        session=session,
        due_at=session.starts_at,
        answers=answers,
        result={
            "value": result.value,
            "lowest_item": result.lowest_item,
            "band": result.band,
            "scales": result.scales,
        },
        handed_in_at=session.starts_at,
    )
    sheet.save()
    return sheet


def signed_in(person: Person) -> str:
    """Return the key of a browser's session in which somebody has signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session["has_second_factor"] = True
    session.create()
    return str(session.session_key)
