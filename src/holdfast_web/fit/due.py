"""Which reviews it is time for, from sessions, signals and reviews, and not a word of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import not_clinical
from holdfast_web.care.access import runs
from holdfast_web.care.models import CareRelationship, Client
from holdfast_web.encounters.models import Session
from holdfast_web.fit.models import Review
from holdfast_web.fit.reviewing import BY_SIGNAL, Due, Standing, due
from holdfast_web.lib.among import Several
from holdfast_web.measures.models import Signal

WHY = "whether it is time for a review, without a word of it"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What of reviews waits in a care relationship.

    Attributes
    ----------
    open_id
        The review that is open; ``None`` where none was opened yet, or all are settled.
    due
        What it is time for, and not opened yet.
    client_wrote, therapist_wrote
        Whether each has finished the open one.
    held
        How many sessions were held.
    """

    care_id: UUID
    client_id: UUID
    held: int
    open_id: UUID | None = None
    due: Due | None = None
    client_wrote: bool = False
    therapist_wrote: bool = False

    @property
    def for_client(self) -> bool:
        """Whether the client has something to write."""
        return self.due is not None or (self.open_id is not None and not self.client_wrote)

    @property
    def for_therapist(self) -> str:
        """What waits for the therapist, in a few words; empty if nothing does."""
        if self.due is not None or (self.open_id is not None and not self.therapist_wrote):
            return "a look at how it goes"
        if self.open_id is not None and self.client_wrote:
            return "a look at how it goes, to settle together"
        return ""


@not_clinical("that it is time to look at how it goes, not what is said")
def review_waiting(client: Client, *, therapist: Person | None = None) -> Waiting | None:
    """Return what of reviews waits with a client; ``None`` where nobody works with them now.

    Parameters
    ----------
    client
        Whose.
    therapist
        With whom; without one it is the latest care, as two may overlap while one hands over.
    """
    running = _running().filter(client_id=client.pk)
    return _waiting(running.filter(therapist=therapist) if therapist else running).get(client.pk)


@not_clinical("the same for a caseload, which witnesses that it was read")
def reviews_waiting(viewer: Person, *, of: UUID | None = None) -> dict[UUID, Waiting]:
    """Return what of reviews waits with a therapist's own clients, or one of them, by client."""
    own = _running().filter(therapist=viewer)
    return _waiting(own if of is None else own.filter(client_id=of))


@not_clinical("ids of clients for the practice's clockwork")
def clients_to_review() -> tuple[UUID, ...]:
    """Return the clients with whom it is time for a review that isn't opened yet."""
    return tuple(pk for pk, one in _waiting(_running()).items() if one.due is not None)


def _running() -> QuerySet[CareRelationship]:
    return CareRelationship.objects.filter(runs(timezone.now()), client__erased_at=None)


def _waiting(cares: QuerySet[CareRelationship]) -> dict[UUID, Waiting]:
    """Ask once for all: sessions held, reviews made, signals that came."""
    held = Max("sessions__number", filter=Q(sessions__status=Session.Status.HELD))
    fields = ("pk", "client_id", "starts_at", "held")
    rows = list(cares.annotate(held=held).order_by("starts_at").values_list(*fields))
    reviews = _latest_reviews(one[0] for one in rows)
    signals = _latest_signals(one[1] for one in rows)
    return {
        client_id: _one(care_id, client_id, since, number or 0, reviews, signals)
        for care_id, client_id, since, number in rows
    }


def _one(
    care_id: UUID,
    client_id: UUID,
    since: datetime,
    held: int,
    reviews: dict[UUID, dict[str, Any]],
    signals: dict[UUID, datetime],
) -> Waiting:
    last = reviews.get(care_id, {})
    settled_at = last.get("settled_at")
    standing = Standing(
        held, since, last.get("session_number", 0), settled_at, signals.get(client_id)
    )
    return Waiting(
        care_id,
        client_id,
        held,
        open_id=last.get("pk") if settled_at is None else None,
        due=due(standing),
        client_wrote=last.get("client_at") is not None,
        therapist_wrote=last.get("therapist_at") is not None,
    )


def _latest_reviews(cares: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    rows = Review.objects.for_the_practice(WHY).filter(care__among=Several(cares))
    fields = ("pk", "care_id", "session_number", "settled_at", "client_at", "therapist_at")
    return {one["care_id"]: one for one in rows.order_by("session_number").values(*fields)}


def _latest_signals(clients: Iterable[UUID]) -> dict[UUID, datetime]:
    rows = Signal.objects.for_the_practice(WHY).filter(
        client__among=Several(clients), name__in=BY_SIGNAL
    )
    latest = rows.values("client_id").annotate(last=Max("came_at"))
    return dict(latest.values_list("client_id", "last"))
