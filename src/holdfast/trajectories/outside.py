"""Which numbers of a therapist's sessions lie furthest outside the middle of the demonstrations.

Something that one might look at: no score, no order of worth, nothing to reach. The demonstrations
are of another way of working, so that a number may lie outside them for good reasons.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from holdfast.indicators.indicator import Spread

FEWEST_SESSIONS = 3
MOST = 3


@dataclass(frozen=True, slots=True)
class Value:
    """One session's number, with its 95 % interval where there is one."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Outside:
    """A number that lies outside.

    Attributes
    ----------
    name
        Of the indicator.
    side
        ``"below"`` or ``"above"`` the middle half of the demonstrations.
    middle
        The median of the sessions.
    sessions, outside
        How many sessions have the number, and in how many of them its whole interval lies outside.
    away
        How far the median lies from the middle half, in widths of it.
    """

    name: str
    side: str
    middle: float
    sessions: int
    outside: int
    away: float


def furthest_outside(
    numbers: Iterable[tuple[str, Sequence[Value], Spread]], *, most: int = MOST
) -> tuple[Outside, ...]:
    """Return the numbers that lie outside in more than half of the sessions, the furthest first.

    Parameters
    ----------
    numbers
        The indicator's name, its values, and the spread of the demonstrations.
    most
        How many at most.

    Examples
    --------
    >>> good = Spread(0.2, 0.4, 0.5, 0.6, 0.8, sessions=90)
    >>> low = [Value(0.1, 0.0, 0.2)] * 3
    >>> [(one.name, one.side) for one in furthest_outside([("open", low, good)])]
    [('open', 'below')]
    >>> furthest_outside([("open", [Value(0.3, 0.1, 0.5)] * 3, good)])  # it may as well lie inside
    ()
    """
    found = [one for one in (_placed(*each) for each in numbers) if one is not None]
    return tuple(sorted(found, key=lambda one: -one.away)[:most])


def _placed(name: str, values: Sequence[Value], spread: Spread) -> Outside | None:
    width = spread.p75 - spread.p25
    if len(values) < FEWEST_SESSIONS or width <= 0:
        return None
    middle = median(one.value for one in values)
    below = middle < spread.p25
    if not below and middle <= spread.p75:
        return None
    outside = sum(_is_outside(one, spread, below=below) for one in values)
    if 2 * outside <= len(values):
        return None
    away = (spread.p25 - middle if below else middle - spread.p75) / width
    return Outside(name, "below" if below else "above", middle, len(values), outside, away)


def _is_outside(one: Value, spread: Spread, *, below: bool) -> bool:
    if below:
        return (one.value if one.high is None else one.high) < spread.p25
    return (one.value if one.low is None else one.low) > spread.p75
