"""When a session was held, where its source says so; never guessed from the file's own times.

It is said by a column or key such as ``session_date`` or ``date``, by ConvoKit's ``meta`` of an
utterance or of its conversation, and by CHAT's ``@Date``. Where a session's rows don't agree on one
day, none is taken. Only days that can be read in one way count: 2026-03-04, or CHAT's 04-MAR-2026;
04/03/2026 may be April or March.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import IO, Any

from holdfast.formats.document import Document
from holdfast.formats.table import header

NAMES = ("session_date", "date", "session_day", "held_on", "recorded_on", "date_of_session")
"""Columns and keys that say it, best first."""

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:.*)?")
CHAT = re.compile(r"(\d{1,2})-([A-Z]{3})-(\d{4})")
HEADER = re.compile(r"^@Date:\s*(\S+)\s*$", re.MULTILINE)


def date_of(document: Document, kind: str) -> date | None:
    r"""Return the day that a document says it was held on, ``None`` if it doesn't.

    Parameters
    ----------
    document
        The session's source, or its part of one.
    kind
        The format that it was read as.

    Examples
    --------
    >>> from holdfast.formats import open_document
    >>> rows = b"speaker,text,Session Date\nLee,Hello.,2026-03-04\nDana,Hi.,2026-03-04\n"
    >>> date_of(open_document(rows), "table")
    datetime.date(2026, 3, 4)
    >>> date_of(open_document(rows.replace(b"03-04", b"03-05", 1)), "table") is None
    True
    """
    text = document.text or ""
    if kind == "chat":
        return agreed(HEADER.findall(text))
    if kind == "table":
        return agreed(_cells(document, text))
    return agreed(_entries(text)) if kind in {"jsonl", "convokit"} else None


def dates_of_conversations(file: IO[bytes]) -> dict[str, date]:
    """Return the days in a ConvoKit corpus's ``conversations.json``; none if it can't be read."""
    try:
        conversations = json.load(file)
    except (ValueError, RecursionError):
        return {}
    known = conversations.items() if isinstance(conversations, dict) else ()
    days = {name: agreed([_under(entry)]) for name, entry in known if isinstance(entry, dict)}
    return {name: day for name, day in days.items() if day is not None}


def agreed(said: Iterable[object]) -> date | None:
    """Return the one day that all agree on; what says nothing doesn't count.

    Examples
    --------
    >>> agreed(["2026-03-04T10:00:00", None, "04-MAR-2026"])
    datetime.date(2026, 3, 4)
    >>> agreed(["2026-03-04", "04/03/2026"]), agreed(["2026-02-30"])
    (datetime.date(2026, 3, 4), None)
    """
    days = {day for one in said if isinstance(one, str) and (day := _day(one)) is not None}
    return days.pop() if len(days) == 1 else None


def _day(said: str) -> date | None:
    said = said.strip()
    try:
        if (iso := ISO.fullmatch(said)) is not None:
            return date.fromisoformat(iso[1])
        if (chat := CHAT.fullmatch(said)) is not None:
            return date(int(chat[3]), MONTHS.index(chat[2]) + 1, int(chat[1]))
    except ValueError:
        pass  # such as the thirtieth of February
    return None


def _entries(text: str) -> Iterator[object]:
    for place, line in enumerate(filter(str.strip, text.split("\n"))):
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            return
        said = _under(entry) if isinstance(entry, dict) else None
        if said is None and not place:
            return  # the first row knows no date, so there is no such key
        yield said


def _under(entry: Mapping[str, Any]) -> object:
    """Return what stands under a name for a date, in an entry or its ``meta``."""
    meta = entry.get("meta")
    for inside in (entry, meta if isinstance(meta, dict) else {}):
        if (name := _named(inside)) is not None:
            return inside[name]
    return None


def _cells(document: Document, text: str) -> Iterator[str]:
    _, delimiter = header(document)
    rows = csv.reader(text.lstrip("\ufeff\n").split("\n"), delimiter=delimiter)
    try:
        names = next(rows, [])
        name = _named(names)
        if name is not None:
            place = names.index(name)
            yield from (row[place] for row in rows if len(row) > place)
    except csv.Error:
        return


def _named(names: Iterable[str]) -> str | None:
    plain = {re.sub(r"[\s_-]+", "_", name.strip().lower()): name for name in names}
    return next((plain[one] for one in NAMES if one in plain), None)
