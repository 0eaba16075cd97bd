"""What a result says, and by when somebody answers: pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from holdfast_web.fit.assessment import Assessment, Reason, Source
from holdfast_web.fit.assessment.questions import shipped_questions
from holdfast_web.fit.models import Intake

WORKING_DAYS = 3
"""Within how many working days somebody answers, unless it is for today."""
WEEKEND = (5, 6)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A reason as the person reads it.

    Attributes
    ----------
    sources
        Those that we compared with what we say; nothing else stands there as one.
    """

    reason: Reason
    sources: tuple[Source, ...]


def spoken(reasons: Iterable[Reason]) -> tuple[Spoken, ...]:
    """Return reasons as the person reads them."""
    return tuple(_spoken(one) for one in reasons)


def pages_about(problems: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the pages on what somebody named: the page's name, and what it is called."""
    known = {one.key: one.page for one in shipped_questions().problems}
    names = {
        "depression": "Low mood and depression",
        "anxiety": "Worry, fear and panic",
        "trauma": "After something terrible",
        "relationships": "Trouble between people",
    }
    found = dict.fromkeys(known.get(one, "") for one in problems)
    return tuple((page, names[page]) for page in found if page in names)


def promised_by(intake: Intake, assessment: Assessment) -> date | None:
    """Return the day by which somebody answers; ``None`` while it isn't handed in.

    Examples
    --------
    >>> add_working_days(date(2026, 11, 26), 3)
    datetime.date(2026, 12, 1)
    """
    if intake.handed_in_at is None:
        return None
    on = timezone.localtime(intake.handed_in_at).date()
    return add_working_days(on, 1 if assessment.reaches_a_person else WORKING_DAYS)


def add_working_days(on: date, days: int) -> date:
    """Return the day that many working days later."""
    while days:
        on += timedelta(days=1)
        days -= on.weekday() not in WEEKEND
    return on


def _spoken(reason: Reason) -> Spoken:
    checked = tuple(one for one in reason.sources if one.checked == "yes")
    return Spoken(reason, checked)
