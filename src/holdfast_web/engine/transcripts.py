"""Transcripts in: an upload as lines that can be kept, and kept lines as the engine's session."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from holdfast.errors import TranscriptError
from holdfast.formats import FORMATS, read_bytes
from holdfast.session import Role, Session, Utterance

LARGEST_UPLOAD = 5 * 1024 * 1024
"""Bytes; an hour of talk has about a tenth of a million, a Word file of it a little more."""
MOST_LINES = 50_000
MOST_UTTERANCES = 10_000
MOST_SPEAKERS = 24
BY_HAND = (
    "Export it in another format, or write it as plain text, a line each time somebody speaks: "
    "their name, a colon, and the words"
)
LONGEST_NAME = 200

Lines = Iterable[Mapping[str, Any]]


class TranscriptUnreadable(Exception):  # noqa: N818 - a sentence, not a fault
    """A file that is no transcript we can keep; the sentence holds neither its words nor name."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file holds, ready to be kept.

    Attributes
    ----------
    format
        Name of its format.
    lines
        A dictionary for each utterance, as the row of a transcript has them.
    stated
        The roles that the file itself states, by speaker.
    notes
        What the reader noticed and a person should know.
    seconds
        How long it is, where it has times.
    """

    format: str
    lines: tuple[dict[str, Any], ...]
    stated: dict[str, str]
    notes: tuple[str, ...]
    seconds: float | None


def read_upload(data: bytes, name: str = "") -> Brought:
    r"""Read an upload; of its name only the suffix counts, and only where the content is unclear.

    Raises
    ------
    TranscriptUnreadable
        If it is too large, or no transcript.

    Examples
    --------
    >>> [line["speaker"] for line in read_upload(b"Dana: How was it?\nLee: Hard.\n").lines]
    ['Dana', 'Lee']
    """
    _refuse_size(data)
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    try:
        session = read_bytes(data, name=f"file.{suffix[:8]}")
    except TranscriptError as error:
        raise TranscriptUnreadable(_sentence(error)) from None
    _refuse_shape(session)
    speakers = _labels(session)
    times = [one.end if one.end is not None else one.start for one in session.utterances]
    known = [time for time in times if time is not None]
    return Brought(
        format=session.format,
        lines=tuple(
            {
                "speaker": speaker,
                "text": one.text,
                "line": one.line,
                "start": one.start,
                "end": one.end,
            }
            for one, speaker in zip(session.utterances, speakers, strict=True)
        ),
        stated={
            speaker: str(one.role)
            for one, speaker in zip(session.utterances, speakers, strict=True)
            if one.role is not None
        },
        notes=session.notes,
        seconds=max(known) if known else None,
    )


def session_of(lines: Lines, roles: Mapping[str, str]) -> Session:
    """Return kept lines as a session; a line's own role goes before its speaker's.

    Parameters
    ----------
    lines, roles
        As the row of a transcript has them.

    Examples
    --------
    >>> lines = [{"speaker": "Lee", "text": "Hard.", "line": 1, "start": None, "end": None}]
    >>> session_of(lines, {"Lee": "client"}).utterances[0].role
    <Role.CLIENT: 'client'>
    """
    return Session(
        tuple(
            Utterance(
                index=index,
                speaker=line["speaker"] or None,
                text=line["text"],
                line=line["line"],
                start=line["start"],
                end=line["end"],
                role=Role(role_of(line, roles)),
            )
            for index, line in enumerate(lines)
        )
    )


def role_of(line: Mapping[str, Any], roles: Mapping[str, str], unknown: str = "other") -> str:
    """Return whose a kept line is: its own role, where it has one, or else its speaker's.

    Examples
    --------
    >>> role_of({"speaker": "Lee"}, {"Lee": "client"}), role_of({"speaker": "Lee"}, {})
    ('client', 'other')
    """
    return str(line.get("role") or roles.get(line["speaker"], unknown))


def format_titles() -> tuple[str, ...]:
    """Return the formats that can be read, for people."""
    return tuple(one.title for one in FORMATS)


def format_suffixes() -> tuple[str, ...]:
    """Return the usual suffixes of files that can be read."""
    return tuple(dict.fromkeys(suffix for one in FORMATS for suffix in one.suffixes))


def _refuse_size(data: bytes) -> None:
    if len(data) > LARGEST_UPLOAD:
        raise TranscriptUnreadable(
            f"It has {len(data) / 2**20:.1f} MB; at most {LARGEST_UPLOAD // 2**20} are read. "
            "Check that it is the transcript and not the recording."
        )
    lines = max(data.count(b"\n"), data.count(b"\r"))
    if lines > MOST_LINES:
        raise TranscriptUnreadable(
            f"It has {lines:,} lines; the transcript of an hour has a few thousand. "
            "Check that it is one session."
        )


def _refuse_shape(session: Session) -> None:
    if len(session) > MOST_UTTERANCES:
        raise TranscriptUnreadable(
            f"It has {len(session):,} utterances; an hour of talk has about a thousand. "
            "Check that it is one session."
        )
    names = [name or "" for name in session.speakers]
    if max(map(len, names)) > LONGEST_NAME:
        raise TranscriptUnreadable(
            f"The name of a speaker has more than {LONGEST_NAME} characters. "
            "Check that names and words stand where they belong."
        )
    if len(names) > MOST_SPEAKERS:
        raise TranscriptUnreadable(
            f"It has {len(names)} speakers; a session has two or a few. "
            "Check that names and words stand where they belong."
        )
    roles = {one.role for one in session.utterances if one.role is not None}
    if len(names) < 2 and len(roles) < 2:
        which = "one speaker" if names[0] else "no speaker"
        raise TranscriptUnreadable(
            f"It names {which}, and nobody could tell the therapist from the client. "
            "Export it again with both speakers’ names."
        )


def _labels(session: Session) -> list[str]:
    """Return each utterance's speaker; where a file gives one name two roles, they are told apart.

    Utterances of nobody have an empty name, or that of the role which the file states.
    """
    roles: dict[str, set[Role | None]] = defaultdict(set)
    for one in session.utterances:
        roles[one.speaker or ""].add(one.role)
    return [_label(one, len(roles[one.speaker or ""]) > 1) for one in session.utterances]


def _label(one: Utterance, is_shared: bool) -> str:
    if not one.speaker:
        return str(one.role) if one.role is not None else ""
    return f"{one.speaker} ({one.role})" if is_shared and one.role is not None else one.speaker


def _sentence(error: TranscriptError) -> str:
    problem = error.problem[:1].upper() + error.problem[1:]
    place = f"Line {error.line:,}: {error.problem}" if error.line is not None else problem
    remedy = error.remedy.rstrip(".")
    if "--" in remedy:  # an option of the command line, which nobody has here
        remedy = BY_HAND
    return f"{place.rstrip('.')}.{f' {remedy}.' if remedy else ''}"
