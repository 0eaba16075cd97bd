"""Reads an ending for one of the two, with the course and the goals from start to end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.standing import running_care
from holdfast_web.audit.witness import clinical_read, witness
from holdfast_web.care.models import CareRelationship, Client
from holdfast_web.care.rules import is_client, is_of_the_two
from holdfast_web.engine.courses import CourseView
from holdfast_web.goals.queries import GoalView, goals_of
from holdfast_web.handover import endings as rules
from holdfast_web.handover.models import Ending
from holdfast_web.handover.rows import endings
from holdfast_web.lib.decision import Decision
from holdfast_web.lib.refusals import NotYours
from holdfast_web.measures.queries.courses import courses_of


@dataclass(frozen=True, slots=True)
class Written:
    """What the two wrote for an ending, as one of them sees it.

    Attributes
    ----------
    mine, theirs
        Words by question; ``theirs`` is empty until they may be seen.
    theirs_written
        Whether the other one has written.
    """

    row: Ending
    mine: Mapping[str, str]
    shows: bool
    theirs: Mapping[str, str]
    theirs_written: bool
    after: str
    open_until: date | None
    may_work: Decision
    may_agree: Decision
    may_finish: Decision


@dataclass(frozen=True, slots=True)
class EndingView:
    """The page of an ending; ``written`` is ``None`` before one is proposed."""

    written: Written | None
    other: str
    is_client: bool
    may_propose: Decision
    check_ins: tuple[CourseView, ...]
    goals: tuple[GoalView, ...]


@clinical_read
def ending_of(client: Client, *, viewer: Person) -> EndingView:
    """Return the ending of the care that runs, or, for the client, of the one that ran last."""
    if not is_of_the_two(viewer, client):
        raise NotYours
    care = running_care(client)
    row = _row(client, care)
    witness("ending.viewed", by=viewer, client_id=client.pk, subject=row)
    courses = courses_of(client, viewer=viewer, for_client=True)
    return EndingView(
        written=_written(row, viewer) if row is not None else None,
        other=_other(viewer, client, care or (row.care if row else None)),
        is_client=bool(is_client(viewer, client)),
        may_propose=rules.may_propose(viewer, client, care),
        check_ins=tuple(one for one in courses if one.is_alliance),
        goals=goals_of(client, viewer=viewer),
    )


def _row(client: Client, care: CareRelationship | None) -> Ending | None:
    rows = endings().filter(client_id=client.pk, taken_back_at=None)
    if care is not None:
        rows = rows.filter(care=care)
    found: Ending | None = rows.order_by("-proposed_at").first()
    return found


def _other(viewer: Person, client: Client, care: CareRelationship | None) -> str:
    if not is_client(viewer, client):
        return str(client.name)
    return care.therapist.name if care is not None else ""


def _written(row: Ending, viewer: Person) -> Written:
    own = bool(is_client(viewer, row.client))
    words = (row.client_words or {}, row.therapist_words or {})
    mine, theirs = words if own else words[::-1]
    after = row.after or {}
    until = after.get("open_until")
    return Written(
        row=row,
        mine=mine,
        shows=row.client_shows if own else row.therapist_shows,
        theirs=theirs if rules.sees_other(viewer, row) else {},
        theirs_written=bool(theirs),
        after=after.get("words", ""),
        open_until=date.fromisoformat(until) if until else None,
        may_work=rules.may_work_on(viewer, row),
        may_agree=rules.may_agree(viewer, row),
        may_finish=rules.may_finish(viewer, row),
    )
