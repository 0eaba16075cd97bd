"""A number of many sessions, month by month, with how far it may be off."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import mean

from holdfast.trajectories.students_t import t_975

FEWEST_CLIENTS = 3
"""Clients that a month needs for a number: sessions of one client are alike (our choice)."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A number of one session.

    Attributes
    ----------
    client
        Whose session: a key, never a name.
    on
        Its day.
    value
        The number.
    """

    client: str
    on: date
    value: float


@dataclass(frozen=True, slots=True)
class Month:
    """What a month's sessions come to.

    Attributes
    ----------
    year, month
        Which.
    value
        Their mean; ``None`` where there are too few.
    low, high
        Its 95 % interval; ``None`` as for ``value``.
    sessions, clients
        What it stands on.
    missing
        Why there is no number; ``""`` where there is one.
    """

    year: int
    month: int
    value: float | None
    low: float | None
    high: float | None
    sessions: int
    clients: int
    missing: str = ""


def by_month(
    measured: Iterable[Measured], *, lowest: float = -math.inf, highest: float = math.inf
) -> tuple[Month, ...]:
    """Return every month from the first to the last, also those without sessions.

    The mean of a month's sessions, with an interval that treats sessions of one client as alike:
    its variance is summed over clients, and t has a degree of freedom less than there are clients.

    Parameters
    ----------
    measured
        Sessions that have the number. A session where it isn't applicable has none, and is not a
        nought.
    lowest, highest
        What the number can't go beyond; neither does its interval.

    Examples
    --------
    >>> day = date(2026, 3, 2)
    >>> by_month([Measured(client, day, 0.4) for client in "ABC"])[0].value
    0.4
    >>> by_month([Measured("A", day, 0.4)])[0].missing
    'too few clients: 1, at least 3 are needed'
    """
    found: dict[tuple[int, int], list[Measured]] = {}
    for one in measured:
        found.setdefault((one.on.year, one.on.month), []).append(one)
    return tuple(
        _month(year, month, found.get((year, month), ()), (lowest, highest))
        for year, month in _all_months(found)
    )


def _all_months(found: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    counted = [12 * year + month - 1 for year, month in found]
    if counted:
        for place in range(min(counted), max(counted) + 1):
            yield place // 12, place % 12 + 1


def _month(year: int, month: int, measured: Sequence[Measured], ends: tuple[float, float]) -> Month:
    clients: dict[str, list[float]] = {}
    for one in measured:
        clients.setdefault(one.client, []).append(one.value)
    count = len(clients)
    if count < FEWEST_CLIENTS:
        why = f"too few clients: {count}, at least {FEWEST_CLIENTS} are needed"
        why = why if measured else "no session with a number"
        return Month(year, month, None, None, None, len(measured), count, why)
    middle = mean(one.value for one in measured)
    off = [sum(value - middle for value in values) for values in clients.values()]
    variance = count / (count - 1) * sum(one**2 for one in off) / len(measured) ** 2
    reach = t_975(count - 1) * math.sqrt(variance)
    low, high = max(ends[0], middle - reach), min(ends[1], middle + reach)
    return Month(year, month, middle, low, high, len(measured), count)
