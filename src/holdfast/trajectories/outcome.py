"""Signals of an outcome course: how an instrument's scores move over the sessions of a therapy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from holdfast.instruments import Instrument, Worse
from holdfast.trajectories.alarm import HAIR
from holdfast.trajectories.course import Course
from holdfast.trajectories.expected import ExpectedCourse
from holdfast.trajectories.rules import Rule, rule
from holdfast.trajectories.signals import Signal

Figures = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What an outcome course is held against.

    Attributes
    ----------
    reliable
        Points of the instrument's first rule of reliable change.
    case
        Whether the first rating was at caseness or worse; ``None`` where the instrument has no
        clinical cut-off.
    sign
        1 where lower scores are better, -1 where higher ones are.
    """

    reliable: float
    case: bool | None
    sign: int

    def improvement(self, start: float, now: float) -> float:
        """Return the points towards better since the start."""
        return start - now if self.sign > 0 else now - start


def yardstick(instrument: Instrument, start: float) -> Yardstick | None:
    """Return what a course that starts so is held against; ``None`` without a reliable change.

    Examples
    --------
    >>> from holdfast.instruments import load_instrument
    >>> yardstick(load_instrument("phq-9"), start=17)
    Yardstick(reliable=6, case=True, sign=1)
    """
    if instrument.worse is Worse.NEITHER or not instrument.scales:
        return None
    scale = instrument.scale()
    rules = [one for one in scale.changes if one.kind == "reliable"]
    if not rules:
        return None
    clinical = [one for one in scale.cutoffs if one.clinical]
    return Yardstick(
        reliable=rules[0].threshold,
        case=clinical[0].reached(start) if clinical else None,
        sign=1 if instrument.worse is Worse.HIGHER else -1,
    )


def outcome_signals(
    course: Course, instrument: Instrument, expected: ExpectedCourse | None = None
) -> tuple[Signal, ...]:
    """Return the signals of an outcome course, each where it begins.

    Parameters
    ----------
    course
        Scores of the instrument's first scale. The first one is the start.
    instrument
        Its reliable change and clinical cut-off are the yardstick.
    expected
        The practice's own expected course of this instrument, once there is one.

    Examples
    --------
    >>> from holdfast.instruments import load_instrument
    >>> from holdfast.trajectories.course import Rating
    >>> ratings = tuple(Rating(n, value) for n, value in enumerate((12, 13, 18, 19), start=1))
    >>> found = outcome_signals(Course("c1", ratings, 0, 27), load_instrument("phq-9"))
    >>> [(one.session, one.name) for one in found]
    [(3, 'worse'), (4, 'not_improving')]
    """
    rated = [(one.session, one.value) for one in course.ratings if one.value is not None]
    if len(rated) < 2:
        return ()
    first, start = rated[0]
    by = yardstick(instrument, start)
    found: list[Signal] = []
    holding: set[str] = set()
    for session, value in rated[1:]:
        count = session - first + 1
        here = dict(_by_rules(by, start, value, count)) if by else {}
        here.update(_by_expectation(expected, instrument, start, value, count))
        found += [_signal(name, session, here[name]) for name in here if name not in holding]
        holding = set(here)
    return tuple(found)


def _by_rules(
    by: Yardstick, start: float, value: float, count: int
) -> Iterator[tuple[str, Figures]]:
    improvement = by.improvement(start, value)
    figures = {
        "improvement": improvement,
        "worsening": -improvement,
        "reliable": by.reliable,
        "sessions": count,
    }
    if -improvement >= by.reliable - HAIR:
        yield "worse", figures
    if not by.case:
        return
    late = count >= rule("discuss")["from_session"]
    if late and improvement < by.reliable - HAIR:
        yield "discuss", figures
    slow = rule("not_improving")
    little = improvement < slow["share_of_reliable"] * by.reliable - HAIR
    if not late and count >= slow["from_session"] and little:
        yield "not_improving", figures


def _by_expectation(
    expected: ExpectedCourse | None,
    instrument: Instrument,
    start: float,
    value: float,
    count: int,
) -> Iterator[tuple[str, Figures]]:
    if expected is None or expected.instrument != instrument.name or count < 2:
        return
    band = expected.band(start, count, rule("off_course")["coverage"])
    worse = value > band.high if instrument.worse is Worse.HIGHER else value < band.low
    if worse:
        yield "off_course", {"rating": value, "low": band.low, "high": band.high}


def _signal(name: str, session: int, figures: Figures) -> Signal:
    told: Rule = rule(name)
    said = {key: round(value, 1) + 0.0 for key, value in figures.items()}  # + 0.0: never "-0"
    reason = told.says.format(**said)
    return Signal(name, session, told.title, told.attention, reason, figures)
