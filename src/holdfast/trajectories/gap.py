"""The therapist's guess beside the client's rating."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import fmean, stdev

from holdfast.trajectories.alarm import HAIR, Alarm
from holdfast.trajectories.course import Course
from holdfast.trajectories.panel import Floats, Panel
from holdfast.trajectories.rules import rule
from holdfast.trajectories.setting import Setting
from holdfast.trajectories.students_t import t_975


@dataclass(frozen=True, slots=True)
class MeanGap:
    """How far a therapist's guesses lie above a client's ratings, on average.

    Attributes
    ----------
    mean
        Guess minus rating, in points; above zero where the guesses are higher.
    interval
        95 % interval by Student's t, which takes the sessions as independent; ``None`` for
        fewer than two sessions with both.
    n
        Sessions with both.
    """

    mean: float
    interval: tuple[float, float] | None
    n: int


def gaps(course: Course) -> tuple[float | None, ...]:
    """Return guess minus rating for each check-in, in points; ``None`` where one is missing.

    Examples
    --------
    >>> from holdfast.trajectories.course import Rating
    >>> gaps(Course("c1", (Rating(1, 8.0, guess=9.0), Rating(2, 8.0))))
    (1.0, None)
    """
    return tuple(
        None if rating.value is None or rating.guess is None else rating.guess - rating.value
        for rating in course.ratings
    )


def mean_gap(course: Course) -> MeanGap | None:
    """Return the mean gap over the sessions; ``None`` if no session has both.

    Examples
    --------
    >>> from holdfast.trajectories.course import Rating
    >>> ratings = (Rating(1, 8.0, guess=9.0), Rating(2, 7.0, guess=9.0), Rating(3, 8.0, guess=8.0))
    >>> found = mean_gap(Course("c1", ratings))
    >>> found.mean, tuple(round(end, 2) for end in found.interval)
    (1.0, (-1.48, 3.48))
    """
    both = [gap for gap in gaps(course) if gap is not None]
    if not both:
        return None
    mean, n = fmean(both), len(both)
    if n == 1:
        return MeanGap(mean, None, n)
    far = t_975(n - 1) * stdev(both) / math.sqrt(n)
    return MeanGap(mean, (mean - far, mean + far), n)


def wide_gaps(ratings: Panel, setting: Setting) -> tuple[Alarm, Alarm]:
    """Find sessions that were guessed clearly higher, or clearly lower, than the client says.

    Examples
    --------
    >>> from holdfast.trajectories.panel import panel
    >>> from holdfast.trajectories.course import Rating
    >>> from holdfast.trajectories.setting import own_check_in
    >>> course = Course("c1", (Rating(1, 7.0, guess=9.0), Rating(2, 9.0, guess=7.0)))
    >>> higher, lower = wide_gaps(panel((course,)), own_check_in())
    >>> higher.fired.tolist(), lower.fired.tolist()
    ([[True, False]], [[False, True]])
    """
    return (
        _wide("gap", ratings.guesses - ratings.values, ratings, setting),
        _wide("guessed_lower", ratings.values - ratings.guesses, ratings, setting),
    )


def _wide(name: str, gap: Floats, ratings: Panel, setting: Setting) -> Alarm:
    sds = gap / setting.sd
    figures = {"gap": gap, "guess": ratings.guesses, "rating": ratings.values}
    return Alarm(name, sds >= rule(name)["sds"] - HAIR, sds, figures)
