"""What a plan does to groups of people: who waits, who finds a place, how well it fits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, median

from holdfast_web.fit.matching.assignment import Plan, Waiting
from holdfast_web.fit.matching.people import Offer

FEWEST = 5
"""Smaller groups are not shown: a number about four people is a number about somebody."""


@dataclass(frozen=True, slots=True)
class Group:
    """One group of the people who wait.

    Attributes
    ----------
    name
        Its key.
    people
        How many.
    weeks
        What they have waited, the median.
    placed
        How many would begin now; ``None`` where fewer than five would, or wouldn't.
    nobody
        How many could be seen by nobody; ``None`` below five.
    fit
        The mean fit of those who would begin, 0 to 1; ``None`` below five.
    """

    name: str
    people: int
    weeks: float
    placed: int | None
    nobody: int | None
    fit: float | None


def by_group(
    waiting: Sequence[Waiting],
    offers: Sequence[Offer],
    plan: Plan,
    groups_of: Callable[[Waiting], Iterable[str]],
) -> tuple[Group, ...]:
    """Return what a plan does to groups, the largest first; small groups are left out.

    Parameters
    ----------
    groups_of
        To which groups somebody belongs; to several, or to none.

    Examples
    --------
    >>> from holdfast_web.fit.matching import Seeker, assign
    >>> people = [Waiting(Seeker(str(n)), days=7 * n) for n in range(6)]
    >>> by_group(people, [], assign(people, []), lambda one: ("all",))[0].weeks
    2.5
    """
    members: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(waiting):
        for name in groups_of(one):
            members[name].append(at)
    columns = {one.key: at for at, one in enumerate(offers)}
    made = (
        _group(name, rows, waiting, plan, columns)
        for name, rows in members.items()
        if len(rows) >= FEWEST
    )
    return tuple(sorted(made, key=lambda one: (-one.people, one.name)))


def _group(
    name: str,
    rows: Sequence[int],
    waiting: Sequence[Waiting],
    plan: Plan,
    columns: Mapping[str, int],
) -> Group:
    keys = {row: waiting[row].seeker.key for row in rows}
    fits = [
        float(plan.fits.whole[row, columns[plan.pairs[key]]])
        for row, key in keys.items()
        if key in plan.pairs
    ]
    return Group(
        name=name,
        people=len(rows),
        weeks=median(waiting[row].days for row in rows) / 7,
        placed=_shown(len(fits), len(rows)),
        nobody=_shown(sum(key in plan.nobody for key in keys.values()), len(rows)),
        fit=mean(fits) if len(fits) >= FEWEST else None,
    )


def _shown(count: int, of: int) -> int | None:
    """Return a count if neither it nor the rest is about one to four people."""
    rest = of - count
    return count if all(one == 0 or one >= FEWEST for one in (count, rest)) else None
