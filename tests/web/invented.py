"""The invented people of the demo, as tests come by them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.test import Client as Browser

from holdfast_web.accounts.models import Person
from holdfast_web.care.models import Client
from holdfast_web.demo.cast import the_cast
from holdfast_web.fit.models import Intake
from holdfast_web.fit.opening import token_of

WHY = "a test looks at invented people"
PATIENTS = {one.key: one for one in the_cast().patients}


def record_of(key: str) -> Client:
    person = Person.objects.get(email=PATIENTS[key].email)
    found: Client = Client.objects.for_the_practice(WHY).get(person=person)
    return found


def rows(model: type[models.Model], key: str, **told: Any) -> Any:
    found = model.objects.for_the_practice(WHY)  # type: ignore[attr-defined]
    return found.filter(client=record_of(key), **told)


def enter(name: str) -> Browser:
    browser = Browser()
    person = Person.objects.get(name=name)
    answer = browser.post(f"/demo/as/{person.pk}/")
    assert answer.headers["Location"] == "/"
    return browser


def intake_of(name: str) -> Intake:
    rows = Intake.objects.for_the_practice(WHY).select_related("client")
    (found,) = (one for one in rows if one.client.name == name)
    return found


def link_of(name: str) -> str:
    return f"/i/{token_of(intake_of(name).pk)}/"
