"""How far a coder and a person agree about the same lines: κ, and how often a mark is right."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["FEWEST_SESSIONS", "Agreement", "Share", "agreement", "share"]

Numbers = NDArray[np.float64]
Pairs = Mapping[tuple[Any, Any], int]
"""Of one session: on how many lines the coder gave the first value and the person the second."""

DRAWS = 1000
FEWEST_SESSIONS = 5
"""Lines of one session resemble each other: from fewer sessions an interval says nothing."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two readings of the same lines agree.

    Attributes
    ----------
    lines, sessions
        What was compared.
    alike
        Share of the lines with the same value; ``None`` without lines.
    kappa
        Cohen's κ; ``None`` where both gave one and the same value throughout, so that there was
        nothing to agree about.
    interval
        Its 95 % interval; ``None`` for fewer than five sessions, or where κ has no value in most
        draws.
    """

    lines: int
    sessions: int
    alike: float | None
    kappa: float | None
    interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Share:
    """A share of something counted in several sessions, with its 95 % interval.

    Attributes
    ----------
    value
        The share; ``None`` where there was nothing to count.
    of
        Of how many.
    interval
        ``None`` for fewer than five sessions.
    """

    value: float | None
    of: int
    interval: tuple[float, float] | None


def agreement(sessions: Sequence[Pairs], *, seed: int = 0, draws: int = DRAWS) -> Agreement:
    """Return how far two readings agree, over all lines of some sessions.

    ``κ = (p_o − p_e) / (1 − p_e)``: agreement beyond what two readers would reach who give each
    value as often as these do, and at random (Cohen 1960, Educ Psychol Meas 20:37, doi
    10.1177/001316446002000104). Values are names: near misses count as misses. The interval is a
    percentile bootstrap that draws whole sessions, since lines of one session are alike (Field &
    Welsh 2007, J R Stat Soc B 69:369, doi 10.1111/j.1467-9868.2007.00593.x).

    Parameters
    ----------
    sessions
        For each session how often which two values met.
    seed, draws
        Of the bootstrap.

    Returns
    -------
    Agreement
        With ``None`` for whatever can't be said.

    Examples
    --------
    >>> both = {("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15}
    >>> found = agreement([both])
    >>> found.alike, round(found.kappa, 2), found.interval
    (0.7, 0.4, None)
    """
    first, second, same = _by_session(sessions)
    whole = np.ones((1, len(sessions)))
    counted = int(np.count_nonzero(first.sum(axis=1)))
    kappa = _kappa(whole @ first, whole @ second, whole @ same)
    lines = int(first.sum())
    return Agreement(
        lines=lines,
        sessions=counted,
        alike=float(same.sum() / lines) if lines else None,
        kappa=_said(kappa),
        interval=_interval(
            lambda drawn: _kappa(drawn @ first, drawn @ second, drawn @ same),
            _drawn(len(sessions), draws, seed),
            counted,
        ),
    )


def share(sessions: Sequence[tuple[int, int]], *, seed: int = 0, draws: int = DRAWS) -> Share:
    """Return a share over some sessions, with an interval from a bootstrap over sessions.

    Parameters
    ----------
    sessions
        For each session how many there were, and out of how many.
    seed, draws
        Of the bootstrap.

    Returns
    -------
    Share
        With ``None`` for whatever can't be said.

    Examples
    --------
    >>> found = share([(8, 10), (7, 10), (9, 10), (6, 10), (10, 10)])
    >>> found.value, found.of, found.interval[0] < found.value < found.interval[1]
    (0.8, 50, True)
    """
    table = np.array(sessions, dtype=np.float64).reshape(len(sessions), 2)
    hits, of = table[:, 0], table[:, 1]
    counted = int(np.count_nonzero(of))
    return Share(
        value=float(hits.sum() / of.sum()) if counted else None,
        of=int(of.sum()),
        interval=_interval(
            lambda drawn: _ratio(drawn @ hits, drawn @ of),
            _drawn(len(sessions), draws, seed),
            counted,
        ),
    )


def _by_session(sessions: Sequence[Pairs]) -> tuple[Numbers, Numbers, Numbers]:
    """Return how often each value was given first, and second, and how often both were alike."""
    values = {value: place for place, value in enumerate(dict.fromkeys(_values(sessions)))}
    first, second = (np.zeros((len(sessions), len(values))) for _ in range(2))
    same = np.zeros(len(sessions))
    for place, pairs in enumerate(sessions):
        for (one, other), count in pairs.items():
            first[place, values[one]] += count
            second[place, values[other]] += count
            same[place] += count * (one == other)
    return first, second, same


def _values(sessions: Sequence[Pairs]) -> list[Hashable]:
    return [value for pairs in sessions for pair in pairs for value in pair]


def _kappa(first: Numbers, second: Numbers, same: Numbers) -> Numbers:
    """Return κ of each row, NaN where a row holds one value alone, or nothing."""
    lines = first.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        by_chance = (first * second).sum(axis=1) / lines**2
        found = (same / lines - by_chance) / (1 - by_chance)
    return np.where(by_chance < 1, found, np.nan)


def _said(found: Numbers) -> float | None:
    return None if np.isnan(found[0]) else float(found[0])


def _ratio(hits: Numbers, of: Numbers) -> Numbers:
    with np.errstate(invalid="ignore"):
        return np.asarray(hits / of)


# A page asks for the intervals of many codes of the same sessions.
@lru_cache(maxsize=4)
def _drawn(sessions: int, draws: int, seed: int) -> Numbers:
    """Return how often each session is drawn, a row for each draw."""
    if not sessions:
        return np.zeros((draws, 0))
    chance = np.random.default_rng(seed)
    drawn = chance.multinomial(sessions, np.full(sessions, 1 / sessions), draws)
    return drawn.astype(np.float64)


def _interval(
    figure: Callable[[Numbers], Numbers], drawn: Numbers, sessions: int
) -> tuple[float, float] | None:
    if sessions < FEWEST_SESSIONS:
        return None
    found = figure(drawn)
    found = found[~np.isnan(found)]
    if len(found) < len(drawn) / 2:
        return None
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)
