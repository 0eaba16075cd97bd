"""JSON read with care: every failure is one error, with its line and without the words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from holdfast.errors import TranscriptError
from holdfast.formats.document import Document

Entry = Mapping[str, object]
"""One JSON object."""


def first_entry(document: Document) -> Entry | None:
    """Return the object on the first line with words, or ``None``; never raises."""
    text = document.text or ""
    start = len(text) - len(text.lstrip("\ufeff \t\n"))
    if text[start : start + 1] != "{":
        return None
    end = text.find("\n", start)
    try:
        found = _load(text[start : end if end >= 0 else None])
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def read_entries(document: Document) -> Iterator[tuple[int, Entry]]:
    """Yield the object on each line that is not blank, with the line's number.

    Raises
    ------
    TranscriptError
        If a line is no JSON object.
    """
    for line, text in enumerate(document.lines, start=1):
        if not text.strip("\ufeff \t"):
            continue
        try:
            found = _load(text.lstrip("\ufeff"))
        except ValueError:
            raise _no_object(document, line) from None
        if not isinstance(found, dict):
            raise _no_object(document, line)
        yield line, found


def _load(text: str) -> object:
    """Parse JSON; a :class:`ValueError` is all that can go wrong."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("nested too deep") from None


def _no_object(document: Document, line: int) -> TranscriptError:
    return document.refuse(
        "this line is not a JSON object; expected one object for each utterance, on a line of"
        " its own",
        "Write the file again, or give --format if it is another kind of transcript",
        line=line,
    )


def words_of(document: Document, entry: Entry, key: str | None, line: int) -> str:
    """Return the text under ``key``; missing and ``null`` are empty, a number is written out.

    Raises
    ------
    TranscriptError
        If something else than text stands there.
    """
    value = entry.get(key) if key is not None else None
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value}"
    raise document.refuse(f"under {key!r} stands something else than text", "Correct it", line=line)
