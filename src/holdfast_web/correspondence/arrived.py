"""What has arrived for somebody: rows for counts and notices, which show none of their words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from holdfast_web.accounts.models import Person, Role
from holdfast_web.agreements.standing import is_running
from holdfast_web.correspondence.models import Message

WHY = "what waits to be read or answered, without its words"


def arrived(person: Person, now: datetime) -> Any:
    """Return the messages that have arrived where somebody writes, from both, for a count."""
    rows = Message.objects.for_the_practice(WHY).filter(
        delivered_at__lte=now, taken_back_at=None, thread__client__erased_at=None
    )
    if person.role == Role.CLIENT:
        return rows.filter(thread__client__person=person)
    return rows.filter(is_running("thread__care__"), thread__care__therapist=person)


def unread_of(person: Person, now: datetime) -> Any:
    """Return what has arrived for somebody and wasn't read."""
    return arrived(person, now).filter(is_new(person))


def is_new(person: Person, way: str = "") -> Q:
    """Return the condition for a message to be somebody else's, and not read yet.

    Parameters
    ----------
    way
        From the rows that are asked for to messages, such as ``"messages__"``.
    """
    return Q((f"{way}read_at", None)) & ~Q((f"{way}author", person))


def is_late(now: datetime, way: str = "") -> Q:
    """Return the condition for a message to wait for longer than agreed."""
    late = {"answer_by__lt": now, "answered_at": None, "taken_back_at": None}
    return Q(**{f"{way}{field}": value for field, value in late.items()})
