"""What tests of matching share: people who look for a therapist, and what therapists say."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.care.models import Client
from holdfast_web.fit.actions.profiles import save_profile
from holdfast_web.fit.models import Intake, Profile, Proposal
from holdfast_web.fit.opening import token_of
from holdfast_web.lib.tokens import hash_of
from holdfast_web.measures.models import Sheet
from holdfast_web.vault.keys import make_keys

WISHES = {"directiveness": -10, "intensity": 0, "past": 0, "support": 12}
SAID = {
    "brings": "Words that nobody but the reader sees.",
    "problems": ["grief", "trauma"],
    "answers": {"age": 34, "gender": "woman"},
    "practical": {
        "languages": ["prs"],
        "times": ["tue-evening", "wed-evening"],
        "places": ["room"],
    },
}
OFFERS = {
    "about": "I have worked here for ten years.",
    "focus": ["grief"],
    "scales": {"directiveness": -2, "support": 3},
    "languages": ["en", "prs"],
    "times": ["tue-evening"],
    "places": ["room", "online"],
    "limits": ["under_18"],
    "free": 2,
}


def described(person: Person, **other: Any) -> Profile:
    """Return what a therapist says of themselves."""
    held = Profile.objects.filter(person=person).first()
    edition = held.edition if held else 0
    return save_profile(by=person, told={**OFFERS, **other}, edition=edition)


def looks(
    name: str = "Wanda Waiting",
    *,
    person: Person | None = None,
    weeks: int = 3,
    said: dict[str, Any] | None = None,
    decision: str = "begin",
    urgency: int = 0,
    wishes: dict[str, int] | None = None,
) -> Intake:
    """Return the intake of somebody who looks for a therapist, answered by a clinician."""
    now, pk = timezone.now(), uuid4()
    client = Client(name=name, person=person, waits_since=now - timedelta(weeks=weeks))
    make_keys(client.pk)
    client.save()
    sheet = Sheet(
        client=client,
        instrument="c-nip",
        instrument_version="1.1",
        handed_in_at=now,
        result={"value": None, "scales": WISHES if wishes is None else wishes},
    )
    sheet.save()
    intake = Intake(
        id=pk,
        client=client,
        token_hash=hash_of(token_of(pk)),
        ends_at=now + timedelta(days=30),
        handed_in_at=now,
        decision=decision,
        urgency=urgency,
        said={**(SAID if said is None else said), "sheets": {"c-nip": str(sheet.pk)}},
    )
    intake.save(force_insert=True)
    return intake


def latest(intake: Intake) -> Proposal:
    """Return the latest proposal as it lies in the database."""
    rows = Proposal.objects.for_the_practice("a test").filter(client_id=intake.client_id)
    found: Proposal = rows.select_related("client", "therapist").latest("made_at")
    return found
