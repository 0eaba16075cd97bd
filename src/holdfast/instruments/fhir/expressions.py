"""Totals as FHIRPath: writes our sums and means, and reads sums that it knows for certain."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

_LINK = r"'(?:[^'\\]|\\.)*'"
_WHERE = rf"(?:linkId={_LINK}(?:orlinkId={_LINK})*|linkIdin\({_LINK}(?:\|{_LINK})*\))"
_ITEMS = r"(?:\.item|\.descendants\(\)|\.repeat\(item\))"
_VALUE = r"\.answer\.value(?:\.ofType\(Coding\))?\.(?:ordinal|weight)\(\)"
_ANSWERS = rf"%resource{_ITEMS}\.where\({_WHERE}\){_VALUE}"
_SUM = rf"\(?{_ANSWERS}\)?\.sum\(\)"
_NUMBER = r"\d+(?:\.\d+)?"
_FACTOR = rf"(?:\*{_NUMBER})?(?:/{_NUMBER})?"
_GUARDED = re.compile(rf"iif\((?:{_ANSWERS})\.count\(\)=\d+,({_SUM}{_FACTOR}),\{{\}}\)")
_PLAIN = re.compile(rf"{_SUM}{_FACTOR}")
_ADDED = re.compile(rf"{_ANSWERS}(?:\+{_ANSWERS})*")
_TOKEN = re.compile(rf"({_LINK})|\s+")


@dataclass(frozen=True, slots=True)
class Total:
    """What a calculatedExpression adds up.

    Attributes
    ----------
    links
        linkIds of the items.
    times, divided
        What the sum is multiplied and divided by.
    """

    links: tuple[str, ...]
    times: float = 1
    divided: float = 1


def write_total(total: Total) -> str:
    """Return FHIRPath for a total; it has no value while an answer is missing.

    Examples
    --------
    >>> print(write_total(Total(("a", "b"), times=4)))
    iif(%resource.item.where(linkId in ('a' | 'b')).answer.value.ordinal().count() = 2, \
%resource.item.where(linkId in ('a' | 'b')).answer.value.ordinal().sum() * 4, {})
    """
    links = " | ".join(_quote(one) for one in total.links)
    answers = f"%resource.item.where(linkId in ({links})).answer.value.ordinal()"
    times = f" * {total.times:g}" if total.times != 1 else ""
    divided = f" / {total.divided:g}" if total.divided != 1 else ""
    return f"iif({answers}.count() = {len(total.links)}, {answers}.sum(){times}{divided}, {{}})"


def read_total(expression: str, links: Collection[str]) -> Total | None:
    """Return what a FHIRPath expression adds up, ``None`` where we can't be certain.

    Parameters
    ----------
    expression
        A sum of ordinals, guarded by a count or not, times or divided by a number; or such
        ordinals joined by plus signs.
    links
        The linkIds that the questionnaire's questions have.

    Examples
    --------
    >>> read_total(write_total(Total(("a", "b"), times=4)), {"a", "b"}).times
    4.0
    >>> read_total("%score + 1", {"a"})
    """
    plain = _TOKEN.sub(lambda found: found[1] or "", expression)
    guarded = _GUARDED.fullmatch(plain)
    plain = guarded[1] if guarded else plain
    if not (_PLAIN.fullmatch(plain) or _ADDED.fullmatch(plain)):
        return None
    named = tuple(_unquote(one) for one in re.findall(_LINK, plain))
    if len(set(named)) < len(named) or not set(named) <= set(links):
        return None
    times = re.search(rf"\*({_NUMBER})", plain.rpartition(")")[2])
    divided = re.search(rf"/({_NUMBER})", plain.rpartition(")")[2])
    return Total(named, float(times[1]) if times else 1, float(divided[1]) if divided else 1)


def _quote(link: str) -> str:
    escaped = link.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _unquote(quoted: str) -> str:
    return re.sub(r"\\(.)", r"\1", quoted[1:-1])
