"""Skills month by month, and what a therapist might look at: over all their own clients."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from holdfast.indicators.indicator import Status, Unit
from holdfast.reports.numbers import written, written_range
from holdfast.trajectories.months import Measured, Month, by_month
from holdfast.trajectories.outside import Outside, Value, furthest_outside
from holdfast_web.engine.skill_courses import (
    Skill,
    by_name,
    course_of,
    of_the_latest,
    skills_in,
)
from holdfast_web.engine.skill_drawing import Drawn
from holdfast_web.engine.skill_view import HeldSession, SkillCourse, SkillPoint

OWN = frozenset(
    {"reflections", "giving_back", "uptake", "questions", "openings", "support", "guidance"}
)
"""Families of what a therapist does; the others are of both, or of the client."""
LOWEST = {Unit.DIFFERENCE: -1.0}
HIGHEST = {Unit.SHARE: 1.0, Unit.DIFFERENCE: 1.0}


@dataclass(frozen=True, slots=True)
class ToLookAt:
    """A number that lies outside the middle half of the good demonstrations, in words.

    Attributes
    ----------
    name, title
        Of the skill.
    words
        Where it lies and where the demonstrations do.
    not_meaning
        What the number does not mean.
    """

    name: str
    title: str
    words: str
    not_meaning: str


def month_courses(sessions: Sequence[HeldSession]) -> tuple[SkillCourse, ...]:
    """Return each skill month by month, of the sessions that the latest model read.

    Months with sessions of fewer than three clients have no number: they are gaps.
    """
    read = of_the_latest(sessions)
    numbers = [by_name(one) for one in read]
    months = _months(read)
    return tuple(_course(skill, read, numbers, months) for skill in skills_in(numbers))


def to_look_at(sessions: Sequence[HeldSession], last: int = 10) -> tuple[ToLookAt, ...]:
    """Return what lies furthest outside the middle half of the good demonstrations.

    Parameters
    ----------
    sessions
        In order.
    last
        How many of the latest count, of those that the latest model read.
    """
    read = of_the_latest(sessions)[-last:]
    numbers = [by_name(one) for one in read]
    skills = {
        one.name: one
        for one in skills_in(numbers)
        if one.shown.family in OWN and one.shown.status is not Status.EXPERIMENTAL
    }
    found = furthest_outside(
        (name, _values(name, numbers), skill.band) for name, skill in skills.items() if skill.band
    )
    return tuple(_in_words(skills[one.name], one) for one in found)


def _values(name: str, numbers: Iterable[Mapping[str, Mapping[str, Any]]]) -> list[Value]:
    """Return a number's values whose error is known: of others nobody can say where they lie."""
    found = [one[name] for one in numbers if name in one and one[name]["value"] is not None]
    return [Value(one["value"], *one["interval"]) for one in found if one.get("interval")]


def _months(read: Sequence[HeldSession]) -> list[tuple[int, int]]:
    """Return every month from the first session to the last, the same for all skills."""
    every = by_month(Measured(one.client, one.date, 0.0) for one in read)
    return [(one.year, one.month) for one in every]


def _course(
    skill: Skill,
    read: Sequence[HeldSession],
    numbers: Sequence[Mapping[str, Mapping[str, Any]]],
    months: Sequence[tuple[int, int]],
) -> SkillCourse:
    measured = [
        Measured(session.client, session.date, number[skill.name]["value"])
        for session, number in zip(read, numbers, strict=True)
        if number.get(skill.name, {}).get("value") is not None
    ]
    lowest = LOWEST.get(skill.unit, 0.0)
    highest = HIGHEST.get(skill.unit, math.inf)
    found = {
        (one.year, one.month): one for one in by_month(measured, lowest=lowest, highest=highest)
    }
    each = [found.get(one) or _empty(*one) for one in months]
    points = tuple(_point(skill.unit, one) for one in each)
    drawn = [
        Drawn(point.label, one.value, one.low, one.high)
        for point, one in zip(points, each, strict=True)
    ]
    return course_of(skill, points, drawn, "month")


def _empty(year: int, month: int) -> Month:
    return Month(year, month, None, None, None, 0, 0, "no session with a number")


def _point(unit: Unit, one: Month) -> SkillPoint:
    there = one.value is not None and one.low is not None and one.high is not None
    return SkillPoint(
        label=f"{date(one.year, one.month, 1):%b %Y}",
        date=None,
        value=one.value,
        words=written(one.value, unit) if one.value is not None else "",
        interval=written_range(one.low or 0.0, one.high or 0.0, unit) if there else "",
        why=one.missing,
        sessions=one.sessions,
    )


def _in_words(skill: Skill, one: Outside) -> ToLookAt:
    assert skill.band is not None  # noqa: S101 - only these are asked about
    lies = f"{one.side} the middle half of {skill.band.sessions} good demonstrations"
    words = (
        f"In your last {one.sessions} sessions with a number, the middle one is "
        f"{written(one.middle, skill.unit)}: {lies}, "
        f"{written_range(skill.band.p25, skill.band.p75, skill.unit)}. "
        f"In {one.outside} of them it lies there even with the coder’s error."
    )
    return ToLookAt(skill.name, skill.title, words, skill.shown.not_meaning)
