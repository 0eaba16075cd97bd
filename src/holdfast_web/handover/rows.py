"""Changes with the people in them, for whoever applies the rules to them."""

from __future__ import annotations

from typing import Any

from holdfast_web.accounts.models import Person, Role
from holdfast_web.care.models import Client
from holdfast_web.handover.models import Ending, HandOver
from holdfast_web.handover.rules import OPEN, waits_for

ITS_RULES = "a change of therapist: its own rules say who may know of it"
OF_THE_TWO = "an ending: its own rules keep it between the two"


def hand_overs() -> Any:
    """Return changes; whoever asks applies the rules."""
    rows = HandOver.objects.for_the_practice(ITS_RULES)
    return rows.select_related("client__person", "care__therapist", "to", "goodbye", "next_care")


def latest_of(client: Client) -> HandOver | None:
    """Return a client's latest change, unless it was taken back; whoever asks applies the rules."""
    rows = hand_overs().filter(client_id=client.pk).exclude(state=HandOver.State.TAKEN_BACK)
    found: HandOver | None = rows.select_related("letter_by").order_by("-asked_at").first()
    return found


def waiting_for(viewer: Person) -> tuple[HandOver, ...]:
    """Return the changes that wait for somebody, as the rules say; the oldest first."""
    rows = hand_overs().filter(state__in=OPEN, client__erased_at=None).order_by("asked_at")
    if viewer.role != Role.OWNER:
        rows = rows.filter(to=viewer)
    return tuple(one for one in rows if waits_for(viewer, one))


def endings() -> Any:
    """Return endings; whoever asks applies the rules."""
    rows = Ending.objects.for_the_practice(OF_THE_TWO)
    return rows.select_related("client__person", "care__therapist")
