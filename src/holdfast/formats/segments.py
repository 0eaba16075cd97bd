"""What the JSON of Whisper and of WhisperX have in common: a list of timed segments."""

from __future__ import annotations

import json
from collections.abc import Mapping

from holdfast.errors import TranscriptError
from holdfast.formats.clock import parse_time
from holdfast.formats.document import Document
from holdfast.session import Seconds

AGAIN = "Transcribe the recording again, or correct that segment"


def looks_like_segments(document: Document) -> bool:
    """Whether the text is one JSON object that holds segments, as Whisper or whisper.cpp has it."""
    text = document.text or ""
    return document.head.lstrip().startswith("{") and (
        '"segments"' in text or ('"transcription"' in text and '"offsets"' in text)
    )


def segments_of(document: Document) -> list[Mapping[str, object]]:
    """Return the segments of a Whisper-like JSON document.

    Raises
    ------
    TranscriptError
        If the text is no JSON, or holds no list of segments.
    """
    whole = load_json(document)
    found = whole.get("segments", _from_whisper_cpp(whole)) if isinstance(whole, dict) else None
    if not isinstance(found, list):
        raise document.refuse(
            'expected a JSON object with a list called "segments", and there is none',
            "Export it as Whisper's own JSON (--output_format json)",
        )
    for number, entry in enumerate(found, start=1):
        if not isinstance(entry, dict):
            raise broken(document, number, "is not a JSON object")
    return found


def _from_whisper_cpp(whole: Mapping[str, object]) -> object:
    """Return the entries of whisper.cpp as segments of Whisper's form."""
    entries = whole.get("transcription")
    return [_in_seconds(entry) for entry in entries] if isinstance(entries, list) else None


def _in_seconds(entry: object) -> object:
    """Return an entry with ``start`` and ``end`` in seconds for its offsets in milliseconds."""
    offsets = entry.get("offsets") if isinstance(entry, dict) else None
    if not isinstance(entry, dict) or not isinstance(offsets, dict):
        return entry
    times = {"start": offsets.get("from"), "end": offsets.get("to")}
    return entry | {key: _thousandth(value) for key, value in times.items()}


def _thousandth(value: object) -> object:
    try:
        return value / 1000 if isinstance(value, float) or type(value) is int else value
    except OverflowError:
        return float("inf")


def load_json(document: Document) -> object:
    """Parse a document's JSON; whatever is wrong with it becomes a :class:`TranscriptError`."""
    try:
        return json.loads(document.text or "")
    except json.JSONDecodeError as error:
        problem, line = f"it is no valid JSON ({error.msg}, column {error.colno})", error.lineno
    except RecursionError:
        problem, line = "its JSON is nested too deeply to be a transcript", None
    except ValueError:
        problem, line = "its JSON holds a number too long to be read", None
    raise document.refuse(
        problem, "Export it again; the file may have been cut short or edited by hand", line=line
    )


def broken(document: Document, number: int, problem: str) -> TranscriptError:
    """Return the error for a segment, counted from 1, that cannot be read."""
    return document.refuse(f"segment {number} {problem}", AGAIN)


def seconds_of(
    entry: Mapping[str, object], key: str, *, number: int, document: Document
) -> Seconds | None:
    """Return a time of a segment or of one of its words, ``None`` where it has none.

    Examples
    --------
    >>> seconds_of({"start": 4}, "start", number=1, document=Document(b"", ""))
    4.0
    >>> seconds_of({"start": "soon"}, "start", number=7, document=Document(b"", "", "lee.json"))
    Traceback (most recent call last):
    ...
    holdfast.errors.TranscriptError: lee.json: segment 7 has a "start" that is no number of \
seconds. Transcribe the recording again, or correct that segment
    """
    value = entry.get(key)
    if value is None:
        return None
    seconds = _seconds(value)
    if seconds is None:
        raise broken(document, number, f'has a "{key}" that is no number of seconds')
    return seconds


def _seconds(value: object) -> Seconds | None:
    if isinstance(value, str):
        return parse_time(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value)
    except OverflowError:
        return float("inf")


def text_of(entry: Mapping[str, object], key: str, *, number: int, document: Document) -> str:
    """Return a text of a segment or of a word, ``""`` where it has none."""
    value = entry.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise broken(document, number, f'has a "{key}" that is no text')
    return value


def speaker_of(entry: Mapping[str, object], *, number: int, document: Document) -> str | None:
    """Return who speaks in a segment or says a word, ``None`` where it does not say."""
    value = entry.get("speaker")
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:d}"
    return " ".join(text_of(entry, "speaker", number=number, document=document).split()) or None
