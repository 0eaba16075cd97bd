"""Simulated courses of ratings whose true course is known: for demos, and to measure detectors.

A client's true level is what the client would answer if the instrument had no error. It is a
level of the client's own, with slow growth in some clients and movement that comes and goes
from session to session, and it stays within the scale. A rupture lowers it by a known depth.
The rating is the true level with the instrument's error, kept within the scale and rounded.

Draws come from numpy's PCG64: the same seed gives the same courses under one version of numpy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from holdfast.testing.simulation import SimulationSetting, simulation
from holdfast.trajectories.course import Course, Rating
from holdfast.trajectories.detection import Truth

Floats = NDArray[np.float64]

LOWEST, HIGHEST = 0.0, 10.0
PILOT_SEED, PILOT_COURSES, PILOT_STEPS = 1, 2000, 14


@dataclass(frozen=True, slots=True, eq=False)
class KnownCourses:
    """Simulated courses with what is true of them; arrays are (courses, sessions).

    Attributes
    ----------
    setting
        What they were made with.
    ratings
        As given; ``NaN`` where the check-in was skipped.
    lowest_items
        The lowest single answer of each check-in.
    guesses
        The therapist's guess of each rating, also where the check-in was skipped.
    usual
        The true level as it would be without the rupture.
    levels
        The true level, rupture included.
    onset
        Session at which the rupture begins, one per course; 0 for none.
    repaired_at
        Session at which the level is back; 0 for none, or never.
    depth
        How far the rupture lowers the level at its deepest, in sd of the setting.

    Examples
    --------
    >>> known = simulated_courses(3, seed=5)
    >>> known.ratings.shape, len(known)
    ((3, 20), 3)
    >>> known.as_course(0).client
    'simulated-1'
    """

    setting: SimulationSetting
    ratings: Floats
    lowest_items: Floats
    guesses: Floats
    usual: Floats
    levels: Floats
    onset: NDArray[np.int64]
    repaired_at: NDArray[np.int64]
    depth: Floats

    def __len__(self) -> int:
        return len(self.ratings)

    def __iter__(self) -> Iterator[Course]:
        return (self.as_course(index) for index in range(len(self)))

    def as_course(self, index: int) -> Course:
        """Return one course as a client's record would hold it."""
        rows = zip(
            self.ratings[index].tolist(),
            self.lowest_items[index].tolist(),
            self.guesses[index].tolist(),
            strict=True,
        )
        ratings = tuple(
            Rating(session, None, guess=guess)
            if value != value
            else Rating(session, value, lowest_item=lowest, guess=guess)
            for session, (value, lowest, guess) in enumerate(rows, start=1)
        )
        return Course(f"simulated-{index + 1}", ratings, LOWEST, HIGHEST)

    @property
    def truth(self) -> Truth:
        """What detectors are measured against."""
        sessions = np.arange(1, self.ratings.shape[1] + 1)
        begun = (self.onset > 0)[:, None] & (sessions >= self.onset[:, None])
        over = (self.repaired_at > 0)[:, None] & (sessions >= self.repaired_at[:, None])
        return Truth(
            onset=self.onset,
            repaired=self.repaired_at > 0,
            depth=self.depth,
            in_rupture=begun & ~over,
            rated=~np.isnan(self.ratings),
        )


def simulated_courses(n: int, seed: int, setting: SimulationSetting | None = None) -> KnownCourses:
    """Simulate the ratings of ``n`` clients.

    Parameters
    ----------
    n
        Number of courses.
    seed
        Same seed, same courses.
    setting
        What is assumed; :func:`holdfast.testing.simulation.simulation` by default.

    Examples
    --------
    >>> known = simulated_courses(2000, seed=1)
    >>> round(float((known.onset > 0).mean()), 2)
    0.27
    """
    chosen = simulation() if setting is None else setting
    draw = np.random.Generator(np.random.PCG64(seed))
    return _simulated(n, draw, chosen, _level_sd(chosen))


