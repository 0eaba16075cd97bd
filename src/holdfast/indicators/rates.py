"""Counts and rates: how often something was heard, and how often for the length of the session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from holdfast.coding.codes import CodedSession
from holdfast.indicators.definition import (
    NOT_APPLICABLE,
    Finding,
    Measure,
    not_applicable,
    too_little,
)
from holdfast.indicators.events import tally
from holdfast.indicators.indicator import Indicator, Unit
from holdfast.indicators.intervals import count_interval, share_interval
from holdfast.indicators.turns import minutes, words

MINUTES_NEEDED = 2
WORDS_NEEDED = 100
"""Over a shorter stretch, a single remark would make a rate."""


def count(coded: CodedSession, name: str) -> Finding:
    """Count an event of :data:`~holdfast.indicators.events.EVENTS`."""
    found = tally(coded, name)
    if found is None:
        return uncoded()
    return Finding(float(found.heard), found.heard, count_interval(found))


def share(coded: CodedSession, part: str, rest: str) -> Finding:
    """Return ``part / (part + rest)`` of two events that exclude each other."""
    ours, theirs = tally(coded, part), tally(coded, rest)
    if ours is None or theirs is None:
        return uncoded()
    n = ours.heard + theirs.heard
    return Finding(ours.heard / n if n else None, n, share_interval(ours, theirs))


def uncoded() -> Finding:
    """Return the finding of a session whose codes lack what an indicator needs."""
    return not_applicable("the session was coded without it")


def per_10_minutes(measure: Measure) -> Measure:
    """Make a rate of a count, for sessions with times."""

    def scale(coded: CodedSession) -> tuple[float | None, str]:
        lasted = minutes(coded.session)
        if lasted is None:
            return None, NOT_APPLICABLE + "the transcript has no times"
        if lasted < MINUTES_NEEDED:
            return None, too_little(int(lasted), "minutes", MINUTES_NEEDED)
        return 10 / lasted, ""

    return _rate(measure, "per_10_minutes", Unit.RATE, scale)


def per_1000_words(measure: Measure) -> Measure:
    """Make a rate of a count, by the words of therapist and client together."""

    def scale(coded: CodedSession) -> tuple[float | None, str]:
        said = words(coded.session)
        if said < WORDS_NEEDED:
            return None, too_little(said, "words", WORDS_NEEDED)
        return 1000 / said, ""

    return _rate(measure, "per_1000_words", Unit.RATE_OF_WORDS, scale)


def _rate(
    measure: Measure,
    suffix: str,
    unit: Unit,
    scale: Callable[[CodedSession], tuple[float | None, str]],
) -> Measure:
    @wraps(measure)
    def rate(coded: CodedSession) -> Indicator:
        counted = measure(coded)
        named = replace(
            counted,
            name=f"{counted.name}_{suffix}",
            title=f"{counted.title} {unit.value}",
            unit=unit,
        )
        if counted.value is None:
            return named
        factor, missing = scale(coded)
        if factor is None:
            return replace(named, value=None, interval=None, missing=missing)
        bounds = counted.interval
        return replace(
            named,
            value=counted.value * factor,
            interval=bounds and (bounds[0] * factor, bounds[1] * factor),
        )

    rate.__name__ = f"{measure.__name__}_{suffix}"
    return rate


def with_rates(*measures: Measure) -> tuple[Measure, ...]:
    """Return each count followed by its two rates.

    Examples
    --------
    >>> def questions(coded: CodedSession) -> Indicator: ...
    >>> [measure.__name__ for measure in with_rates(questions)]
    ['questions', 'questions_per_10_minutes', 'questions_per_1000_words']
    """
    return tuple(
        each
        for measure in measures
        for each in (measure, per_10_minutes(measure), per_1000_words(measure))
    )
