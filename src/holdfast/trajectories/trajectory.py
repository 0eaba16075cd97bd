"""A trajectory: ratings over sessions, with what they signal and what the change comes to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from holdfast.instruments import Instrument, SafetyFlag, Worse
from holdfast.instruments.change import Change, Significance, compare, significance
from holdfast.trajectories.course import Course
from holdfast.trajectories.expected import Band, ExpectedCourse
from holdfast.trajectories.gap import MeanGap, mean_gap
from holdfast.trajectories.outcome import outcome_signals
from holdfast.trajectories.reading import ALLIANCE, Case
from holdfast.trajectories.repair import Episode
from holdfast.trajectories.setting import Setting, own_check_in
from holdfast.trajectories.signals import Signal, signals_and_episodes

ALERT = "alert"


@dataclass(frozen=True, slots=True)
class Trajectory:
    """One instrument over the sessions of one client.

    Attributes
    ----------
    instrument, course
        What was rated, and the ratings.
    signals
        In the order of the sessions.
    episodes, gap
        Of an alliance course: each drop and what followed; the therapist's guess beside it.
    change, significance
        Of an outcome course: the last rating against the first; its class, where the instrument
        has both a reliable change and a clinical cut-off.
    bands
        For each rating the expected band, ``None`` without one.
    """

    instrument: Instrument
    course: Course
    signals: tuple[Signal, ...]
    episodes: tuple[Episode, ...] = ()
    gap: MeanGap | None = None
    change: Change | None = None
    significance: Significance | None = None
    bands: tuple[Band | None, ...] = ()

    @property
    def alliance(self) -> bool:
        """Whether it is about the relationship."""
        return _is_alliance(self.instrument)


@dataclass(frozen=True, slots=True)
class CaseTrajectories:
    """All that one client's ratings hold.

    Attributes
    ----------
    client
        The practice's identifier.
    trajectories
        Alliance first.
    safety
        Answers that a person must see, with their session.
    """

    client: str
    trajectories: tuple[Trajectory, ...]
    safety: tuple[tuple[int, SafetyFlag], ...] = ()

    @property
    def alerts(self) -> tuple[Signal, ...]:
        """The signals that call for attention by themselves, the latest first."""
        found = [
            one for each in self.trajectories for one in each.signals if one.attention == ALERT
        ]
        return tuple(sorted(found, key=lambda one: -one.session))


def follow(
    case: Case, *, setting: Setting | None = None, expected: ExpectedCourse | None = None
) -> CaseTrajectories:
    """Return the trajectories of a client.

    Parameters
    ----------
    case
        From :func:`holdfast.trajectories.read_cases`.
    setting
        How alliance ratings are spread here; our own check-in's guess by default.
    expected
        The practice's own expected course of an outcome instrument.

    Examples
    --------
    >>> from holdfast.instruments import load_instrument
    >>> from holdfast.trajectories.course import Rating
    >>> ratings = tuple(Rating(n, value) for n, value in enumerate((17, 15, 12, 9), start=1))
    >>> case = Case("A", ((load_instrument("phq-9"), Course("A", ratings, 0, 27)),))
    >>> follow(case).trajectories[0].significance.value
    'recovered'
    """
    return follow_all((case,), setting=setting, expected=expected)[0]


def follow_all(
    cases: Sequence[Case],
    *,
    setting: Setting | None = None,
    expected: ExpectedCourse | None = None,
) -> tuple[CaseTrajectories, ...]:
    """Return the trajectories of many clients: the same as one by one, and much faster.

    Examples
    --------
    >>> follow_all(())
    ()
    """
    setting = setting or own_check_in()
    courses = [
        course for case in cases for instrument, course in case.courses if _is_alliance(instrument)
    ]
    followed = iter(signals_and_episodes(courses, setting))
    return tuple(_case(case, followed, expected) for case in cases)


def _case(
    case: Case,
    followed: Iterator[tuple[tuple[Signal, ...], tuple[Episode, ...]]],
    expected: ExpectedCourse | None,
) -> CaseTrajectories:
    made = [
        _alliance(instrument, course, *next(followed))
        if _is_alliance(instrument)
        else _outcome(instrument, course, expected)
        for instrument, course in case.courses
    ]
    made.sort(key=lambda one: not one.alliance)
    return CaseTrajectories(case.client, tuple(made), case.safety)


def _is_alliance(instrument: Instrument) -> bool:
    return instrument.about == ALLIANCE


def _alliance(
    instrument: Instrument,
    course: Course,
    signals: tuple[Signal, ...],
    followed: tuple[Episode, ...],
) -> Trajectory:
    return Trajectory(
        instrument=instrument,
        course=course,
        signals=signals,
        episodes=followed,
        gap=mean_gap(course),
    )


def _outcome(instrument: Instrument, course: Course, expected: ExpectedCourse | None) -> Trajectory:
    change = _change(instrument, course)
    return Trajectory(
        instrument=instrument,
        course=course,
        signals=outcome_signals(course, instrument, expected),
        change=change,
        significance=_significance(instrument, change),
        bands=_bands(instrument, course, expected),
    )


def _change(instrument: Instrument, course: Course) -> Change | None:
    rated = [value for value in course.values if value is not None]
    if len(rated) < 2 or instrument.worse is Worse.NEITHER or not instrument.scales:
        return None
    return compare(instrument, rated[0], rated[-1])


def _significance(instrument: Instrument, change: Change | None) -> Significance | None:
    if change is None:
        return None
    scale = instrument.scale()
    reliable = [one for one in scale.changes if one.kind == "reliable"]
    clinical = [one for one in scale.cutoffs if one.clinical]
    if not reliable or not clinical:
        return None
    return significance(change, reliable[0], clinical[0])


def _bands(
    instrument: Instrument, course: Course, expected: ExpectedCourse | None
) -> tuple[Band | None, ...]:
    rated = [one for one in course.ratings if one.value is not None]
    if expected is None or expected.instrument != instrument.name or not rated:
        return ()
    first, start = rated[0].session, rated[0].value
    assert start is not None  # noqa: S101 - rated means that it has a value
    return tuple(
        expected.band(start, one.session - first + 1) if one.session > first else None
        for one in course.ratings
    )
