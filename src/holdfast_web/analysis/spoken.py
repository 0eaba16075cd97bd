"""Kept lines as somebody reads them: who said what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from holdfast_web.engine.transcripts import role_of


@dataclass(frozen=True, slots=True)
class Said:
    """One line.

    Attributes
    ----------
    utterance
        Its place, from 0.
    role
        Of who said it: ``"client"``, ``"therapist"`` or ``"other"``.
    """

    utterance: int
    role: str
    text: str

    @property
    def number(self) -> int:
        """Its number for people, from 1."""
        return self.utterance + 1


def said(lines: Sequence[Mapping[str, Any]], roles: Mapping[str, str]) -> tuple[Said, ...]:
    """Return all lines of a transcript.

    Examples
    --------
    >>> said([{"speaker": "Lee", "text": "Hard."}], {"Lee": "client"})
    (Said(utterance=0, role='client', text='Hard.'),)
    """
    return tuple(Said(place, role_of(one, roles), one["text"]) for place, one in enumerate(lines))


def quoted(
    lines: Sequence[Mapping[str, Any]], roles: Mapping[str, str], chosen: Iterable[int]
) -> list[dict[str, Any]]:
    """Return copies of some lines, in the order of the session, as an excerpt keeps them."""
    wanted = set(chosen)
    return [
        {"utterance": one.utterance, "speaker": one.role, "text": one.text}
        for one in said(lines, roles)
        if one.utterance in wanted
    ]
