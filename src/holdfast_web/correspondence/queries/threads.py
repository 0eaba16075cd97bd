"""Threads: of one client, and of all clients of a therapist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Max, Min, Q, When
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.standing import is_running
from holdfast_web.audit.witness import clinical_read, not_clinical, witness, witness_each
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import require_record
from holdfast_web.correspondence.arrived import arrived, is_late, is_new
from holdfast_web.correspondence.models import Thread
from holdfast_web.correspondence.seeing import can_be_seen, threads_open_to
from holdfast_web.lib.among import Several
from holdfast_web.lib.refusals import NotYours
from holdfast_web.vault.keys import open_keys

A_PAGE = 20


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """A thread as a list shows it; ``waiting`` is what the viewer sent and hasn't arrived yet."""

    id: UUID
    about: str
    last_at: datetime
    messages: int
    unread: int
    overdue: int
    waiting: int
    has_ended: bool


@dataclass(frozen=True, slots=True)
class Threads:
    """A page of threads, the latest first; ``older`` is the number of the next page."""

    lines: tuple[ThreadLine, ...]
    older: int | None


@dataclass(frozen=True, slots=True)
class Correspondent:
    """A client as a therapist's list shows them."""

    client_id: UUID
    name: str
    last_at: datetime
    unread: int
    overdue: int
    answer_by: datetime | None


@clinical_read
def threads_with(client: Client, *, viewer: Person, page: int = 0) -> Threads:
    """Return a client's threads, as far as the viewer may see them."""
    require_record(viewer, client, Part.MESSAGES)
    witness("messages.viewed", by=viewer, client_id=client.pk)
    first = page * A_PAGE
    found = list(_with_counts(client, viewer)[first : first + A_PAGE + 1])
    lines = tuple(_line(one) for one in found[:A_PAGE])
    return Threads(lines, page + 1 if len(found) > A_PAGE else None)


@clinical_read
def correspondents(*, viewer: Person) -> tuple[Correspondent, ...]:
    """Return with whom a therapist writes: what waits longest first, then what came last."""
    now = timezone.now()
    open_ones = Q(answered_at=None, answer_by__isnull=False)
    rows = (
        arrived(viewer, now)
        .values("thread__client_id")
        .order_by()
        .annotate(
            unread=Count("delivered_at", filter=is_new(viewer)),
            overdue=Count("delivered_at", filter=is_late(now)),
            due=Min("answer_by", filter=open_ones),
            last=Max("delivered_at"),
        )
    )
    found = {one["thread__client_id"]: one for one in rows}
    clients = Client.objects.seen_by(viewer).filter(pk__among=Several(found))
    names = {one.pk: one for one in clients}
    open_keys(names)
    witness_each("messages.viewed", by=viewer, client_ids=sorted(names))
    if not names:
        witness("messages.listed", by=viewer)
    made = [_correspondent(one, found[one.pk]) for one in names.values()]
    return tuple(sorted(made, key=_order))


@not_clinical("finds the row for a page or an action; shows nothing of it")
def thread_row(thread_id: UUID, client: Client, *, viewer: Person) -> Thread:
    """Return a thread, if somebody may see it and anything in it has arrived for them."""
    rows = threads_open_to(viewer, client).select_related("client", "care__therapist")
    seen = can_be_seen(viewer, client, timezone.now(), "messages__")
    found: Thread | None = rows.filter(seen, pk=thread_id).distinct().first()
    if found is None:
        raise NotYours
    return found


def _with_counts(client: Client, viewer: Person) -> Any:
    now = timezone.now()
    seen = can_be_seen(viewer, client, now, "messages__")
    came = Q(messages__delivered_at__lte=now, messages__taken_back_at=None)
    new = came & is_new(viewer, "messages__")
    waits = Q(messages__delivered_at__gt=now, messages__taken_back_at=None) & seen
    came_or_went = Case(
        When(messages__delivered_at__lte=now, then="messages__delivered_at"),
        default="messages__written_at",
    )
    late = came & is_late(now, "messages__")
    return (
        threads_open_to(viewer, client)
        .annotate(
            last_at=Max(came_or_went, filter=seen),
            waiting=Count("messages", filter=waits),
            seen=Count("messages", filter=seen),
            unread=Count("messages", filter=new),
            overdue=Count("messages", filter=late),
            has_ended=~is_running("care__"),
        )
        .filter(seen__gt=0)
        .order_by("-last_at", "pk")
    )


def _line(row: Any) -> ThreadLine:
    return ThreadLine(
        id=row.pk,
        about=row.about,
        last_at=row.last_at,
        messages=row.seen,
        unread=row.unread,
        overdue=row.overdue,
        waiting=row.waiting,
        has_ended=bool(row.has_ended),
    )


def _correspondent(client: Client, told: dict[str, Any]) -> Correspondent:
    return Correspondent(
        client_id=client.pk,
        name=client.name,
        last_at=told["last"],
        unread=told["unread"],
        overdue=told["overdue"],
        answer_by=told["due"],
    )


def _order(one: Correspondent) -> tuple[bool, float, float]:
    due = one.answer_by.timestamp() if one.answer_by else 0.0
    return (one.answer_by is None, due, -one.last_at.timestamp())
