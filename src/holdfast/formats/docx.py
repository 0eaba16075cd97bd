"""Word transcripts: the two layouts of Microsoft Teams, and ``Name: text`` written by hand.

Teams writes ``Name   0:12`` (or, in older files, ``0:0:12.34 --> 0:0:15.1`` and the name below
it) and then what was said. A Word file without either is read like plain text.
An utterance's line is the number of its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from holdfast.formats import plain
from holdfast.formats.clock import CLOCK, parse_clock
from holdfast.formats.document import Document, Said, make_session
from holdfast.formats.format import Format
from holdfast.formats.noticed import Noticed
from holdfast.formats.word import Line, lines_of, looks_like_word
from holdfast.session import Seconds, Session

LONGEST_HEADING = 200
HEADING = "Before the first speaker, so left aside"
REMARK = "Teams speaking of its own transcription, so left aside"

_RANGE = re.compile(rf"\s*(?P<start>{CLOCK})\s*-->\s*(?P<end>{CLOCK})\s*")
_NAME_AND_CLOCK = re.compile(rf"\s*(?P<name>\S[^\n]{{0,98}}?)(?:\t|\s\s)\s*(?P<start>{CLOCK})\s*")
_TEAMS_REMARK = re.compile(r"\s*\S[^\n]{0,98}? (?:started|stopped) transcription\s*")


@dataclass(frozen=True, slots=True)
class Heading:
    """The line above what someone says."""

    start: Seconds | None
    end: Seconds | None = None
    name: str | None = None


def recognise(document: Document) -> bool:
    """Whether the bytes are those of a Word file."""
    return looks_like_word(document)


def parse(document: Document) -> Session:
    """Read a Teams transcript, or talk written as ``Name: text``."""
    lines = lines_of(document)
    for heading in (_range, _name_and_clock):
        if any(heading(line.text) for line in lines):
            return _teams(lines, heading, document)
    return _by_hand(lines, document)


def _range(text: str) -> Heading | None:
    found = _short_match(_RANGE, text)
    return Heading(parse_clock(found["start"]), parse_clock(found["end"])) if found else None


def _name_and_clock(text: str) -> Heading | None:
    found = _short_match(_NAME_AND_CLOCK, text)
    return Heading(parse_clock(found["start"]), name=found["name"].strip()) if found else None


def _short_match(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Match a whole line; a heading is short, and a long line would only cost time."""
    return pattern.fullmatch(text) if len(text) <= LONGEST_HEADING else None


def _teams(
    lines: list[Line], heading: Callable[[str], Heading | None], document: Document
) -> Session:
    noticed = Noticed()
    said, under = list[Said](), list[Line]()
    opened: tuple[Line, Heading] | None = None
    for line in lines:
        found = heading(line.text)
        if found is None:
            under.append(line)
            continue
        said += _entry(opened, under, noticed)
        opened, under = (line, found), []
    said += _entry(opened, under, noticed)
    return make_session(
        list(noticed.leave_out_silent(said)),
        format=FORMAT.name,
        document=document,
        notes=noticed.notes(),
    )


def _entry(
    opened: tuple[Line, Heading] | None, under: list[Line], noticed: Noticed
) -> Iterator[Said]:
    """Yield what stands under a heading, whose name may be the first line under it."""
    under = [line for line in under if line.text.strip()]
    if opened is None:
        noticed[HEADING] += list(dict.fromkeys(line.paragraph for line in under))
        return
    above, heading = opened
    raw = [above.text, *(line.text for line in under)]
    texts = []
    for line in under:
        if _short_match(_TEAMS_REMARK, line.text):
            noticed[REMARK].append(line.paragraph)
        else:
            texts.append(line.text)
    name = heading.name
    if name is None and len(texts) > 1:
        name, *texts = texts
    yield Said(
        speaker=" ".join((name or "").split()) or None,
        text=" ".join(" ".join(texts).split()),
        line=above.paragraph,
        start=heading.start,
        end=heading.end,
        raw="\n".join(raw),
    )


def _by_hand(lines: list[Line], document: Document) -> Session:
    text = Document(document.data, "\n".join(line.text for line in lines), document.name)
    session = plain.FORMAT.parse(text)
    return replace(
        session,
        format=FORMAT.name,
        utterances=tuple(
            replace(utterance, line=lines[utterance.line - 1].paragraph)
            for utterance in session.utterances
        ),
    )


FORMAT = Format(
    name="docx",
    title="Word (.docx: Teams, or Name: text)",
    suffixes=(".docx",),
    recognise=recognise,
    parse=parse,
)
