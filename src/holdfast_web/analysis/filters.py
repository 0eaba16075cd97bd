"""What of a transcript somebody wants to see: lines with marks of some kinds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from holdfast_web.engine.findings import Filter, Line
from holdfast_web.engine.findings_lines import filters_of

SHOW = "show"


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind of marks that can be chosen.

    Attributes
    ----------
    filter
        Which.
    on
        Whether it is chosen.
    address
        Where it is chosen as well, or not any more.
    """

    filter: Filter
    on: bool
    address: str


@dataclass(frozen=True, slots=True)
class Filtered:
    """Choices, and what they leave.

    Attributes
    ----------
    choices
        All of them.
    hidden
        Places of the lines that are not wanted now.
    shown
        How many lines are left.
    """

    choices: tuple[Choice, ...]
    hidden: frozenset[int]
    shown: int

    @property
    def on(self) -> bool:
        """Whether anything is chosen."""
        return any(one.on for one in self.choices)


def filtered(lines: Sequence[Line], asked: Iterable[str]) -> Filtered:
    """Return what can be chosen in lines, and which lines what was asked for leaves.

    Parameters
    ----------
    asked
        Keys of filters; what is no key counts for nothing.
    """
    known = {_key(one): one for one in filters_of(tuple(lines))}
    chosen = [key for key in known if key in set(asked)]
    wanted = {family for key in chosen for family in known[key].families.split()}
    hidden = frozenset(
        one.index for one in lines if wanted and wanted.isdisjoint(one.families.split())
    )
    return Filtered(
        choices=tuple(
            Choice(one, key in chosen, _address(chosen, key)) for key, one in known.items()
        ),
        hidden=hidden,
        shown=len(lines) - len(hidden),
    )


def _key(one: Filter) -> str:
    """Return a filter's name in an address: ``opening-missed``.

    Examples
    --------
    >>> _key(Filter("opening missed", "Openings", 3))
    'opening-missed'
    """
    return one.families.replace(" ", "-")


def _address(chosen: list[str], key: str) -> str:
    now = [one for one in chosen if one != key] + ([] if key in chosen else [key])
    return f"?{urlencode([(SHOW, one) for one in now])}" if now else "?"