@cache
def _level_sd(setting: SimulationSetting) -> float:
    """Find how far apart the clients' levels lie, for the ratings to have the setting's sd.

    The ends of the scale cut off what lies beyond, so this has no closed form: it is found by
    bisection on a pilot sample.
    """
    low, high = 0.0, 3 * setting.sd
    for _ in range(PILOT_STEPS):
        middle = (low + high) / 2
        draw = np.random.Generator(np.random.PCG64(PILOT_SEED))
        known = _simulated(PILOT_COURSES, draw, setting, middle)
        if float(np.nanstd(known.ratings[~known.truth.in_rupture])) < setting.sd:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _simulated(
    n: int, draw: np.random.Generator, setting: SimulationSetting, level_sd: float
) -> KnownCourses:
    shape = (n, setting.sessions)
    usual = _within(_usual_levels(shape, draw, setting, level_sd))
    onset, repaired_at, wished = _ruptures(n, draw, setting)
    fall = _fall(shape, onset, repaired_at, wished * setting.sd, setting.building)
    levels = _within(usual - fall)
    ratings = _rounded(levels + setting.error * draw.standard_normal(shape), setting.step)
    apart = setting.item_spread * draw.exponential(size=shape)
    lowest_items = _rounded(ratings - apart, setting.step)
    guesses = setting.sd * (setting.guess_above + setting.guess_error * draw.standard_normal(shape))
    guesses += usual - setting.guess_sees * (usual - levels)
    missing = draw.random(shape) < setting.skipped
    ratings[missing] = np.nan
    lowest_items[missing] = np.nan
    deepest = np.where(onset > 0, onset + setting.building - 2, 0)[:, None]
    depth = np.take_along_axis(usual - levels, deepest, axis=1)[:, 0] / setting.sd
    return KnownCourses(
        setting=setting,
        ratings=ratings,
        lowest_items=lowest_items,
        guesses=_rounded(guesses, setting.step),
        usual=usual,
        levels=levels,
        onset=onset,
        repaired_at=repaired_at,
        depth=np.where(onset > 0, depth, 0.0),
    )


def _usual_levels(
    shape: tuple[int, int], draw: np.random.Generator, setting: SimulationSetting, level_sd: float
) -> Floats:
    """Return each client's level with its growth and movement, before the scale's ends."""
    own = setting.mean + level_sd * draw.standard_normal((shape[0], 1))
    grows = draw.random((shape[0], 1)) < setting.growing
    growth = setting.growth * setting.sd * grows * np.arange(shape[1])
    shocks = draw.standard_normal(shape)
    moved = np.empty(shape)
    moved[:, 0] = shocks[:, 0]
    fresh = np.sqrt(1 - setting.persistence**2)
    for session in range(1, shape[1]):
        moved[:, session] = setting.persistence * moved[:, session - 1] + fresh * shocks[:, session]
    usual: Floats = own + growth + setting.sd * np.sqrt(setting.movement) * moved
    return usual


def _ruptures(
    n: int, draw: np.random.Generator, setting: SimulationSetting
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """Draw onset, session of repair and depth in sd; 0 where there is none."""
    kind = draw.random(n)
    repaired = kind < setting.repaired
    ruptured = kind < setting.repaired + setting.unrepaired
    last = setting.sessions - setting.sessions_after_onset
    onset = draw.integers(setting.first_onset, last, size=n, endpoint=True)
    length = draw.integers(1, setting.longest_repair, size=n, endpoint=True)
    depth = setting.shallowest + setting.deeper * draw.exponential(size=n)
    return (
        np.where(ruptured, onset, 0),
        np.where(repaired, onset + setting.building - 1 + length, 0),
        np.where(ruptured, depth, 0.0),
    )


def _fall(
    shape: tuple[int, int],
    onset: NDArray[np.int64],
    repaired_at: NDArray[np.int64],
    depth: Floats,
    building: int,
) -> Floats:
    """Return how far each session lies below the usual level: a step, or a V."""
    sessions = np.arange(1, shape[1] + 1)
    begun = (onset > 0)[:, None] & (sessions >= onset[:, None])
    deepest = (onset + building - 1)[:, None]
    built = np.clip((sessions - onset[:, None] + 1) / building, 0.0, 1.0)
    length = np.where(repaired_at > 0, repaired_at, np.inf)[:, None] - deepest
    left = np.clip(1 - (sessions - deepest) / length, 0.0, 1.0)
    return np.where(begun, depth[:, None] * np.minimum(built, left), 0.0)


def _within(levels: Floats) -> Floats:
    return np.clip(levels, LOWEST, HIGHEST)


def _rounded(points: Floats, step: float) -> Floats:
    """Round to the slider's steps; dividing by whole steps a point keeps 0.1 an exact 0.1."""
    steps = 1 / step
    return _within(np.round(points * steps) / steps)
