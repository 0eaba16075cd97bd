"""Agreements at a glance: for lists of clients, a client's first page, the owner's counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone

from holdfast_web.accounts.models import Person, Role
from holdfast_web.agreements.models import Question, Status, Version
from holdfast_web.agreements.standing import is_running, running_care, standing_in
from holdfast_web.agreements.terms import CONSENTS, last_consents, verdict
from holdfast_web.audit.witness import not_clinical
from holdfast_web.care.access import open_to
from holdfast_web.care.models import CareRelationship, Client, Share
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import require_record

SAID = {
    "none": "no agreement yet",
    "offered": "offered, not yet accepted",
    "accepted": "accepted by both",
}


@dataclass(frozen=True, slots=True)
class AgreementStanding:
    """Where a client's agreement stands, without a word of it.

    Attributes
    ----------
    status
        ``"none"``, ``"offered"`` (nothing accepted yet) or ``"accepted"``.
    open_proposal_by_client
        Whether the client waits for an answer to a proposal.
    questions_open
        How many questions of the client's wait for an answer.
    review_on, overdue
        When it is to be reviewed, and whether that day has come.
    """

    status: str = "none"
    open_proposal_by_client: bool = False
    questions_open: int = 0
    review_on: date | None = None
    overdue: bool = False

    @property
    def said(self) -> str:
        """The status in words."""
        return SAID[self.status]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What of an agreement waits for the client.

    Attributes
    ----------
    offer, proposal
        A first agreement, or a change to it, that they haven't answered.
    questions
        How many questions of the therapist's.
    consents
        Questions of consent that they haven't answered as they stand now.
    shares
        How many offers to share something with a supervisor.
    review
        Whether a review is due.
    """

    offer: bool = False
    proposal: bool = False
    questions: int = 0
    consents: tuple[str, ...] = ()
    shares: int = 0
    review: bool = False


@dataclass(frozen=True, slots=True)
class AgreementCounts:
    """Counts for the owner, over the care relationships that run now."""

    running: int
    accepted: int
    offered: int
    reviews_due: int

    @property
    def none(self) -> int:
        """How many have neither an agreement nor an offer."""
        return self.running - self.accepted - self.offered


@not_clinical("states and counts, no words of an agreement")
def standing_of_agreements(*, viewer: Person) -> dict[UUID, AgreementStanding]:
    """Return where the agreement of each client stands whose agreement is open to somebody."""
    clients = open_to(viewer, Part.AGREEMENT)
    found = {client_id: AgreementStanding() for client_id in clients.ids}
    for row in _current().filter(client__among=clients):
        found[row["client_id"]] = _added(found[row["client_id"]], row)
    asked = Question.objects.seen_by(viewer).filter(
        is_running("version__care__"), answered_at=None, asked_by__role=Role.CLIENT
    )
    for client_id, count in asked.values_list("client_id").annotate(Count("pk")):
        found[client_id] = replace(found[client_id], questions_open=count)
    return found


@not_clinical("states and counts, no words of an agreement")
def waiting_for_client(client: Client, *, viewer: Person) -> Waiting:
    """Return what of the agreement waits for the client; for their first page."""
    require_record(viewer, client, Part.AGREEMENT)
    care = running_care(client)
    if care is None:
        return Waiting()
    standing = standing_in(care)
    proposed, accepted = standing.proposed, standing.accepted
    theirs = proposed is not None and proposed.proposed_by_id == care.therapist_id
    review_on = accepted.review_on if accepted else None
    return Waiting(
        offer=theirs and accepted is None,
        proposal=theirs and accepted is not None,
        questions=Question.objects.seen_by(viewer)
        .filter(version__care=care, answered_at=None, asked_by=care.therapist)
        .count(),
        consents=_to_answer(client, accepted) if accepted else (),
        shares=Share.objects.filter(
            client_id=client.pk,
            client_agreed_at=None,
            withdrawn_at=None,
            ends_at__gt=timezone.now(),
        ).count(),
        review=review_on is not None and review_on <= timezone.localdate(),
    )


@not_clinical("counts, over the whole practice")
def agreements_in_numbers() -> AgreementCounts:
    """Count agreements for the owner."""
    running = CareRelationship.objects.filter(is_running(), client__erased_at=None)
    states: dict[UUID, set[str]] = {}
    due = 0
    for row in _current():
        states.setdefault(row["client_id"], set()).add(row["status"])
        due += _is_due(row["status"], row["review_on"])
    counted = Counter(
        "accepted" if Status.ACCEPTED in found else "offered" for found in states.values()
    )
    return AgreementCounts(running.count(), counted["accepted"], counted["offered"], due)


def _current() -> Any:
    rows = Version.objects.for_the_practice("states of agreements, without their words")
    return rows.filter(
        is_running("care__"),
        Q(status=Status.ACCEPTED) | Q(status=Status.PROPOSED),
        client__erased_at=None,
    ).values("client_id", "status", "proposed_by__role", "review_on")


def _added(known: AgreementStanding, row: dict[str, Any]) -> AgreementStanding:
    if row["status"] == Status.ACCEPTED:
        review_on = row["review_on"]
        overdue = _is_due(row["status"], review_on)
        return replace(known, status="accepted", review_on=review_on, overdue=overdue)
    status = known.status if known.status == "accepted" else "offered"
    by_client = row["proposed_by__role"] == Role.CLIENT
    return replace(known, status=status, open_proposal_by_client=by_client)


def _is_due(status: object, review_on: date | None) -> bool:
    return status == Status.ACCEPTED and bool(review_on and review_on <= timezone.localdate())


def _to_answer(client: Client, accepted: Version) -> tuple[str, ...]:
    answers = last_consents(client)
    return tuple(
        term.value
        for term in CONSENTS
        if term in accepted.since
        and (term not in answers or answers[term].given)
        and not verdict(term, accepted, answers.get(term))
    )
