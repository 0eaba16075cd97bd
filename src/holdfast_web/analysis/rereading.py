"""Lines that may be worth rereading where a rating fell; what caused it, nobody knows from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from holdfast_web.engine.findings import Line, Mark

MOST = 8
CODES = {
    "withdrawal": "Withdrawal markers",
    "confrontation": "Confrontation markers",
    "relationship_talk": "Words about the relationship",
    "empathic_opportunity": "Openings",
    "response": "How openings were answered",
}
FILTER = "show=strain&show=missed"
"""All of it in the transcript, but for words about the relationship, which have no filter."""


@dataclass(frozen=True, slots=True)
class Reread:
    """A line, and what was heard in it."""

    line: Line
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rereading:
    """Lines worth rereading.

    Attributes
    ----------
    lines
        In the order of the session.
    more
        How many there are besides.
    sure
        How often the codes behind them are right: a code's title and a sentence.
    """

    lines: tuple[Reread, ...]
    more: int
    sure: tuple[tuple[str, str], ...]


def worth_rereading(lines: Sequence[Line], accuracy: Mapping[str, str]) -> Rereading:
    """Return lines with markers of strain, words about the relationship, and openings missed.

    Of many, those come first that speak most of the relationship.

    Parameters
    ----------
    accuracy
        A sentence for each code.
    """
    found = [(one, [mark for mark in one.marks if _counts(mark)]) for one in lines]
    found = [(line, marks) for line, marks in found if marks]
    chosen = sorted(found, key=lambda one: min(map(_weight, one[1])))[:MOST]
    codes = {code for _, marks in chosen for mark in marks for code in _stands_on(mark)}
    return Rereading(
        lines=tuple(
            Reread(line, tuple(mark.words for mark in marks))
            for line, marks in sorted(chosen, key=lambda one: one[0].index)
        ),
        more=len(found) - len(chosen),
        sure=tuple(
            (title, accuracy[code])
            for code, title in CODES.items()
            if code in codes and code in accuracy
        ),
    )


def _counts(mark: Mark) -> bool:
    return mark.family in ("strain", "missed") or mark.code == "relationship_talk"


def _stands_on(mark: Mark) -> tuple[str, ...]:
    return (mark.code, "response") if mark.family == "missed" else (mark.code,)


def _weight(mark: Mark) -> int:
    if mark.family == "strain" or mark.value == "negative":
        return 0
    return 1 if mark.code == "relationship_talk" else 2
