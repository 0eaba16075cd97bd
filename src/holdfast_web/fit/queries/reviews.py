"""Reads reviews for the two: each their own words, and the other's once they may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from holdfast_web.accounts.models import Person, Role
from holdfast_web.audit.witness import clinical_read, witness
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.records import names_of
from holdfast_web.care.rules import is_client, is_of_the_two, require_record
from holdfast_web.fit.models import Review
from holdfast_web.fit.queries.beside import Beside, beside
from holdfast_web.fit.reviewing import QUESTIONS
from holdfast_web.fit.rules.reviews import may_read_others_words, may_settle, may_write_review
from holdfast_web.lib.decision import Decision
from holdfast_web.lib.refusals import NotYours


@dataclass(frozen=True, slots=True)
class Answer:
    """A question, and what was written."""

    key: str
    question: str
    words: str


@dataclass(frozen=True, slots=True)
class Side:
    """What one of the two wrote.

    Attributes
    ----------
    who
        Their name.
    answers
        Question by question; empty where they aren't to be read.
    at
        When they finished; ``None`` before.
    """

    who: str
    answers: tuple[Answer, ...]
    at: datetime | None
    shows: bool = False
    edition: int = 0

    @property
    def written(self) -> tuple[Answer, ...]:
        """What isn't left open."""
        return tuple(one for one in self.answers if one.words)


@dataclass(frozen=True, slots=True)
class Settled:
    """What the two settled on, and who noted it."""

    choice: str
    label: str
    words: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A review in the list."""

    id: UUID
    number: int
    opened_at: datetime
    with_whom: str
    choice: str
    wrote: bool


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """A review as its page shows it to one of the two."""

    id: UUID
    number: int
    why: str
    opened_at: datetime
    mine: Side
    other: Side
    may_write: Decision
    may_read_other: Decision
    may_settle: Decision
    settled: Settled | None
    edition: int
    beside: Beside


@clinical_read
def reviews_of(client: Client, *, viewer: Person) -> tuple[ReviewLine, ...]:
    """Return the reviews of a client that are somebody's own, the latest first."""
    _require_one_of_the_two(viewer, client)
    witness("reviews.viewed", by=viewer, client_id=client.pk)
    own = bool(is_client(viewer, client))
    rows = _rows(client, viewer).defer("client_words", "therapist_words", "settled")
    return tuple(
        ReviewLine(
            id=one.pk,
            number=one.session_number,
            opened_at=one.opened_at,
            with_whom=one.care.therapist.name,
            choice=one.get_choice_display() if one.choice else "",
            wrote=(one.client_at if own else one.therapist_at) is not None,
        )
        for one in rows.order_by("-opened_at")
    )


@clinical_read
def review_row(review_id: UUID, client: Client, *, viewer: Person) -> Review:
    """Return one review of a client, for an action.

    Raises
    ------
    NotYours
        If it isn't somebody's own: of the client, or of the therapist of that care.
    """
    _require_one_of_the_two(viewer, client)
    found: Review | None = _rows(client, viewer).filter(pk=review_id).first()
    if found is None:
        raise NotYours
    witness("review.viewed", by=viewer, client_id=client.pk, subject=found)
    return found


@clinical_read
def review_page(review: Review, *, viewer: Person) -> ReviewPage:
    """Return a review with all that lies beside it, for one of the two."""
    own = bool(is_client(viewer, review.client))
    mine, others = ("client", "therapist") if own else ("therapist", "client")
    names = {"client": review.client.name, "therapist": review.care.therapist.name}
    readable = may_read_others_words(viewer, review)
    witness("review.viewed", by=viewer, client_id=review.client_id, subject=review)
    return ReviewPage(
        id=review.pk,
        number=review.session_number,
        why=review.why,
        opened_at=review.opened_at,
        mine=_side(review, mine, names[mine], open_now=True),
        other=_side(review, others, names[others], open_now=bool(readable)),
        may_write=may_write_review(viewer, review),
        may_read_other=readable,
        may_settle=may_settle(viewer, review),
        settled=_settled(review, viewer),
        edition=review.edition,
        beside=beside(review.client, review.session_number, viewer=viewer),
    )


def _require_one_of_the_two(viewer: Person, client: Client) -> None:
    require_record(viewer, client, Part.GOALS)
    if not is_of_the_two(viewer, client):
        raise NotYours


def _rows(client: Client, viewer: Person) -> Any:
    """Return the reviews of the client, or of the therapist's own care: not of one before."""
    rows = Review.objects.seen_by(viewer, of=client.pk).select_related(
        "client", "client__person", "care", "care__therapist"
    )
    return rows if viewer.role == Role.CLIENT else rows.filter(care__therapist=viewer)


def _side(review: Review, side: str, who: str, *, open_now: bool) -> Side:
    words = getattr(review, f"{side}_words") if open_now else None
    answers = tuple(
        Answer(
            one.key,
            one.to_client if side == "client" else one.to_therapist,
            (words or {}).get(one.key, ""),
        )
        for one in QUESTIONS
    )
    return Side(
        who=who,
        answers=answers if open_now else (),
        at=getattr(review, f"{side}_at"),
        shows=getattr(review, f"{side}_shows"),
        edition=getattr(review, f"{side}_edition"),
    )


def _settled(review: Review, viewer: Person) -> Settled | None:
    if review.settled_at is None:
        return None
    told = review.settled or {}
    by = UUID(told["by"])
    who = "you" if by == viewer.pk else names_of([by]).get(by, "")
    return Settled(
        review.choice, review.get_choice_display(), told.get("words", ""), who, review.settled_at
    )
