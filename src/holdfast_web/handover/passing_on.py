"""Lets documents pass on to the next care, and calls them back."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from holdfast_web.care.models import CareRelationship
from holdfast_web.correspondence.models import Thread
from holdfast_web.encounters.models import SessionNote
from holdfast_web.handover.models import HandOver
from holdfast_web.handover.passing import Passes
from holdfast_web.measures.models import Rupture, Signal

WHY = "what a client lets pass on to the next therapist, shown to nobody here"


def pass_on(change: HandOver, care: CareRelationship) -> dict[str, int]:
    """Let pass on what the client chose; return how many of each."""
    passes = Passes.of(change.passes)
    rows = {
        "notes": _of(SessionNote, change).filter(session_id__in=passes.notes),
        "threads": _of(Thread, change).filter(pk__in=passes.threads),
        "signals": _of(Signal, change).filter(_known(change, "came_at"), status=Signal.Status.OPEN),
        "ruptures": _of(Rupture, change).filter(_known(change, "logged_at")),
    }
    chosen = {"notes", "threads", *(one for one in ("signals", "ruptures") if getattr(passes, one))}
    return {kind: found.update(handed_to=care) for kind, found in rows.items() if kind in chosen}


def call_back(change: HandOver) -> None:
    """Let nothing pass on: the next care doesn't begin."""
    for kind in (SessionNote, Thread, Signal, Rupture):
        _of(kind, change).filter(handed_to=change.next_care).update(handed_to=None)


def _known(change: HandOver, at: str) -> Q:
    """Return the condition for the present therapist to know a row themselves."""
    return Q(handed_to=change.care) | Q((f"{at}__gte", change.care.starts_at))


def _of(kind: Any, change: HandOver) -> Any:
    return kind.objects.for_the_practice(WHY).filter(client_id=change.client_id)
