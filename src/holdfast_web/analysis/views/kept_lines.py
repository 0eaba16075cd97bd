"""Lines as they are kept, a page of them at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from holdfast_web.analysis.models import Transcript
from holdfast_web.engine.own_words import clock_of
from holdfast_web.engine.transcripts import role_of

ON_A_PAGE = 150
TITLES = {"therapist": "therapist", "client": "client", "other": "neither"}


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line on a page.

    Attributes
    ----------
    place
        Among all lines, from 0: its address.
    role
        In words; ``""`` before anybody said.
    """

    place: int
    at: str
    speaker: str
    role: str
    text: str

    @property
    def number(self) -> int:
        """Its number for people."""
        return self.place + 1


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines, and where the ones before and after them begin; ``None`` where there are none."""

    lines: tuple[KeptLine, ...]
    of: int
    before: int | None
    after: int | None


def page_of(transcript: Transcript, first: str) -> Page:
    """Return the lines from a place on; from the beginning where that is no place."""
    lines, of = transcript.lines, transcript.utterances
    start = int(first) if first.isascii() and first.isdigit() and len(first) < 7 else 0
    start = start // ON_A_PAGE * ON_A_PAGE if start < of else 0
    end = start + ON_A_PAGE
    return Page(
        lines=tuple(kept_line(transcript, place) for place in range(start, min(end, len(lines)))),
        of=of,
        before=start - ON_A_PAGE if start else None,
        after=end if end < of else None,
    )


def kept_line(transcript: Transcript, place: int) -> KeptLine:
    """Return one line for a page."""
    line: dict[str, Any] = transcript.lines[place]
    role = role_of(line, transcript.roles, unknown="")
    return KeptLine(
        place, clock_of(line["start"]), line["speaker"], TITLES.get(role, ""), line["text"]
    )
