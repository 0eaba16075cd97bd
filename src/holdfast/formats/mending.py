"""Impossible times are left out and said so; the words always stay.

What is mended, for every format alike:

- A time that is negative or not a number is left out.
- An end before its start is left out; the start stays.
- Times that are dates (or seconds since 1970) are counted from the earliest one.
- An utterance that starts before the one above it keeps its time and its place.

Each of these leaves a note that names the lines. Overlapping talk is no mistake and gets none.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from holdfast.session import Seconds, Utterance

DAYS_TEN: Seconds = 864_000.0
"""No session lasts ten days: times that all lie beyond are dates."""


def mend(utterances: Sequence[Utterance]) -> tuple[tuple[Utterance, ...], tuple[str, ...]]:
    """Return the utterances with possible times only, and a note for each kind of repair.

    Examples
    --------
    >>> said = Utterance(index=0, speaker="Lee", text="Oh.", line=4, start=9.0, end=2.0)
    >>> mended, notes = mend([said])
    >>> mended[0].start, mended[0].end
    (9.0, None)
    >>> notes
    ('The end lies before the start, so it was left out: line 4.',)
    """
    counted, notes = _from_the_first(utterances)
    impossible, reversed_, backwards = [], [], []
    mended: list[Utterance] = []
    latest = -math.inf
    for utterance in counted:
        start, end = _possible(utterance.start), _possible(utterance.end)
        if (start, end) != (utterance.start, utterance.end):
            impossible.append(utterance.line)
        if start is not None and end is not None and end < start:
            reversed_.append(utterance.line)
            end = None
        if start is not None and start < latest:
            backwards.append(utterance.line)
        latest = latest if start is None else start
        changed = (start, end) != (utterance.start, utterance.end)
        mended.append(replace(utterance, start=start, end=end) if changed else utterance)
    for lines, what in (
        (impossible, "A time is negative or not a number, so it was left out"),
        (reversed_, "The end lies before the start, so it was left out"),
        (backwards, "It starts earlier than the one above it; times and order are kept"),
    ):
        if lines:
            notes.append(f"{what}: {name_lines(lines)}.")
    return tuple(mended), tuple(notes)


def name_lines(lines: Sequence[int]) -> str:
    """Return line numbers as words, the first five of many.

    Examples
    --------
    >>> name_lines([3, 9])
    'lines 3, 9'
    >>> name_lines(range(1, 9))
    'lines 1, 2, 3, 4, 5 and 3 more'
    """
    shown = ", ".join(str(line) for line in lines[:5])
    more = f" and {len(lines) - 5} more" if len(lines) > 5 else ""
    return f"line{'s' if len(lines) > 1 else ''} {shown}{more}"


def count(number: int, one: str, many: str) -> str:
    """Return a number with the word that fits it.

    Examples
    --------
    >>> count(1, "cue has", "cues have"), count(3, "cue has", "cues have")
    ('1 cue has', '3 cues have')
    """
    return f"{number} {one if number == 1 else many}"


def _possible(time: Seconds | None) -> Seconds | None:
    return time if time is not None and math.isfinite(time) and time >= 0 else None


def _from_the_first(utterances: Sequence[Utterance]) -> tuple[Sequence[Utterance], list[str]]:
    """Count dates from the earliest one."""
    times = [
        time
        for utterance in utterances
        for time in (utterance.start, utterance.end)
        if time is not None and _possible(time) is not None
    ]
    if not times or (first := min(times)) < DAYS_TEN:
        return utterances, []
    moved = [
        replace(utterance, start=_since(first, utterance.start), end=_since(first, utterance.end))
        for utterance in utterances
    ]
    return moved, ["The times are dates; they were counted from the earliest one."]


def _since(first: Seconds, time: Seconds | None) -> Seconds | None:
    return None if time is None else round(time - first, 6)
