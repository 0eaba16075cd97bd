"""Names of columns and keys that readers understand, for tables and JSON lines alike."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from holdfast.formats.clock import parse_time
from holdfast.session import Seconds

SPEAKER = (
    "speaker",
    "speaker_name",
    "speaker_label",
    "interlocutor",
    "name",
    "participant",
    "who",
    "person",
    "author",
    "user",
    "display_name",
    "role",
    "speaker_id",
)
TEXT = (
    "text",
    "utterance",
    "utterance_text",
    "transcript",
    "transcription",
    "content",
    "message",
    "sentence",
    "words",
    "said",
    "body",
)
START = (
    "start",
    "start_time",
    "starttime",
    "start_s",
    "start_seconds",
    "start_ms",
    "begin",
    "begin_time",
    "onset",
    "from",
    "timestamp",
    "time",
    "time_start",
)
END = (
    "end",
    "end_time",
    "endtime",
    "end_s",
    "end_seconds",
    "end_ms",
    "stop",
    "stop_time",
    "finish",
    "offset",
    "to",
    "time_end",
)
SESSION = ("transcript_id", "session_id", "session", "conversation_id", "dialogue_id", "dialog_id")
INDEX = ("utterance_id", "utt_id")
"""Understood names, best first, in lower case with underscores."""

LONGEST = 40
NO_TIME = frozenset({"", "-", "na", "n/a", "nan", "none", "null"})

_UNIT = re.compile(r"\((?:s|sec|seconds)\)$")
_MILLI = re.compile(r"\((?:ms|milliseconds)\)$")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what: names as the source has them, ``None`` where there is none."""

    speaker: str | None
    text: str | None
    start: str | None
    end: str | None
    session: str | None
    index: str | None

    @property
    def used(self) -> frozenset[str]:
        """The columns that are read."""
        found = (self.speaker, self.text, self.start, self.end, self.session, self.index)
        return frozenset(name for name in found if name is not None)


def find_columns(names: Iterable[str]) -> Columns:
    """Return which of a source's names are understood as what.

    Examples
    --------
    >>> find_columns(["Start Time", "Interlocutor", "utterance_text"]).speaker
    'Interlocutor'
    """
    known = {_plain(name): name for name in reversed(list(names))}

    def first(understood: tuple[str, ...]) -> str | None:
        return next((known[name] for name in understood if name in known), None)

    return Columns(
        speaker=first(SPEAKER),
        text=first(TEXT),
        start=first(START),
        end=first(END),
        session=first(SESSION),
        index=first(INDEX),
    )


def read_cell(value: object, name: str) -> Seconds | None:
    """Return a time from a cell of the column ``name``.

    Raises
    ------
    ValueError
        If it is neither empty nor a time.

    Examples
    --------
    >>> read_cell("00:01:02", "start"), read_cell("1500", "start_ms"), read_cell("", "end")
    (62.0, 1.5, None)
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError("not a time")
    if isinstance(value, str):
        if value.strip().lower() in NO_TIME:
            return None
        seconds = parse_time(value)
        if seconds is None:
            raise ValueError("not a time")
        if ":" in value:
            return seconds
        value = seconds
    return float(value) / 1000 if _in_milliseconds(name) else float(value)


def _plain(name: str) -> str:
    if len(name) > LONGEST:
        return name
    lower = _UNIT.sub("", _MILLI.sub("_ms", name.strip().lower().lstrip("\ufeff")))
    return "_".join(re.split(r"[\s_-]+", lower.strip("_ ")))


def _in_milliseconds(name: str) -> bool:
    return _plain(name).endswith("_ms")


def understood() -> str:
    """Return the names that are understood, as a sentence for errors."""
    return (
        f"The speaker may stand under {', '.join(SPEAKER[:6])} or role; the words under"
        f" {', '.join(TEXT[:6])}; times, which may be missing, under start, timestamp, time and end"
    )
