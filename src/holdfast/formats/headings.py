"""Lines that open an utterance in plain text: a name, a time, or both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from holdfast.formats.clock import CLOCK, parse_clock
from holdfast.formats.names import LONGEST_NAME, before_colon, kind, speakers_among
from holdfast.session import Seconds

_RANGE = rf"({CLOCK})(?:[ \t]*(?:[-–—]{{1,2}}>?|to)[ \t]*({CLOCK}))?"
_STAMP = re.compile(rf"\[{_RANGE}\]|\({_RANGE}\)|(?<![\w:.,]){_RANGE}(?!\w|:\S)", re.ASCII)
_BROKEN = re.compile(r"[\[(]\d{1,3}:[^\])\s]{0,12}[\])]", re.ASCII)
_AROUND = " \t|-–—,•"
_OPENING = LONGEST_NAME + 40


@dataclass(frozen=True, slots=True)
class Heading:
    """What opens a line: who, when, and the words that follow.

    ``bracketed`` tells a stamp that cannot be talk; ``broken`` one whose time cannot be read.
    """

    speaker: str | None
    text: str
    start: Seconds | None = None
    end: Seconds | None = None
    timed: bool = False
    bracketed: bool = False
    broken: bool = False


def heading(line: str) -> Heading | None:
    """Return what opens a line, or ``None`` for talk.

    Examples
    --------
    >>> heading("[00:01:02] Dana: How was it?").start
    62.0
    >>> heading("Lee  0:12")
    Heading(speaker='Lee', text='', start=12.0, end=None, timed=True, bracketed=False, broken=False)
    >>> heading("I slept until ten") is None
    True
    """
    opening = line[:_OPENING]
    stamp = _STAMP.search(opening)
    broken = _BROKEN.search(opening)
    if stamp is not None:
        times = [parse_clock(part) for part in stamp.groups() if part is not None]
        found = _around(line, stamp.start(), stamp.end(), bracketed=stamp[0][0] in "[(")
        if found is not None:
            start, end = times[0], times[1] if len(times) > 1 else None
            return replace(found, start=start, end=end, broken=None in times)
    elif broken is not None:
        found = _around(line, broken.start(), broken.end(), bracketed=True)
        if found is not None and found.speaker is not None:
            return replace(found, broken=True)
    named = before_colon(line)
    return None if named is None else Heading(*named)


def _around(line: str, start: int, end: int, *, bracketed: bool) -> Heading | None:
    """Look for a name before a time, or after one that opens the line."""
    before, after = line[:start].strip(_AROUND), line[end:].lstrip(_AROUND)
    if before:
        spoken = after.startswith(":") or not after or line[start] == "["
        if not spoken or kind(before) is None:
            return None
        return Heading(before, after.removeprefix(":").strip(), timed=True, bracketed=bracketed)
    named = before_colon(after.removeprefix(":"))
    if named is not None:
        return Heading(*named, timed=True, bracketed=bracketed)
    if kind(after) in {"name", "role"}:
        return Heading(after.strip(), "", timed=True, bracketed=bracketed)
    if not after or bracketed:
        return Heading(None, after.removeprefix(":").strip(), timed=True, bracketed=bracketed)
    return None


def spoken_names(headings: Sequence[Heading | None], lines: int) -> frozenset[str]:
    """Return which names are speakers, given how many lines have words.

    A time beside a name is a strong sign, so headings with times are judged among themselves
    where there are at least two, and one in forty lines.

    Examples
    --------
    >>> sorted(spoken_names([heading("Lee  0:12"), None, heading("Dana  0:20"), None], lines=4))
    ['Dana', 'Lee']
    """
    untimed = [one.speaker for one in headings if one and one.speaker and not one.timed]
    timed = [one.speaker for one in headings if one and one.speaker and one.timed]
    enough = max(len(timed), lines // 20, 3 if lines > 1 else 1)
    return speakers_among(untimed, lines) | speakers_among(timed, enough)
