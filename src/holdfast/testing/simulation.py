"""What simulated courses assume: ``courses.toml``, or whatever is set instead."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationSetting:
    """The assumptions of the simulator; :func:`simulation` gives those of ``courses.toml``.

    Attributes
    ----------
    sessions
        Of each course.
    mean
        Level of the middle client, in points from 0 to 10.
    sd
        Standard deviation of all ratings outside ruptures, as they are given, in points. Every
        other "sd" is this one.
    reliability
        Share of ``sd²`` that isn't error, before the ends of the scale cut errors off.
    movement, persistence
        Share of ``sd²`` that is true movement around the client's level, and how much of a
        deviation is left one session later.
    growing, growth
        Share of clients whose level grows, and by how much a session, in sd.
    repaired, unrepaired
        Shares of the courses that have a rupture of either kind.
    first_onset, sessions_after_onset
        The first session that a rupture may begin at, and how many sessions follow an onset at
        least.
    building
        Sessions in which a rupture reaches its depth; 1 if at once. No more than follow its onset.
    shallowest, deeper
        Least depth, and the mean of the exponential added to it, in sd.
    longest_repair
        Sessions from the deepest one until the level is back, at most; each is equally likely.
    skipped
        Share of check-ins without an answer.
    step
        Ratings are rounded to this, in points.
    item_spread
        How far the lowest item lies below the rating on average, in points.
    guess_above, guess_error, guess_sees
        The therapist's guess: bias and error in sd, and how much of a rupture it follows.

    Examples
    --------
    >>> simulation(reliability=0.64).error
    0.9
    """

    sessions: int
    mean: float
    sd: float
    reliability: float
    movement: float
    persistence: float
    growing: float
    growth: float
    repaired: float
    unrepaired: float
    first_onset: int
    sessions_after_onset: int
    building: int
    shallowest: float
    deeper: float
    longest_repair: int
    skipped: float
    step: float
    item_spread: float
    guess_above: float
    guess_error: float
    guess_sees: float

    @property
    def error(self) -> float:
        """Standard deviation of the instrument's error, in points."""
        return round(self.sd * math.sqrt(1 - self.reliability), 12)


def simulation(**changed: float) -> SimulationSetting:
    """Return the shipped assumptions, some of them changed.

    Examples
    --------
    >>> simulation().sessions, simulation(sessions=8).sessions
    (20, 8)
    """
    return SimulationSetting(**{**_shipped(), **changed})


@cache
def _shipped() -> dict[str, Any]:
    text = files(__package__).joinpath("courses.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
