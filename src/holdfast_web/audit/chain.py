"""The chain: each event's seal covers the seal before it (HMAC-SHA-256, RFC 2104).

The key lies outside the database, so whoever can write the database can't make a chain that holds.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from holdfast_web.audit.models import Event, Head
from holdfast_web.lib.refusals import PracticeError
from holdfast_web.vault.keyring import keyring

BEGINNING = "0" * 64

_written = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode
_invented: ContextVar[datetime | None] = ContextVar("invented_moment", default=None)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be witnessed.

    Attributes
    ----------
    what
        Object and verb in the past tense, such as ``"goal.added"``; ``audit.words`` says it to
        a person.
    actor_id, client_id
        Who, and about whom.
    subject
        The row, as ``"goals.goal:ID"``.
    facts
        Plain facts without clinical text: numbers, names of rules, ids.
    at
        When, in an invented past; otherwise events are dated as they are written.
    """

    what: str
    actor_id: UUID | None = None
    client_id: UUID | None = None
    subject: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    at: datetime | None = field(default_factory=_invented.get)


def append(entries: Iterable[Entry]) -> None:
    """Add events to the chain, in the transaction that is going on, or in one of their own."""
    key = keyring().audit
    # No savepoint: where the chain can't be written, nothing of what it tells of may be kept.
    with transaction.atomic(savepoint=False):
        head = _head()
        events = list(_sealed(entries, head, key))
        if events:
            Event.objects.bulk_create(events)
            head.length, head.seal = events[-1].place, events[-1].seal
            head.own_seal = _seal_of_head(head)
            head.save(force_update=True)


@contextmanager
def invented_at(moment: datetime) -> Iterator[None]:
    """Date the events of an invented past; only the demo does, and only in a demo.

    Raises
    ------
    PracticeError
        Outside a demo: there events happen when they happen.
    """
    if not settings.DEMO:
        raise PracticeError("Only in a demo is there an invented past.")
    token = _invented.set(moment)
    try:
        yield
    finally:
        _invented.reset(token)


@dataclass(frozen=True, slots=True)
class Check:
    """What looking through the chain found.

    Attributes
    ----------
    events
        How many there are.
    problems
        What is wrong and where, in sentences; empty when the chain holds.
    seal
        The last seal: written down elsewhere it also proves later that nothing was cut off.
    """

    events: int
    problems: tuple[str, ...]
    seal: str


def verify(known: str | None = None) -> Check:
    """Look through the whole chain for edits, removals, insertions and changed order.

    Parameters
    ----------
    known
        A seal that was written down earlier and must still be there.
    """
    problems: list[str] = []
    key = keyring().audit
    before, expected, found_known = BEGINNING, 1, known in (None, BEGINNING)
    while True:
        walked = expected
        for event in Event.objects.filter(place__gte=walked).order_by("place").iterator(2000):
            if event.place != expected:
                problems.append(
                    f"Between event {expected - 1} and {event.place}, events are missing."
                )
            elif not hmac.compare_digest(event.seal, _seal(event, before, key)):
                problems.append(
                    f"Event {event.place} was changed, or stands where it did not stand before."
                )
            before, expected = event.seal, event.place + 1
            found_known = found_known or event.seal == known
        head = Head.objects.first()
        # While it was looked through, others may have gone on: what they added is looked at, too.
        if head is None or head.length < expected or expected == walked:
            break
    problems += _problems_of_head(head, expected - 1, before)
    if not found_known:
        problems.append("The seal that you gave is not in the chain: events were cut off.")
    return Check(expected - 1, tuple(problems), before)


def _problems_of_head(head: Head | None, length: int, seal: str) -> Iterator[str]:
    if head is None:
        if length:
            yield "The chain has events and no head: its head was removed."
    elif head.own_seal != _seal_of_head(head):
        yield "The chain's head was changed."
    elif (head.length, head.seal) != (length, seal):
        yield f"The chain should end at event {head.length} and ends at {length}."


def _head() -> Head:
    """Return the head, held so that nobody else appends at the same time."""
    rows = Head.objects.all()
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    head = rows.filter(pk=1).first()
    if head is None:
        Head.objects.get_or_create(pk=1, defaults={"length": 0, "seal": BEGINNING, "own_seal": ""})
        head = rows.get(pk=1)
    return head


def _sealed(entries: Iterable[Entry], head: Head, key: bytes) -> Iterator[Event]:
    before, now = head.seal, timezone.now()
    for place, entry in enumerate(entries, start=head.length + 1):
        event = Event(
            place=place,
            at=entry.at or now,
            what=entry.what,
            actor_id=entry.actor_id,
            client_id=entry.client_id,
            subject=entry.subject,
            facts=entry.facts,
        )
        event.seal = before = _seal(event, before, key)
        yield event


def _seal(event: Event, before: str, key: bytes) -> str:
    told = _written(
        [
            event.place,
            _moment(event.at),
            event.what,
            str(event.actor_id),
            str(event.client_id),
            event.subject,
            event.facts,
            before,
        ]
    )
    return _hmac(told, key)


def _seal_of_head(head: Head) -> str:
    return _hmac(f"head {head.length} {head.seal}", keyring().audit)


def _hmac(text: str, key: bytes) -> str:
    return hmac.digest(key, text.encode(), "sha256").hex()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
