"""Timed cues, as WebVTT and SRT share them: where each begins, and what stands in it.

Everything between two timing lines belongs to the cue of the first, blank lines included, so
that no words are lost where an export is sloppy. The line above a timing line is the cue's number
if a blank line stands before it, or if it counts on from the number before. WebVTT also has
identifiers in words, which need the blank line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from holdfast.formats.clock import CLOCK, parse_clock
from holdfast.formats.document import Document
from holdfast.session import Seconds

_ARROW = r"[ \t]*[-–—]{1,2}>[ \t]*"
_TIMING = re.compile(rf"[ \t]*({CLOCK}){_ARROW}({CLOCK})(?:[ \t].*)?", re.ASCII)
_ATTEMPT = re.compile(r"[ \t]*([^ \t]+)[ \t]*[-–—]{1,2}>[ \t]*([^ \t]+)")
_HEADING = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t].*)?")


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue: its times, and its lines with the number of the first one.

    ``line`` is where the cue's timing stands; ``first`` is where its text begins.
    ``identifier`` is the line above the timing, where it is the cue's number or identifier.
    """

    line: int
    start: Seconds | None
    end: Seconds | None
    first: int
    payload: tuple[str, ...]
    identifier: str = ""


def has_timing(text: str) -> bool:
    r"""Whether a line of the text is a cue's timing.

    Examples
    --------
    >>> has_timing("1\n00:00:01,000 --> 00:00:02,500\nHello.")
    True
    """
    return any(">" in line and _TIMING.fullmatch(line) for line in text.split("\n"))


def read_cues(document: Document, lines: Sequence[str], *, worded: bool) -> list[Cue]:
    """Return the cues of a document's lines; text above the first timing has no times.

    Parameters
    ----------
    document
        The document, for its name in errors.
    lines
        Its lines, with what is no cue blanked out.
    worded
        Whether identifiers may be words (WebVTT) or are numbers (SRT).

    Raises
    ------
    TranscriptError
        If a timing line cannot be read.
    """
    timings = [place for place, line in enumerate(lines) if _is_timing(document, line, place)]
    tops = _tops(lines, timings, worded=worded)
    ends = [*tops, len(lines)][1:]
    payload, first = _trimmed(lines, 0, tops[0] if tops else len(lines))
    cues = [Cue(first + 1, None, None, first + 1, payload)] if payload else []
    for place, top, end in zip(timings, tops, ends, strict=True):
        start, stop = _times(lines[place])
        payload, first = _trimmed(lines, place + 1, end)
        identifier = lines[top].strip() if top < place else ""
        cues.append(Cue(place + 1, start, stop, first + 1, payload, identifier))
    return cues


def without_blocks(lines: Sequence[str]) -> tuple[list[str], int]:
    """Blank out WebVTT's NOTE, STYLE and REGION blocks, and say how many there were.

    Examples
    --------
    >>> without_blocks(["NOTE made by hand", "", "STYLE", "::cue {}", "", "00:00"])
    (['', '', '', '', '', '00:00'], 2)
    """
    kept: list[str] = []
    blocks, inside, before = 0, False, ""
    for line in lines:
        if not inside and not before.strip() and _HEADING.fullmatch(line):
            inside, blocks = True, blocks + 1
        elif inside and not line.strip():
            inside = False
        kept.append("" if inside else line)
        before = line
    return kept, blocks


def _is_timing(document: Document, line: str, place: int) -> bool:
    if ">" not in line:
        return False
    if (whole := _TIMING.fullmatch(line)) is not None:
        if None not in (parse_clock(whole[1]), parse_clock(whole[2])):
            return True
    elif not (attempt := _ATTEMPT.match(line)) or not any(map(_like_a_time, attempt.groups())):
        return False
    raise document.refuse(
        "the times of a cue cannot be read; expected two like 00:01:02.500 --> 00:01:04.000",
        "Correct that line, or export the transcript again",
        line=place + 1,
    )


def _like_a_time(word: str) -> bool:
    return ":" in word and any(character.isdigit() for character in word[:20])


def _times(line: str) -> tuple[Seconds | None, Seconds | None]:
    whole = _TIMING.fullmatch(line)
    return (parse_clock(whole[1]), parse_clock(whole[2])) if whole else (None, None)


def _tops(lines: Sequence[str], timings: Sequence[int], *, worded: bool) -> list[int]:
    """Return where each cue begins: at its identifier, or else at its timing line."""
    tops, number, floor = [], 0, 0
    for place in timings:
        above = lines[place - 1].strip() if place > floor else ""
        alone = place - 1 == floor == 0 or (place - 2 >= floor and not lines[place - 2].strip())
        counted = int(above) if above.isdecimal() and len(above) < 9 else None
        follows = counted is not None and counted == number + 1
        named = bool(above) and alone and (worded or counted is not None)
        tops.append(place - 1 if named or follows else place)
        number = counted if counted is not None and (named or follows) else number + 1
        floor = place + 1
    return tops


def _trimmed(lines: Sequence[str], first: int, end: int) -> tuple[tuple[str, ...], int]:
    """Return some lines without the blank ones around them, and where they begin."""
    while first < end and not lines[first].strip():
        first += 1
    while end > first and not lines[end - 1].strip():
        end -= 1
    return tuple(lines[first:end]), first
