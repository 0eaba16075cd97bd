"""Skills over sessions and over months, from the gists of what was read in them.

No session's findings are opened for it. What a number is called, where demonstrations lie and how
often the coder is right is as the engine has it now; numbers stay as they were read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from holdfast.coding.codes import CodedSession
from holdfast.indicators import measure
from holdfast.indicators.indicator import Indicator, Spread, Status, Unit
from holdfast.reports.accuracy import NO_CODER, Accuracy, card_accuracy, rules_accuracy
from holdfast.reports.numbers import STYLES, read_indicator, written, written_range
from holdfast.reports.page.skills_table import NO_REFERENCE, STATUS
from holdfast.reports.skills import FAMILIES, RATES
from holdfast.runtime.card import read_card
from holdfast.runtime.folder import CARD, SHIPPED
from holdfast.session import Session
from holdfast_web.engine.skill_drawing import Drawn, draw_skill
from holdfast_web.engine.skill_view import HeldSession, SkillCourse, SkillPoint

__all__ = ["HeldSession", "SkillCourse", "SkillPoint", "skill_courses"]

NOT_READ = "not read"
NOT_THERE = "not measured then"


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill that can be followed: the same number in every session, whatever its length."""

    title: str
    heading: str
    shown: Indicator

    @property
    def name(self) -> str:
        """Of the number that is shown."""
        return self.shown.name

    @property
    def band(self) -> Spread | None:
        """The good demonstrations."""
        return self.shown.reference.high if self.shown.reference else None

    @property
    def unit(self) -> Unit:
        """Of the number."""
        return self.shown.unit


def skill_courses(sessions: Sequence[HeldSession]) -> tuple[SkillCourse, ...]:
    r"""Return each skill over sessions, family by family.

    Parameters
    ----------
    sessions
        In order, also those that were not read: they are gaps.

    Examples
    --------
    >>> import datetime as dt
    >>> numbers = [{"name": "open_question_share", "value": 0.5, "interval": [0.25, 0.75]}]
    >>> day = dt.date(2026, 3, 2)
    >>> sessions = [HeldSession(1, day, "c", "m", {"indicators": numbers}), HeldSession(2, day)]
    >>> found = {one.name: one for one in skill_courses(sessions)}
    >>> [(one.words, one.why) for one in found["open_question_share"].points]
    [('50\u202f%', ''), ('', 'not read')]
    """
    numbers = [by_name(one) for one in sessions]
    latest = latest_maker(sessions)
    return tuple(
        _course(skill, sessions, [each.get(skill.name) for each in numbers], latest)
        for skill in skills_in(numbers)
    )


def latest_maker(sessions: Iterable[HeldSession]) -> str:
    """Return what read the latest session that was read; ``""`` where none was."""
    return next((one.made_by for one in reversed([*sessions]) if one.made_by), "")


def of_the_latest(sessions: Iterable[HeldSession]) -> list[HeldSession]:
    """Return those that were read by what read the latest of them."""
    every = [*sessions]
    latest = latest_maker(every)
    return [one for one in every if one.made_by and one.made_by == latest]


def by_name(session: HeldSession) -> dict[str, Mapping[str, Any]]:
    """Return a session's numbers by their names."""
    return {one["name"]: one for one in (session.gist or {}).get("indicators", ())}


def skills_in(numbers: Iterable[Mapping[str, Mapping[str, Any]]]) -> list[Skill]:
    """Return the skills in reading order, each as the number that most sessions have.

    A count is followed as a rate: by time where every session with the rate by words has it by
    time as well, else by words. What is experimental and has no number in any session is left out.
    """
    found = [*numbers]
    skills = (_skill(base, one, found) for base, one in _bases().items())
    order = [*FAMILIES]
    return sorted(
        (one for one in skills if one is not None),
        key=lambda one: order.index(one.shown.family) if one.shown.family in order else len(order),
    )


def accuracy_of(skill: Skill) -> str:
    """Say how often the coder is right."""
    return read_indicator(skill.shown, known_accuracy()).accuracy.sentence


@cache
def known_accuracy() -> Mapping[str, Accuracy]:
    """Return what is known of the rules and of the model that ships."""
    return rules_accuracy() | card_accuracy(read_card(SHIPPED / CARD).accuracy)


