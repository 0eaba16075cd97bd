"""Times as transcripts write them: clocks, plain seconds and dates."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime

from holdfast.session import Seconds

CLOCK = r"(?:\d{1,3}:)?\d{1,3}:0?\d{1,2}(?:[.,]\d{1,9})?"
"""A regular expression for ``0:12``, ``00:01:02`` and ``00:01:02.500`` (or ``,500``)."""

_CLOCK = re.compile(rf"\s*{CLOCK}\s*", re.ASCII)
_NUMBER = re.compile(
    r"\s*[+-]?(?:\d{1,18}(?:[.,]\d{0,18})?|[.,]\d{1,18})(?:e[+-]?\d{1,3})?\s*", re.I
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}\S{0,30}", re.ASCII)


def parse_clock(text: str) -> Seconds | None:
    """Return the seconds of a clock time, or ``None`` where it is none.

    Minutes and seconds beyond 59 are no clock, except in the leading place (``75:10``).

    Examples
    --------
    >>> parse_clock("00:01:02,500")
    62.5
    >>> parse_clock("75:10")
    4510.0
    >>> parse_clock("00:xx") is None
    True
    """
    if not _CLOCK.fullmatch(text):
        return None
    parts = [float(part) for part in text.strip().replace(",", ".").split(":")]
    if any(part >= 60 for part in parts[1:]):
        return None
    seconds = 0.0
    for part in parts:
        seconds = seconds * 60 + part
    return round(seconds, 9)


def parse_time(text: str) -> Seconds | None:
    """Return the seconds of a clock time, a number of seconds or a date with its time.

    A date gives seconds since 1970; :func:`holdfast.formats.mending.mend` later counts a
    session's dates from its first utterance.

    Examples
    --------
    >>> parse_time("12.5"), parse_time("0:12")
    (12.5, 12.0)
    >>> parse_time("2024-03-01 10:00:05") - parse_time("2024-03-01T10:00:00")
    5.0
    >>> parse_time("soon") is None
    True
    """
    clock = parse_clock(text)
    if clock is not None:
        return clock
    if _NUMBER.fullmatch(text):
        return float(text.strip().replace(",", "."))
    return _date(text.strip())


def _date(text: str) -> Seconds | None:
    if not _DATE.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def spell_clock(seconds: Seconds, *, mark: str = ".") -> str:
    """Return seconds as ``HH:MM:SS.mmm``, the way WebVTT writes them (SRT has ``mark=","``).

    Examples
    --------
    >>> spell_clock(62.5)
    '00:01:02.500'
    """
    if not math.isfinite(seconds) or seconds < 0:
        raise ValueError("a clock shows a finite time from 0 on")
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{rest // 1000:02d}{mark}{rest % 1000:03d}"
