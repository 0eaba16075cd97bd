"""Plain text with names: ``Name: words``, with or without times, and Otter's headings.

A line that opens an utterance is a heading. These are understood:

- ``Dana: How was it?``, and ``Dana:`` with the words below
- ``[00:01:02] Dana: How was it?``, ``00:01:02 - Dana: How was it?``
- ``Dana (00:01:02): How was it?``, ``Dana [1:02] How was it?``
- ``Dana  1:02`` alone on a line, with the words below (Otter); ``[00:01:02] Dana`` likewise
- a time alone on the line above a heading without one

Other lines go on with the utterance above. Which names are speakers is judged over the whole
file by the rule of :mod:`holdfast.formats.names`. Text above the first heading is kept, as an
utterance of an unknown speaker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from holdfast.formats.document import Document, Said, make_session, refuse_long_lines
from holdfast.formats.format import Format
from holdfast.formats.headings import Heading, heading, spoken_names
from holdfast.formats.mending import name_lines
from holdfast.session import Seconds, Session

_CREDIT = re.compile(r"\s*Transcribed by https?://otter\.ai/?\s*")


@dataclass(slots=True)
class _Turn:
    """An utterance as it is gathered."""

    speaker: str | None
    line: int
    start: Seconds | None = None
    end: Seconds | None = None
    texts: list[str] = field(default_factory=list)
    raws: list[str] = field(default_factory=list)

    def said(self) -> Said:
        """Return it as an utterance."""
        text = " ".join(text for text in self.texts if text)
        raw = "\n".join(self.raws).rstrip("\n")
        return Said(self.speaker, text, self.line, self.start, self.end, raw)


def recognise(document: Document) -> bool:
    """Whether lines near the beginning open with the name of a speaker."""
    return any(_speaking(document.head.split("\n")))


def parse(document: Document) -> Session:
    """Read each heading with the lines below it.

    Raises
    ------
    TranscriptError
        If no line opens with a speaker's name, or a heading's time cannot be read.
    """
    refuse_long_lines(document)
    lines, credited = _without_credit(document.lines)
    speaking = _speaking(lines)
    if not any(speaking):
        raise document.refuse(
            "no line opens with a speaker's name, as in Name: words",
            "Write the speaker's name and a colon before what each one says",
            line=1,
        )
    turns = _turns(document, lines, speaking)
    said = [turn.said() for turn in turns]
    notes = [*credited, *_notes(said)]
    return make_session(
        [one for one in said if one.text], format=FORMAT.name, document=document, notes=notes
    )


def _without_credit(lines: list[str]) -> tuple[list[str], list[str]]:
    """Blank Otter's closing line, which nobody said."""
    kept = ["" if _CREDIT.fullmatch(line) else line for line in lines]
    if kept == lines:
        return lines, []
    return kept, ["Otter's credit is no talk and was left out."]


def _speaking(lines: Sequence[str]) -> list[Heading | None]:
    """Return for each line its heading, if that names a speaker of this file or is a time."""
    found = [heading(line) if line.strip() else None for line in lines]
    filled = sum(1 for line in lines if line.strip())
    names = spoken_names(_free(found), filled)
    if not names:
        return [None] * len(found)
    return [one if one and (one.speaker is None or one.speaker in names) else None for one in found]


def _free(found: Sequence[Heading | None]) -> list[Heading | None]:
    """Leave out what stands right below a name without words: there the words are due."""
    kept: list[Heading | None] = []
    due = False
    for one in found:
        kept.append(None if due else one)
        due = not due and one is not None and one.speaker is not None and not one.text
    return kept


def _turns(document: Document, lines: list[str], speaking: list[Heading | None]) -> list[_Turn]:
    turns: list[_Turn] = []
    stamp: Heading | None = None
    stamps = _stamps(lines, speaking)
    for place, (line, opening) in enumerate(zip(lines, speaking, strict=True)):
        if opening is not None and opening.broken:
            raise document.refuse(
                "the time beside a name cannot be read; expected one like 00:01:02 or 1:02",
                "Correct that line, or take the time out",
                line=place + 1,
            )
        if place in stamps:
            stamp = opening
        elif opening is not None and (opening.speaker or _opens_unknown(opening, turns)):
            time = stamp if stamp is not None and opening.start is None else opening
            turns.append(_Turn(opening.speaker, place + 1, time.start, time.end))
            turns[-1].texts.append(opening.text)
            turns[-1].raws.append(line)
            stamp = None
        elif turns or line.strip():
            if not turns:
                turns.append(_Turn(None, place + 1))
            bracketed = opening is not None and opening.bracketed and bool(opening.text)
            turns[-1].texts.append(opening.text if opening and bracketed else line.strip())
            turns[-1].raws.append(line)
    return turns


def _stamps(lines: Sequence[str], speaking: Sequence[Heading | None]) -> frozenset[int]:
    """Return the lines that hold only the time of the heading below.

    A bare time may also be talk ("When?" "10:45"), so without brackets at least half of the
    headings must have one.
    """
    found, bare, below = list[int](), list[int](), 0
    following: Heading | None = None
    for place in reversed(range(len(lines))):
        one = speaking[place]
        if following is not None and one is not None and one.speaker is None and not one.text:
            (found if one.bracketed else bare).append(place)
        if lines[place].strip():
            following = one if one and one.speaker is not None and not one.timed else None
            below += following is not None
    return frozenset(found + bare if len(bare) * 2 >= below else found)


def _opens_unknown(opening: Heading, turns: list[_Turn]) -> bool:
    """Whether a time with words but no name begins an utterance: where nobody known speaks."""
    return opening.bracketed and bool(opening.text) and (not turns or turns[-1].speaker is None)


def _notes(said: Sequence[Said]) -> list[str]:
    notes = []
    unknown = [one.line for one in said if one.speaker is None]
    if unknown:
        notes.append(
            f"Words without a speaker's name are kept, speaker unknown: {name_lines(unknown)}."
        )
    silent = [one.line for one in said if not one.text]
    if silent:
        notes.append(f"A name without words was left out: {name_lines(silent)}.")
    return notes


FORMAT = Format(
    name="plain",
    title="Plain text with names, and Otter",
    suffixes=(".txt", ".text", ".md"),
    recognise=recognise,
    parse=parse,
)
