"""What lies beside a review: the course, the goals, how it began, what the rules say by now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import clinical_read, witness
from holdfast_web.care.models import Client
from holdfast_web.care.rules import is_client
from holdfast_web.engine.scoring import Answers
from holdfast_web.fit.assessment.definition import Reason
from holdfast_web.fit.assessment.evaluate import assess
from holdfast_web.fit.assessment.keeping import restored
from holdfast_web.fit.assessment.outcome import Outcome
from holdfast_web.fit.assessment.reading import shipped_rules
from holdfast_web.fit.models import Intake
from holdfast_web.fit.reviewing import LATE
from holdfast_web.fit.said import facts_of
from holdfast_web.goals.queries import GoalView, goals_of
from holdfast_web.measures.followed import Followed, followed
from holdfast_web.measures.models import Sheet, Signal
from holdfast_web.measures.queries.courses import courses_of

RECENT = timedelta(weeks=5)
"""Older answers say too little of today for the rules (our choice)."""
UNMOVED = ("unchanged", "deteriorated")


@dataclass(frozen=True, slots=True)
class Start:
    """What the assessment said when help was asked for."""

    on: datetime
    heading: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """All that lies beside a review.

    Attributes
    ----------
    check_ins, outcomes
        Courses, as the client sees them.
    goals
        Those that weren't put aside.
    start
        How it began; ``None`` without an assessment.
    news
        What the rules say to think about by now and didn't say then.
    answered_on
        When the latest of the answers came in that ``news`` rest on.
    unmoved
        Titles of what has not changed reliably by now.
    """

    check_ins: Followed | None
    outcomes: tuple[Followed, ...]
    goals: tuple[GoalView, ...]
    start: Start | None
    news: tuple[Reason, ...]
    answered_on: date | None
    unmoved: tuple[str, ...]


@clinical_read
def beside(client: Client, number: int, *, viewer: Person) -> Beside:
    """Return what lies beside a review of a session, to the client or their therapist."""
    witness("review.beside_viewed", by=viewer, client_id=client.pk)
    views = courses_of(client, viewer=viewer, for_client=True)
    courses = [followed(replace(one, waiting=())) for one in views]
    intake = Intake.objects.seen_by(viewer, of=client.pk).first()
    sheets, answered_on = _recent(client, viewer, intake)
    outcomes = tuple(one for one in courses if not one.view.is_alliance)
    return Beside(
        check_ins=next((one for one in courses if one.view.is_alliance), None),
        outcomes=outcomes,
        goals=tuple(one for one in goals_of(client, viewer=viewer) if one.status != "aside"),
        start=_start(intake),
        news=_news(intake, sheets, to_client=bool(is_client(viewer, client))),
        answered_on=answered_on,
        unmoved=_unmoved(client, outcomes) if number >= LATE else (),
    )


def _start(intake: Intake | None) -> Start | None:
    if intake is None or not intake.result or intake.handed_in_at is None:
        return None
    told = restored(intake.result)
    titles = tuple(one.title for one in told.for_the_person)
    return Start(intake.handed_in_at, told.outcome.heading, titles)


def _recent(
    client: Client, viewer: Person, intake: Intake | None
) -> tuple[dict[str, Answers], date | None]:
    """Return the latest answers since the assessment by instrument, and when the last came in."""
    names = {name.partition(".")[0] for one in shipped_rules().rules for name in one.when.names()}
    since = timezone.now() - RECENT
    if intake is not None and intake.handed_in_at is not None:
        since = max(since, intake.handed_in_at)
    rows = Sheet.objects.seen_by(viewer, of=client.pk).filter(
        respondent=Sheet.Respondent.CLIENT, instrument__in=names, handed_in_at__gt=since
    )
    found, latest = {}, None
    for one in rows.defer("result").order_by("handed_in_at"):
        found[one.instrument], latest = one, one.handed_in_at
    answers: dict[str, Answers] = {
        name: {key: value for key, value in one.answers.items() if value is not None}
        for name, one in found.items()
    }
    return answers, timezone.localdate(latest) if latest else None


def _news(
    intake: Intake | None, sheets: dict[str, Answers], *, to_client: bool
) -> tuple[Reason, ...]:
    """Return reasons that rest on scores, say more than "go on", and weren't there before."""
    if not sheets:
        return ()
    said = (intake.said or {}) if intake is not None else {}
    before = restored(intake.result).reasons if intake is not None and intake.result else ()
    known = {one.rule for one in before}
    known |= {one.key for one in shipped_rules().rules if one.asks_what_is_open or one.fallback}
    now = assess(facts_of(said, sheets))
    reasons = now.for_the_person if to_client else now.reasons
    return tuple(
        one
        for one in reasons
        if one.rule not in known and one.rests_on and one.outcome is not Outcome.REASONABLE
    )


def _unmoved(client: Client, outcomes: tuple[Followed, ...]) -> tuple[str, ...]:
    """Return what was high at the start, and isn't reliably better from session 8 on."""
    rows = Signal.objects.for_the_practice("what hasn’t changed, without what was noted of it")
    noticed = set(rows.filter(client=client, name="discuss").values_list("instrument", flat=True))
    return tuple(
        one.view.title
        for one in outcomes
        if one.view.instrument in noticed
        and one.view.trajectory.significance is not None
        and one.view.trajectory.significance.value in UNMOVED
    )
