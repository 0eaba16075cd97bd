"""How good a detector is, measured on courses whose ruptures are known.

Sensitivity
    Share of the ruptures of at least ``depth`` sd during which, or up to ``within`` sessions
    after whose onset, an alarm came: at the onset's session or one of the ``within`` next. A
    skipped check-in can't give an alarm, and counts against the detector.
False alarms
    Alarms at sessions at which the true level is in no rupture, per 100 such sessions with a
    rating, each client's first rating left out (no change can show in it). An alarm that stays
    for three sessions counts three times.
Precision
    Share of the alarms that come while the level is lowered, by either kind of rupture. Unlike
    the others it depends on how common ruptures are.
Delay
    Sessions from a rupture's onset to the first alarm, 0 where it comes at once; one that is
    never found counts as infinitely late, so the median is honest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

WITHIN = 2
DRAWS = 1000
BLOCK = 50
SEED = 20


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """What is true of the courses; arrays are (courses,) or (courses, sessions).

    Attributes
    ----------
    onset
        Session, counted from 1, at which a rupture begins; 0 where there is none.
    repaired
        Whether it was repaired.
    depth
        In sd of ratings.
    in_rupture
        Whether the true level is lowered at a session.
    rated
        Whether there is a rating.
    """

    onset: NDArray[np.int64]
    repaired: Bools
    depth: Floats
    in_rupture: Bools
    rated: Bools

    @property
    def calm(self) -> Bools:
        """Sessions at which an alarm is false."""
        first = np.cumsum(self.rated, axis=1) == 1
        calm: Bools = self.rated & ~self.in_rupture & ~first
        return calm


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % bootstrap interval over courses.

    Attributes
    ----------
    value
        ``NaN`` where there was nothing to count, infinite where it lies beyond what was seen.
    low, high
        The interval.
    n
        How many ruptures, or sessions, it stands on.
    """

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Detection:
    """How good a detector is; the module says how each figure is defined.

    Attributes
    ----------
    unrepaired, repaired
        Sensitivity for ruptures of either kind, from 0 to 1.
    false_alarms
        Per 100 sessions.
    precision
        From 0 to 1.
    delay
        Median, in sessions, over unrepaired ruptures.
    """

    unrepaired: Estimate
    repaired: Estimate
    false_alarms: Estimate
    precision: Estimate
    delay: Estimate


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Sensitivity for unrepaired ruptures against false alarms, over thresholds.

    Attributes
    ----------
    thresholds
        From the strictest on.
    sensitivity
        From 0 to 1, one per threshold.
    false_alarms
        Per 100 sessions, one per threshold.
    """

    thresholds: Floats
    sensitivity: Floats
    false_alarms: Floats

    def best(self, at_most: float) -> tuple[float, float, float]:
        """Return threshold, sensitivity and false alarms of the most sensitive allowed point.

        Raises
        ------
        ValueError
            If every threshold gives more false alarms.
        """
        allowed = np.flatnonzero(self.false_alarms <= at_most)
        if not allowed.size:
            raise ValueError(f"no threshold gives at most {at_most:g} false alarms per 100")
        point = allowed[np.argmax(self.sensitivity[allowed])]
        return (
            float(self.thresholds[point]),
            float(self.sensitivity[point]),
            float(self.false_alarms[point]),
        )


def detection(
    fired: Bools, truth: Truth, *, depth: float = 1.5, within: int = WITHIN, draws: int = DRAWS
) -> Detection:
    """Measure a detector's alarms.

    Parameters
    ----------
    fired
        Where it gave an alarm; (courses, sessions).
    truth
        What is true of the same courses.
    depth
        Least depth of the ruptures that are counted, in sd.
    within
        Sessions after the onset in which an alarm is in time.
    draws
        Of the bootstrap.

    Examples
    --------
    >>> truth = Truth(
    ...     onset=np.array([2, 0]), repaired=np.array([False, False]), depth=np.array([2.0, 0.0]),
    ...     in_rupture=np.array([[False, True, True], [False, False, False]]),
    ...     rated=np.ones((2, 3), dtype=bool),
    ... )
    >>> fired = np.array([[False, False, True], [False, True, False]])
    >>> found = detection(fired, truth)
    >>> found.unrepaired.value, found.false_alarms.value, found.delay.value
    (1.0, 50.0, 1.0)
    """
    delays = _delays(fired, truth)
    counted = (truth.onset > 0) & (truth.depth >= depth)
    lasting, mended = counted & ~truth.repaired, counted & truth.repaired
    in_time = delays <= within
    calm = truth.calm
    return Detection(
        unrepaired=_ratio(in_time & lasting, lasting, draws),
        repaired=_ratio(in_time & mended, mended, draws),
        false_alarms=_ratio((fired & calm).sum(axis=1), calm.sum(axis=1), draws, scale=100.0),
        precision=_ratio(
            (fired & truth.in_rupture).sum(axis=1),
            (fired & (truth.in_rupture | calm)).sum(axis=1),
            draws,
        ),
        delay=_median(delays[lasting], draws),
    )


def curve(
    strength: Floats,
    truth: Truth,
    *,
    depth: float = 1.5,
    within: int = WITHIN,
    false_alarms: Floats | None = None,
) -> Curve:
    """Follow a detector over its thresholds.

    Parameters
    ----------
    strength
        What is held against the threshold, ``NaN`` where there can be no alarm.
    truth, depth, within
        As for :func:`detection`.
    false_alarms
        The rates, per 100 sessions, that thresholds are chosen for.

    Examples
    --------
    >>> truth = Truth(
    ...     onset=np.array([2, 0]), repaired=np.array([False, False]), depth=np.array([2.0, 0.0]),
    ...     in_rupture=np.array([[False, True, True], [False, False, False]]),
    ...     rated=np.ones((2, 3), dtype=bool),
    ... )
    >>> strength = np.array([[0.0, 1.0, 3.0], [0.0, 2.0, 1.0]])
    >>> found = curve(strength, truth, false_alarms=np.array([50.0]))
    >>> found.thresholds.tolist(), found.sensitivity.tolist()
    ([2.0], [1.0])
    """
    wished = np.linspace(0.25, 30.0, 120) if false_alarms is None else false_alarms
    seen = np.where(np.isnan(strength) | ~truth.rated, -np.inf, strength)
    quiet = np.sort(seen[truth.calm])[::-1]
    places = np.minimum((wished / 100 * len(quiet)).astype(np.int64), len(quiet)) - 1
    thresholds = quiet[np.maximum(places, 0)]
    kept = np.isfinite(thresholds)
    thresholds = thresholds[kept]
    loudest = _loudest(seen, truth, depth, within)
    return Curve(
        thresholds=thresholds,
        sensitivity=np.array([(loudest >= line).mean() for line in thresholds]),
        false_alarms=np.array([100 * (quiet >= line).mean() for line in thresholds]),
    )


def _loudest(strength: Floats, truth: Truth, depth: float, within: int) -> Floats:
    """Return the strongest alarm in time for each unrepaired rupture."""
    rows = np.flatnonzero((truth.onset > 0) & ~truth.repaired & (truth.depth >= depth))
    columns = truth.onset[rows, None] - 1 + np.arange(within + 1)
    inside = columns < strength.shape[1]
    found = strength[rows[:, None], np.where(inside, columns, 0)]
    loudest: Floats = np.where(inside, found, -np.inf).max(axis=1, initial=-np.inf)
    return loudest


def _delays(fired: Bools, truth: Truth) -> Floats:
    """Return sessions from each onset to the first alarm; infinite where none came."""
    sessions = np.arange(1, fired.shape[1] + 1)
    late = fired & (sessions >= truth.onset[:, None]) & (truth.onset > 0)[:, None]
    first = np.argmax(late, axis=1) + 1
    return np.where(late.any(axis=1), first - truth.onset, np.inf)


def _ratio(
    part: NDArray[np.generic], whole: NDArray[np.generic], draws: int, scale: float = 1.0
) -> Estimate:
    """Return a ratio of sums over courses, with the interval from drawing courses anew."""
    parts, wholes = part.astype(np.float64), whole.astype(np.float64)

    def drawn(rows: NDArray[np.int64]) -> Floats:
        with np.errstate(invalid="ignore", divide="ignore"):
            ratios: Floats = scale * parts[rows].sum(axis=1) / wholes[rows].sum(axis=1)
        return ratios

    total = wholes.sum()
    if not total:
        return Estimate(float("nan"), float("nan"), float("nan"), 0)
    low, high = _bounds(drawn, len(parts), draws)
    return Estimate(float(scale * parts.sum() / total), low, high, int(total))


def _median(delays: Floats, draws: int) -> Estimate:
    if not delays.size:
        return Estimate(float("nan"), float("nan"), float("nan"), 0)

    def drawn(rows: NDArray[np.int64]) -> Floats:
        medians: Floats = np.quantile(delays[rows], 0.5, axis=1, method="lower")
        return medians

    low, high = _bounds(drawn, len(delays), draws)
    return Estimate(float(np.quantile(delays, 0.5, method="lower")), low, high, len(delays))


def _bounds(
    drawn: Callable[[NDArray[np.int64]], Floats], courses: int, draws: int
) -> tuple[float, float]:
    draw = np.random.Generator(np.random.PCG64(SEED))
    blocks = [
        drawn(draw.integers(0, courses, size=(min(BLOCK, draws - done), courses)))
        for done in range(0, draws, BLOCK)
    ]
    found = np.concatenate(blocks)
    found = found[~np.isnan(found)]
    low, high = np.quantile(found, (0.025, 0.975), method="nearest")
    return float(low), float(high)
