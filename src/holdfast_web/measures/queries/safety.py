"""Reads the answers that a person must see: the therapist's own, and all for the deputy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import clinical_read, not_clinical, witness, witness_each
from holdfast_web.care.access import runs
from holdfast_web.care.models import CareRelationship, Client
from holdfast_web.care.parts import Part
from holdfast_web.care.records import with_client
from holdfast_web.care.rules import require_record
from holdfast_web.encounters.queries import own_clients
from holdfast_web.engine.courses import title_of
from holdfast_web.lib.refusals import NotYours
from holdfast_web.measures.models import SafetyAnswer
from holdfast_web.measures.rules import may_see_safety_answer, may_see_safety_of
from holdfast_web.measures.standing_in import asking_for_help, stand_ins, stands_in_now
from holdfast_web.vault.keys import open_keys

WHY = "the practice's deputy sees urgent answers, and nothing else of the record"


@dataclass(frozen=True, slots=True)
class SafetyView:
    """An answer that a person must see: no more of the record than this.

    Attributes
    ----------
    row
        The row.
    client_id, client_name, phone
        Whose it is, and where they can be called; ``""`` where no number is known.
    therapist
        Who works with them now; ``""`` where nobody does.
    title, answer, instrument
        What was answered, in which words, in what.
    own
        Whether the viewer is the client's therapist, and may open the record.
    """

    row: SafetyAnswer
    client_id: UUID
    client_name: str
    phone: str
    therapist: str
    title: str
    answer: str
    instrument: str
    own: bool

    @property
    def id(self) -> UUID:
        """Of the row."""
        found: UUID = self.row.pk
        return found

    @property
    def urgent(self) -> bool:
        """Whether it can't wait for the next session."""
        return self.row.urgent

    @property
    def waited(self) -> dt.timedelta:
        """How long it has waited, or did wait until somebody saw to it."""
        until: dt.datetime = self.row.acknowledged_at or timezone.now()
        return until - self.row.came_at

    @property
    def waited_in_words(self) -> str:
        """How long, in one unit."""
        minutes = max(1, int(self.waited.total_seconds() // 60))
        for size, unit in ((24 * 60, "day"), (60, "hour"), (1, "minute")):
            if minutes >= size:
                count = minutes // size
                return f"{count} {unit}{'' if count == 1 else 's'}"
        return ""


@clinical_read
def open_safety_for(viewer: Person, *, of: UUID | None = None) -> tuple[SafetyView, ...]:
    """Return the answers that wait for somebody: urgent ones first, then the oldest.

    A therapist sees those of their own clients; who reads the intakes those of people who asked
    for help and have nobody yet; who stands in for the therapists sees all that are urgent.

    Parameters
    ----------
    viewer
        Who looks.
    of
        A client, where only theirs are looked at: nobody else's record is opened then.
    """
    waiting = _open(viewer) if of is None else _open(viewer).filter(client=of)
    return _shown(list(waiting.order_by("-urgent", "came_at")), viewer)


@not_clinical("how many answers wait, and nothing of whose they are or what they say")
def count_open_safety(viewer: Person) -> int:
    """Return how many answers wait for somebody."""
    found: int = _open(viewer).count()
    return found


@not_clinical("whether somebody stands in, of the practice's settings alone")
def stands_in(viewer: Person) -> bool:
    """Say whether somebody stands in for the practice's therapists."""
    return stands_in_now(viewer)


@clinical_read
def safety_of(client: Client, *, viewer: Person) -> tuple[SafetyView, ...]:
    """Return a client's answers that a person must see or saw to, the latest first.

    Raises
    ------
    NotYours
        To a supervisor too: what is shared are signals, never single answers.
    """
    require_record(viewer, client, Part.SIGNALS)
    if not may_see_safety_of(viewer, client):
        raise NotYours
    rows = SafetyAnswer.objects.seen_by(viewer, of=client.pk)
    found = with_client(rows.select_related("acknowledged_by").order_by("-came_at"), client)
    witness("safety.viewed", by=viewer, client_id=client.pk)
    return _views(found, viewer)


@clinical_read
def safety_answer_for(answer_id: UUID, viewer: Person) -> SafetyView:
    """Return one answer that a person must see.

    Raises
    ------
    NotYours
        If somebody is neither the client's therapist nor stands in for them.
    """
    rows = SafetyAnswer.objects.for_the_practice(WHY)
    row: SafetyAnswer | None = (
        rows.select_related("client", "acknowledged_by").filter(pk=answer_id).first()
    )
    if row is None or not may_see_safety_answer(viewer, row, stand_ins()):
        raise NotYours
    return _shown([row], viewer)[0]


def _open(viewer: Person) -> Any:
    allowed = Q(client__in=(*own_clients(viewer), *asking_for_help(viewer)))
    if stands_in(viewer):
        allowed |= Q(urgent=True)
    rows = SafetyAnswer.objects.for_the_practice(WHY).filter(allowed, acknowledged_at=None)
    return rows.filter(client__erased_at=None).select_related("client", "acknowledged_by")


def _shown(rows: Collection[SafetyAnswer], viewer: Person) -> tuple[SafetyView, ...]:
    clients = dict.fromkeys(one.client_id for one in rows)
    witness_each("safety.viewed", by=viewer, client_ids=clients)
    open_keys(clients)
    return _views(rows, viewer)


def _views(rows: Iterable[SafetyAnswer], viewer: Person) -> tuple[SafetyView, ...]:
    rows = list(rows)
    own, therapists = set(own_clients(viewer)), _therapists({one.client_id for one in rows})
    return tuple(
        SafetyView(
            row=one,
            client_id=one.client_id,
            client_name=one.client.name,
            phone=one.client.phone or "",
            therapist=therapists.get(one.client_id, ""),
            title=one.told["title"],
            answer=one.told.get("answer", ""),
            instrument=title_of(one.told["instrument"]),
            own=one.client_id in own,
        )
        for one in rows
    )


def _therapists(client_ids: Collection[UUID]) -> dict[UUID, str]:
    if not client_ids:
        return {}
    rows = CareRelationship.objects.filter(runs(timezone.now()), client_id__in=client_ids)
    return dict(rows.values_list("client_id", "therapist__name"))
