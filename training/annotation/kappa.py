"""Cohen's κ and what belongs beside it, from tables of two readings, one table per session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Tables = NDArray[np.int64]
"""Counts by session, first reading's value, second reading's value."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two readings of the same utterances agree; ``None`` where it cannot be said.

    Attributes
    ----------
    utterances, sessions
        What was compared.
    first, second
        Share of utterances to which each reading gave the code (a value other than the first).
    kappa, interval
        Cohen's κ, quadratically weighted for levels, with its 95 % bootstrap interval.
    raw
        Share of utterances with the same value.
    positive
        Positive agreement: twice the utterances to which both gave the code (the same value),
        divided by all the times that either gave it. F1, were one of them the truth.
    """

    utterances: int
    sessions: int
    first: float
    second: float
    kappa: float | None
    interval: tuple[float, float] | None
    raw: float
    positive: float | None


def tables(first: Tables, second: Tables, session: Tables, values: int) -> Tables:
    """Count pairs of values by session."""
    names, place = np.unique(session, return_inverse=True)
    counts = np.zeros((len(names), values, values), dtype=np.int64)
    np.add.at(counts, (place, first, second), 1)
    return counts


def kappa(table: NDArray[np.number], *, weighted: bool = False) -> float:
    """Return Cohen's κ of a table, NaN where one value was all that was given.

    Examples
    --------
    >>> round(kappa(np.array([[20, 5], [10, 15]])), 3)
    0.4
    """
    n = table.sum()
    size = len(table)
    rows, columns = np.indices(table.shape)
    weights = (rows - columns) ** 2 / max(size - 1, 1) ** 2 if weighted else rows != columns
    chance = np.outer(table.sum(1), table.sum(0)) / n if n else np.zeros(table.shape)
    expected = float((weights * chance).sum())
    return 1 - float((weights * table).sum()) / expected if expected else float("nan")


def agreement(counts: Tables, *, weighted: bool = False, draws: int = 2000) -> Agreement:
    """Return the agreement of tables by session."""
    table = counts.sum(0)
    n = int(table.sum())
    same = np.diag(table)
    given = int(table[1:].sum() + table[:, 1:].sum())
    value = kappa(table, weighted=weighted)
    return Agreement(
        utterances=n,
        sessions=len(counts),
        first=float(table[1:].sum() / n) if n else 0.0,
        second=float(table[:, 1:].sum() / n) if n else 0.0,
        kappa=None if np.isnan(value) else value,
        interval=bootstrap(counts, lambda drawn: kappa(drawn, weighted=weighted), draws=draws),
        raw=float(same.sum() / n) if n else 0.0,
        positive=float(2 * same[1:].sum() / given) if given else None,
    )


def bootstrap(
    counts: Tables, figure: Callable[[Tables], float], *, draws: int = 2000, seed: int = 0
) -> tuple[float, float] | None:
    """Return a 95 % percentile interval, sessions drawn with replacement.

    Draws in which κ has no value are left out; where they are more than half, there is none.
    """
    rng = np.random.default_rng(seed)
    chosen = rng.integers(0, len(counts), (draws, len(counts)))
    found = np.array([figure(counts[one].sum(0)) for one in chosen])
    found = found[~np.isnan(found)]
    if len(counts) < 2 or len(found) < draws / 2:
        return None
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)
