"""What pages of an agreement are given: values that are ready to be shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.utils.safestring import SafeString

from holdfast_web.agreements.changes import changes_of
from holdfast_web.agreements.clause import Clause
from holdfast_web.agreements.differences import difference
from holdfast_web.agreements.models import Status, Version
from holdfast_web.lib.decision import Decision


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version without its clauses."""

    id: UUID
    number: int
    status: Status
    proposed_by: str
    mine: bool
    proposed_at: datetime
    client_accepted_at: datetime | None
    therapist_accepted_at: datetime | None
    closed_at: datetime | None
    closed_by: str
    taken_back: bool
    note: str | None
    closing_words: str | None
    review_on: date | None
    reviewed_at: datetime | None

    @property
    def accepted_at(self) -> datetime | None:
        """When the second of the two accepted it."""
        return accepted_at(self.client_accepted_at, self.therapist_accepted_at)


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One clause as it was and as it would be."""

    key: str
    title: str
    difference: SafeString
    is_new: bool


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question about a clause, with its answer."""

    id: UUID
    clause: str
    words: str
    asked_by: str
    asked_at: datetime
    answer: str | None
    answered_by: str
    answered_at: datetime | None
    may_reply: Decision


@dataclass(frozen=True, slots=True)
class ConsentView:
    """A question of consent.

    Attributes
    ----------
    state
        ``"unasked"``, ``"yes"``, ``"no"`` or ``"anew"``: said yes, before the clause changed.
    would_go
        For the client: what a no would remove or close at once, in words.
    """

    kind: str
    clause: Clause
    state: str
    at: datetime | None
    may_answer: Decision
    would_go: str = ""


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause with what belongs to it."""

    clause: Clause
    questions: tuple[QuestionView, ...] = ()
    consent: ConsentView | None = None


@dataclass(frozen=True, slots=True)
class GroupView:
    """Clauses under a heading."""

    title: str
    clauses: tuple[ClauseView, ...]


@dataclass(frozen=True, slots=True)
class AgreementView:
    """All that the page of an agreement shows.

    Attributes
    ----------
    other
        The name of the other one of the two.
    shown
        The version whose clauses are in ``groups``: what holds, or else what is offered.
    accepted, proposed
        What holds, and what lies open.
    changes
        What the open proposal would change of what holds.
    answer
        The viewer's own latest proposal, if the other one has just said no to it.
    drafted
        How many clauses the viewer has changed in a draft that isn't sent.
    missing
        Clauses of the practice that aren't in the agreement; for the therapist.
    versions
        How many there are with this therapist.
    """

    other: str
    therapist: str
    shown: VersionLine | None
    accepted: VersionLine | None
    proposed: VersionLine | None
    groups: tuple[GroupView, ...]
    changes: tuple[ChangeView, ...]
    answer: VersionLine | None
    drafted: int
    consents: tuple[ConsentView, ...]
    review_due: bool
    may_begin: Decision
    may_propose: Decision
    may_answer: Decision
    may_take_back: Decision
    may_review: Decision
    may_ask: Decision
    missing: tuple[Clause, ...] = field(default=())
    versions: int = 0

    @property
    def open_questions(self) -> tuple[QuestionView, ...]:
        """What is asked and not answered."""
        clauses = (clause for group in self.groups for clause in group.clauses)
        return tuple(q for one in clauses for q in one.questions if q.answered_at is None)


def accepted_at(by_client: datetime | None, by_therapist: datetime | None) -> datetime | None:
    """Return when the second of the two accepted something."""
    if by_client is None or by_therapist is None:
        return None
    return max(by_client, by_therapist)


def line_of(version: Version, viewer_id: UUID) -> VersionLine:
    """Return a version as a line; its people must have been read with it."""
    closed_by = version.closed_by
    return VersionLine(
        id=version.pk,
        number=version.number,
        status=Status(version.status),
        proposed_by=version.proposed_by.name,
        mine=version.proposed_by_id == viewer_id,
        proposed_at=version.proposed_at,
        client_accepted_at=version.client_accepted_at,
        therapist_accepted_at=version.therapist_accepted_at,
        closed_at=version.closed_at,
        closed_by=closed_by.name if closed_by else "",
        taken_back=version.closed_by_id == version.proposed_by_id,
        note=version.note,
        closing_words=version.closing_words,
        review_on=version.review_on,
        reviewed_at=version.reviewed_at,
    )


def grouped(clauses: Iterable[ClauseView]) -> tuple[GroupView, ...]:
    """Return clauses under the headings they stand under."""
    return tuple(
        GroupView(title, tuple(found))
        for title, found in groupby(clauses, key=lambda one: one.clause.group)
    )


def compared(before: Iterable[Clause], after: Iterable[Clause]) -> tuple[ChangeView, ...]:
    """Return the clauses that change, each with its difference in words."""
    known = {one.key: one for one in before}
    return tuple(
        ChangeView(
            key=one.key,
            title=one.title,
            difference=difference(known[one.key].text if one.key in known else "", one.text),
            is_new=one.key not in known,
        )
        for one in changes_of(known.values(), after)
    )
