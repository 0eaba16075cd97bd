"""Technique beside feeling: whether sessions with more of one have more of the other.

Within clients only: a client who always feels understood and a therapist who always reflects
would otherwise look like a cause. What goes together need not cause one another.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

FEWEST_SESSIONS = 8
"""Sessions with both numbers that one client must have to count (our choice)."""
FEWEST_FREE = 30
"""Degrees of freedom below which there is too little to say (our choice)."""
PRIOR_SD = 0.2
"""How large correlations are expected to be before looking, on Fisher's z (our choice)."""
DEVIATIONS = 1.959964
ROUNDING = 1e-9
"""What is left of a number that is smaller than this share of it is the computer's rounding."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """One session's technique and feeling.

    Attributes
    ----------
    client
        Whose session.
    session
        Its number: what both drift along with is taken out.
    technique
        An indicator's value, such as reflections per 10 minutes.
    feeling
        The client's rating of that session, such as feeling understood.
    """

    client: str
    session: int
    technique: float
    feeling: float


@dataclass(frozen=True, slots=True)
class Association:
    """What goes together within clients, from session to session.

    Attributes
    ----------
    r
        The correlation, shrunken towards 0; ``None`` where there is too little to say.
    low, high
        Its 95 % interval; ``None`` as for ``r``.
    raw
        The correlation before shrinking, ``None`` where it can't be computed.
    sessions, clients
        What it rests on.
    says
        ``"too little to say"``, ``"goes with more"``, ``"goes with less"`` or ``"no clear sign"``.
    """

    r: float | None
    low: float | None
    high: float | None
    raw: float | None
    sessions: int
    clients: int
    says: str


def associate(
    pairings: Iterable[Pairing], *, without_trend: bool = True, fewest_free: int = FEWEST_FREE
) -> Association:
    """Return how a technique and a feeling go together within clients.

    The repeated-measures correlation (Bakdash & Marusich 2017, Front Psychol 8:456, doi
    10.3389/fpsyg.2017.00456): both are taken as deviations from the client's own mean, here also
    from the client's own straight trend, and correlated over all clients. Fisher's z of it is
    then weighed against a prior of mean 0, so that few sessions say little.

    Parameters
    ----------
    pairings
        Sessions with both numbers. Clients with fewer than eight are left out.
    without_trend
        Whether each client's straight trend over sessions is taken out as well.
    fewest_free
        Degrees of freedom below which there is too little to say.

    Returns
    -------
    Association
        ``"too little to say"`` is the default answer.

    Examples
    --------
    >>> associate([Pairing("A", n, n % 3, 7 + n % 3) for n in range(1, 8)]).says
    'too little to say'
    >>> many = [Pairing(c, n, n % 3, 7 + n % 3) for c in "ABCDE" for n in range(1, 13)]
    >>> associate(many).says
    'goes with more'
    """
    clients = _by_client(pairings)
    left = [_residuals(one, without_trend=without_trend) for one in clients]
    sessions = sum(len(one) for one in left)
    free = _free(sessions, len(left), without_trend=without_trend)
    raw = _correlation(left) if left else None
    if raw is None or free < fewest_free:
        return Association(None, None, None, raw, sessions, len(left), "too little to say")
    z, sd = _shrunken(raw, free)
    low, high = math.tanh(z - DEVIATIONS * sd), math.tanh(z + DEVIATIONS * sd)
    return Association(math.tanh(z), low, high, raw, sessions, len(left), _says(low, high))


def sessions_missing(counts: Iterable[int], *, without_trend: bool = True) -> int:
    """Return how many more sessions there must be, at the least, before there is enough to say.

    Parameters
    ----------
    counts
        For each client, how many sessions have both numbers.
    without_trend
        As for :func:`associate`.

    Examples
    --------
    >>> sessions_missing([]), sessions_missing([3]), sessions_missing([33])
    (33, 30, 0)
    >>> sessions_missing([9, 8, 8, 8, 7])  # one more, and the fifth client counts as well
    1
    """
    known = sorted((one for one in counts if one > 0), reverse=True)
    whole = [one for one in known if one >= FEWEST_SESSIONS]
    still = [one for one in known if one < FEWEST_SESSIONS] or ([] if whole else [0])
    costs = []
    for more in range(0 if whole else 1, len(still) + 1):
        started = sum(FEWEST_SESSIONS - one for one in still[:more])
        sessions = sum(whole) + FEWEST_SESSIONS * more
        free = _free(sessions, len(whole) + more, without_trend=without_trend)
        costs.append(started + max(0, FEWEST_FREE - free))
    return min(costs)


def _free(sessions: int, clients: int, *, without_trend: bool) -> int:
    """Return the degrees of freedom: each client's mean, and trend, is taken out."""
    return sessions - clients * (2 if without_trend else 1) - 1


def _by_client(pairings: Iterable[Pairing]) -> list[Numbers]:
    found: dict[str, list[tuple[float, float, float]]] = {}
    for one in pairings:
        found.setdefault(one.client, []).append((one.session, one.technique, one.feeling))
    return [np.array(rows, float) for rows in found.values() if len(rows) >= FEWEST_SESSIONS]


def _residuals(table: Numbers, *, without_trend: bool) -> Numbers:
    """Return technique and feeling without the client's own mean, or own straight line."""
    session, values = table[:, 0], table[:, 1:]
    ones = np.ones(len(session))
    line = np.column_stack([ones, session] if without_trend else [ones])
    fitted = line @ np.linalg.lstsq(line, values, rcond=None)[0]
    left: Numbers = values - fitted
    rounding = (left**2).sum(axis=0) <= ROUNDING**2 * (values**2).sum(axis=0)
    left[:, rounding] = 0.0
    return left


def _correlation(left: Sequence[Numbers]) -> float | None:
    x, y = np.concatenate(left).T
    spread = math.sqrt(float(x @ x) * float(y @ y))
    return float(x @ y) / spread if spread else None


def _shrunken(r: float, free: int) -> tuple[float, float]:
    """Return the posterior mean and deviation of Fisher's z, with variance 1 / (free − 1)."""
    z, variance = math.atanh(max(-0.999999, min(0.999999, r))), 1 / (free - 1)
    weight = PRIOR_SD**2 / (PRIOR_SD**2 + variance)
    return weight * z, math.sqrt(weight * variance)


def _says(low: float, high: float) -> str:
    if low > 0:
        return "goes with more"
    return "goes with less" if high < 0 else "no clear sign"
