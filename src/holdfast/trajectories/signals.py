"""What is worth a therapist's attention in a course, in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from holdfast.trajectories.alarm import Alarm
from holdfast.trajectories.control import control
from holdfast.trajectories.course import Course
from holdfast.trajectories.dips import ceiling, dips, low, skipped, slide
from holdfast.trajectories.gap import wide_gaps
from holdfast.trajectories.local_level import likely_fall
from holdfast.trajectories.panel import Panel, panel
from holdfast.trajectories.repair import Episode, episodes_of, turns
from holdfast.trajectories.rules import rule
from holdfast.trajectories.setting import Setting, own_check_in


@dataclass(frozen=True, slots=True)
class Signal:
    """Something in a course that is worth a person's attention.

    Attributes
    ----------
    name
        Of the rule in ``alliance_rules.toml``, where its formula, source and limits stand.
    session
        At which it came; it rests on the ratings up to this session.
    detector
        The rule's title.
    attention
        ``"alert"`` or ``"note"``.
    reason
        One plain sentence for the therapist.
    figures
        The numbers it stands on, by name, in points unless the name says otherwise.
    """

    name: str
    session: int
    detector: str
    attention: str
    reason: str
    figures: Mapping[str, float]


def alarms(ratings: Panel, setting: Setting) -> tuple[Alarm, ...]:
    """Apply every rule to a panel."""
    return _alarms_and_episodes(ratings, setting)[0]


def _alarms_and_episodes(
    ratings: Panel, setting: Setting
) -> tuple[tuple[Alarm, ...], tuple[tuple[Episode, ...], ...]]:
    dip, strong = dips(ratings, setting)
    fall = likely_fall(ratings, setting)
    followed = episodes_of(ratings, setting, (dip, strong, fall))
    found = (
        strong,
        dip,
        fall,
        *control(ratings, setting),
        *turns(ratings, followed),
        slide(ratings, setting),
        *low(ratings, setting),
        *wide_gaps(ratings, setting),
        ceiling(ratings),
        skipped(ratings),
    )
    return found, followed


def alliance_signals(course: Course, setting: Setting | None = None) -> tuple[Signal, ...]:
    """Return the signals of a course, in the order of the sessions.

    What is signalled at a session depends only on ratings up to it, so the answer for earlier
    sessions never changes when a rating is added.

    Parameters
    ----------
    course
        A client's ratings.
    setting
        How ratings are spread here; our own check-in's guess by default.

    Examples
    --------
    >>> from holdfast.trajectories.course import Rating
    >>> values = (9.0, 9.0, 8.0, 5.0)
    >>> course = Course("c1", tuple(Rating(n, value) for n, value in enumerate(values, start=1)))
    >>> first = alliance_signals(course, Setting(sd=1.2, mean=8.0, sem=0.6))[0]
    >>> first.session, first.name
    (4, 'strong_dip')
    >>> print(first.reason)
    The rating fell by 3.0 points since the last one, at least twice as far as ratings here \
usually move (1.2).
    """
    return signals_of_all((course,), setting)[0]


def signals_of_all(
    courses: Sequence[Course], setting: Setting | None = None
) -> tuple[tuple[Signal, ...], ...]:
    """Return the signals of many courses: the same as one by one, and much faster.

    Examples
    --------
    >>> signals_of_all((Course("a", ()), Course("b", ())))
    ((), ())
    """
    followed = signals_and_episodes(courses, own_check_in() if setting is None else setting)
    return tuple(signals for signals, _ in followed)


def signals_and_episodes(
    courses: Sequence[Course], setting: Setting
) -> tuple[tuple[tuple[Signal, ...], tuple[Episode, ...]], ...]:
    """Return the signals of many courses, and the episodes that some of them rest on."""
    if not courses:
        return ()
    ratings = panel(courses)
    found: list[list[Signal]] = [[] for _ in courses]
    alarmed, episodes = _alarms_and_episodes(ratings, setting)
    for alarm in alarmed:
        _tell(alarm, ratings, found)
    signals = (tuple(sorted(one, key=lambda signal: signal.session)) for one in found)
    return tuple(zip(signals, episodes, strict=True))


def _tell(alarm: Alarm, ratings: Panel, found: list[list[Signal]]) -> None:
    """Add an alarm's signals to those of each course."""
    rows, columns = np.nonzero(alarm.fired)
    sessions = ratings.sessions[rows, columns].tolist()
    told = rule(alarm.name)
    names = list(alarm.figures)
    numbers = [alarm.figures[name][rows, columns].tolist() for name in names]
    for row, session, *values in zip(rows.tolist(), sessions, *numbers, strict=True):
        figures = dict(zip(names, values, strict=True))
        reason = told.says.format(**figures)
        found[row].append(Signal(alarm.name, session, told.title, told.attention, reason, figures))
