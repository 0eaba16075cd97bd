"""What a client is shown of a session, as it is read: by them, and by their therapist before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from holdfast_web.engine.findings import Findings

WHOSE = {"client": "You", "other": "Somebody else"}
"""Who said a line, for the client; the therapist has a name."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A line that is shown."""

    utterance: int
    who: str
    is_client: bool
    text: str

    @property
    def number(self) -> int:
        """Its number for people, from 1."""
        return self.utterance + 1


@dataclass(frozen=True, slots=True)
class Picture:
    """The session over time; the drawing, what its shapes mean, and the same as a table."""

    drawing: SafeString
    legend: SafeString
    numbers: SafeString


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown.

    Attributes
    ----------
    therapist
        Who chose it.
    picture
        ``None`` where none was chosen, or there is none any more.
    """

    therapist: str
    quotes: tuple[Quote, ...]
    thread: str
    note: str
    picture: Picture | None


def shown_of(chosen: Mapping[str, Any], therapist: str, findings: Any) -> Shown:
    """Return what was chosen as the client reads it.

    Parameters
    ----------
    chosen
        As an excerpt keeps it.
    therapist
        Their name.
    findings
        The stored findings of the session; ``None`` where there are none.

    Examples
    --------
    >>> line = {"utterance": 3, "speaker": "client", "text": "Hard."}
    >>> shown = shown_of({"quotes": [line], "picture": False}, "Tessa", None)
    >>> [(one.number, one.who, one.text) for one in shown.quotes]
    [(4, 'You', 'Hard.')]
    """
    return Shown(
        therapist=therapist,
        quotes=tuple(
            Quote(
                one["utterance"],
                WHOSE.get(one["speaker"], therapist),
                one["speaker"] == "client",
                one["text"],
            )
            for one in chosen.get("quotes", ())
        ),
        thread=chosen.get("thread", ""),
        note=chosen.get("note", ""),
        picture=picture_of(findings) if chosen.get("picture") else None,
    )


def has_picture(findings: Any) -> bool:
    """Say whether stored findings have a picture, without drawing it."""
    found = Findings.kept(findings)
    return found is not None and found.english


def picture_of(findings: Any) -> Picture | None:
    """Return the picture of stored findings; ``None`` where there is none to draw."""
    found = Findings.kept(findings)
    if found is None or not found.english:
        return None
    return Picture(found.picture, found.legend, found.numbers)