@cache
def _definitions() -> Mapping[str, Indicator]:
    """Return every indicator as the engine has it now, without a value."""
    return {one.name: one for one in measure(CodedSession(Session(()), (), "", ""))}


@cache
def _bases() -> Mapping[str, Indicator]:
    """Return what can be followed: a count without a rate tells first how long a session was."""
    return {
        name: one
        for name, one in _definitions().items()
        if not name.endswith(RATES) and (one.unit is not Unit.COUNT or _rates(name))
    }


def _rates(base: str) -> list[str]:
    return [base + suffix for suffix in RATES if base + suffix in _definitions()]


def _skill(
    base: str, one: Indicator, numbers: Sequence[Mapping[str, Mapping[str, Any]]]
) -> Skill | None:
    if rates := _rates(base):
        have = {name: sum(_has(each, name) for each in numbers) for name in rates}
        one = _definitions()[max(rates, key=lambda name: have[name])]
    if one.status is Status.EXPERIMENTAL and not any(_has(each, one.name) for each in numbers):
        return None
    heading = FAMILIES.get(one.family, one.family.replace("_", " ").capitalize())
    return Skill(_bases()[base].title, heading, one)


def _has(numbers: Mapping[str, Mapping[str, Any]], name: str) -> bool:
    return numbers.get(name, {}).get("value") is not None


def _course(
    skill: Skill,
    sessions: Sequence[HeldSession],
    numbers: Sequence[Mapping[str, Any] | None],
    latest: str,
) -> SkillCourse:
    points = tuple(
        _point(skill.unit, session, number, other=session.made_by not in ("", latest))
        for session, number in zip(sessions, numbers, strict=True)
    )
    drawn = [
        _drawn(point, session.made_by, number)
        for point, session, number in zip(points, sessions, numbers, strict=True)
    ]
    return course_of(skill, points, drawn, "session")


def course_of(
    skill: Skill, points: tuple[SkillPoint, ...], drawn: Sequence[Drawn], foot: str
) -> SkillCourse:
    """Return a skill's course from its points, with all that stands beside it."""
    reading = read_indicator(skill.shown, known_accuracy())
    references = reading.references or (NO_REFERENCE,)
    words = _spoken(skill.title, points, foot)
    return SkillCourse(
        name=skill.name,
        title=skill.title,
        heading=skill.heading,
        unit=STYLES[skill.unit].unit.strip() if skill.unit is not Unit.SHARE else "",
        picture=draw_skill(drawn, skill.unit, skill.band, words, foot),
        points=points,
        references=references,
        accuracy=reading.accuracy.sentence,
        not_meaning=reading.not_meaning,
        status=STATUS[skill.shown.status],
        experimental=skill.shown.status is Status.EXPERIMENTAL,
        counted=reading.accuracy is NO_CODER,
    )


def _point(
    unit: Unit, session: HeldSession, number: Mapping[str, Any] | None, *, other: bool
) -> SkillPoint:
    value = (number or {}).get("value")
    interval = (number or {}).get("interval") if value is not None else None
    return SkillPoint(
        label=session.label or str(session.number),
        date=session.date,
        value=value,
        words="" if value is None else written(value, unit),
        interval=written_range(interval[0], interval[1], unit) if interval else "",
        why="" if value is not None else _why(session, number),
        other=other,
    )


def _why(session: HeldSession, number: Mapping[str, Any] | None) -> str:
    if session.gist is None:
        return NOT_READ
    return NOT_THERE if number is None else str(number.get("missing") or "not applicable")


def _drawn(point: SkillPoint, made_by: str, number: Mapping[str, Any] | None) -> Drawn:
    low, high = (number or {}).get("interval") or (None, None)
    return Drawn(point.label, point.value, low, high, made_by, point.other)


def _spoken(title: str, points: Sequence[SkillPoint], foot: str) -> str:
    known = [one for one in points if one.value is not None]
    if not known:
        return f"{title}: no number yet."
    first, last = known[0], known[-1]
    return (
        f"{title}: {len(known)} of {len(points)} with a number, "
        f"{first.words} in {foot} {first.label}, "
        f"{last.words} in {foot} {last.label}. The numbers stand in the table below."
    )
