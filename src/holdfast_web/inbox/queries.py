"""Reads what doesn't feel right, for whom it was said to, and for the client."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import clinical_read, not_clinical, witness, witness_each
from holdfast_web.care.access import access_of
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part, Way
from holdfast_web.care.rules import may_read
from holdfast_web.inbox.models import Concern
from holdfast_web.inbox.readers import SHOWN_TO, Hearing, hearing_of, readers_now
from holdfast_web.inbox.rules import may_answer, may_see, may_withdraw
from holdfast_web.lib.among import Several
from holdfast_web.lib.decision import Decision
from holdfast_web.lib.refusals import NotYours
from holdfast_web.vault.keys import open_keys

MOST = 50
WANTS = {
    Concern.Wants.TALK: "to talk about it in the next session",
    Concern.Wants.SOMEONE: "to talk with somebody else of the practice",
    Concern.Wants.ELSE: "another therapist",
}
"""What the client would like, as it stands after "would like"."""


@dataclass(frozen=True, slots=True)
class ConcernView:
    """Something that doesn't feel right, as a page shows it."""

    id: UUID
    client_id: UUID
    client_name: str
    words: str | None
    wants: str
    wants_in_words: str
    to_practice: bool
    said_at: datetime
    seen_at: datetime | None
    seen_by: str
    answer: str | None
    answered_at: datetime | None
    answered_by: str
    answer_read_at: datetime | None
    withdrawn_at: datetime | None
    may_answer: Decision
    may_withdraw: Decision

    @property
    def answer_is_new(self) -> bool:
        """Whether the client has not read the answer yet."""
        return self.answered_at is not None and self.answer_read_at is None


@dataclass(frozen=True, slots=True)
class Inbox:
    """What waits for somebody: from their own clients, and said to the practice."""

    own: tuple[ConcernView, ...]
    practice: tuple[ConcernView, ...]


@clinical_read
def concerns_of(client: Client, *, viewer: Person) -> tuple[ConcernView, ...]:
    """Return what a client said, as far as it was said to the viewer; the latest first."""
    hearing = hearing_of(viewer, client)
    if not (may_read(viewer, client, Part.CONCERNS) or hearing.practice):
        raise NotYours
    witness("concerns.viewed", by=viewer, client_id=client.pk)
    rows = _rows().filter(client=client)
    return tuple(_view(viewer, row, hearing) for row in rows if hearing.hears(row))


@clinical_read
def concerns_for(viewer: Person) -> Inbox:
    """Return what waits for a therapist from their clients, and for who reads for the practice."""
    own = [row for row in _waiting_from_own(viewer) if may_see(viewer, row)]
    practice = _said_to_practice(viewer)
    clients = {row.client_id for row in (*own, *practice)}
    open_keys(clients)
    witness_each("concerns.viewed", by=viewer, client_ids=sorted(clients))
    return Inbox(
        tuple(_view(viewer, row, hearing_of(viewer, row.client)) for row in own),
        tuple(_view(viewer, row, Hearing(practice=True)) for row in practice),
    )


@not_clinical("counts what waits, for a caseload; shows no words")
def concerns_waiting(viewer: Person, *, of: UUID | None = None) -> dict[UUID, int]:
    """Return how many concerns of each of somebody's clients, or ``of`` one, wait for them."""
    counts: dict[UUID, int] = {}
    waiting = _waiting_from_own(viewer, of=of).order_by()
    for client_id in waiting.values_list("client_id", flat=True):
        counts[client_id] = counts.get(client_id, 0) + 1
    return counts


@not_clinical("whether an answer waits to be read; shows none of it")
def has_new_answer(client: Client, *, viewer: Person) -> bool:
    """Say whether the client has an answer that they haven't read."""
    rows = Concern.objects.seen_by(viewer).filter(client=client, withdrawn_at=None)
    return bool(rows.filter(answered_at__isnull=False, answer_read_at=None).exists())


@not_clinical("finds the row for an action that checks who may; shows nothing of it")
def concern_row(concern_id: UUID, *, viewer: Person) -> Concern:
    """Return one concern, if it was said to somebody or by them."""
    found: Concern | None = _rows().filter(pk=concern_id).first()
    if found is None or not may_see(viewer, found):
        raise NotYours
    return found


def _rows() -> QuerySet[Concern]:
    rows: QuerySet[Concern] = Concern.objects.for_the_practice(SHOWN_TO)
    return (
        rows.filter(client__erased_at=None)
        .select_related("client__person", "seen_by", "answered_by")
        .order_by("-said_at", "pk")
    )


def _waiting_from_own(viewer: Person, *, of: UUID | None = None) -> QuerySet[Concern]:
    """Return what a therapist's clients said to them, in their own time, and isn't answered."""
    in_care = [
        client_id
        for client_id, ways in access_of(viewer).items()
        if of in (None, client_id) and any(one.way is Way.CARE for one in ways)
    ]
    in_time = Q(client__care__ends_at=None) | Q(said_at__lt=F("client__care__ends_at"))
    return _rows().filter(
        in_time,
        client__among=Several(in_care),
        client__care__therapist=viewer,
        said_at__gte=F("client__care__starts_at"),
        to_practice=False,
        withdrawn_at=None,
        answered_at=None,
    )


def _said_to_practice(viewer: Person) -> list[Concern]:
    readers = readers_now()
    if not readers.include(viewer):
        return []
    rows = _rows().filter(to_practice=True, withdrawn_at=None)
    mine = (row for row in _first_unanswered(rows) if readers.of(row.client_id) == viewer)
    return [row for _, row in zip(range(MOST), mine, strict=False)]


def _first_unanswered(rows: QuerySet[Concern]) -> Iterable[Concern]:
    yield from rows.filter(answered_at=None)
    yield from rows.exclude(answered_at=None)


def _view(viewer: Person, row: Concern, hearing: Hearing) -> ConcernView:
    return ConcernView(
        id=row.pk,
        client_id=row.client_id,
        client_name=row.client.name,
        words=row.words,
        wants=row.wants,
        wants_in_words=WANTS[Concern.Wants(row.wants)],
        to_practice=row.to_practice,
        said_at=row.said_at,
        seen_at=row.seen_at,
        seen_by=row.seen_by.name if row.seen_by else "",
        answer=row.answer,
        answered_at=row.answered_at,
        answered_by=row.answered_by.name if row.answered_by else "",
        answer_read_at=row.answer_read_at,
        withdrawn_at=row.withdrawn_at,
        may_answer=may_answer(viewer, row, hearing),
        may_withdraw=may_withdraw(viewer, row),
    )
