"""What waits: unread for somebody, or longer than agreed; counts and rows without a word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone

from holdfast_web.accounts.models import Person, Role
from holdfast_web.agreements.standing import is_running
from holdfast_web.audit.witness import not_clinical
from holdfast_web.correspondence.arrived import WHY, arrived, is_late, is_new
from holdfast_web.correspondence.models import Message


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for somebody.

    Attributes
    ----------
    unread
        Messages that have arrived and weren't read.
    overdue
        Messages that weren't answered in the agreed time; 0 for a client.
    """

    unread: int = 0
    overdue: int = 0


@not_clinical("counts what waits to be read or answered, with one query; shows no words")
def waiting_for(viewer: Person) -> Waiting:
    """Return what waits for a client or a therapist; nothing for others."""
    if viewer.role not in (Role.CLIENT, Role.THERAPIST):
        return Waiting()
    now = timezone.now()
    unread = Count("delivered_at", filter=is_new(viewer))
    late = Count("delivered_at", filter=is_late(now))
    rows = arrived(viewer, now).filter(Q(read_at=None) | is_late(now))
    found: dict[str, int] = rows.aggregate(unread=unread, overdue=late)
    return Waiting(found["unread"], found["overdue"] if viewer.role == Role.THERAPIST else 0)


@not_clinical("how many messages wait for longer than agreed, in all; no one is named")
def overdue_in_the_practice() -> int:
    """Return how many messages of clients in care weren't answered in the agreed time."""
    rows = Message.objects.for_the_practice(WHY)
    late: int = rows.filter(
        is_running("thread__care__"), is_late(timezone.now()), client__erased_at=None
    ).count()
    return late


@not_clinical("whom a notice goes to; nothing of what waits is told")
def to_be_noticed(now: datetime) -> list[Person]:
    """Return who has something new to read and wasn't told since they last looked."""
    rows = Message.objects.for_the_practice(WHY).filter(
        is_running("thread__care__"),
        delivered_at__lte=now,
        taken_back_at=None,
        read_at=None,
        client__erased_at=None,
        client__closed_at=None,
    )
    rows = rows.select_related("client__person", "thread__care__therapist").only(
        "author_id", "noticed_at", "client__no_email", "client__person", "thread__care__therapist"
    )
    told, new = set(), {}
    for one in rows:
        reader = _reader(one)
        if reader is None:
            continue
        if one.noticed_at is not None:
            told.add(reader.pk)
        new[reader.pk] = reader
    return [person for pk, person in new.items() if pk not in told]


def _reader(message: Message) -> Person | None:
    """Return to whom a message was written, if they may be told by e-mail."""
    client = message.client
    if message.author_id != client.person_id:
        person = None if client.no_email else client.person
    else:
        person = message.thread.care.therapist
    return person if person is not None and person.is_active else None
