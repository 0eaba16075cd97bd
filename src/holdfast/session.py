"""A session and its utterances: frozen values that every other module speaks in.

An utterance never changes once it is read. What is learned about it (codes, indicators)
lies beside it and points at its index.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

STAGE_DIRECTION = re.compile(r"\[[^\[\]]*\]|\([^()]*\)")
"""What a transcriber adds in brackets: ``[laughs]``, ``(pause)``."""

Seconds = float
"""A time or a duration in seconds from the start of the recording."""


class Role(StrEnum):
    """Who a speaker is in the session. Assigned by a person or by a stated rule."""

    THERAPIST = "therapist"
    CLIENT = "client"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Utterance:
    """One stretch of talk by one speaker.

    Attributes
    ----------
    index
        Place in the session, counted from 0 without gaps.
    speaker
        The speaker's name as the source has it, or ``None`` where the source names nobody.
    text
        What was said, without the format's own markup.
    line
        Line (row, paragraph or entry) of the source where it begins, counted from 1.
    start, end
        Seconds from the start of the recording, or ``None`` where the source has no times.
    raw
        The source's own characters for this utterance, markup included.
    role
        Therapist, client or other; ``None`` until roles are assigned.

    Examples
    --------
    >>> said = Utterance(index=0, speaker="Lee", text="I slept badly.", line=3, start=1.0, end=2.5)
    >>> said.words
    3
    >>> said.seconds
    1.5
    """

    index: int
    speaker: str | None
    text: str
    line: int
    start: Seconds | None = None
    end: Seconds | None = None
    raw: str = ""
    role: Role | None = None

    @property
    def words(self) -> int:
        """Number of words, split at white space; dashes and stage directions are none.

        Examples
        --------
        >>> Utterance(index=0, speaker="Lee", text="[sighs] Well — no.", line=1).words
        2
        """
        spoken = STAGE_DIRECTION.sub(" ", self.text)
        return sum(any(map(str.isalnum, word)) for word in spoken.split())

    @property
    def seconds(self) -> Seconds | None:
        """How long it lasted, or ``None`` without both times."""
        if self.start is None or self.end is None:
            return None
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Session:
    """One meeting of a therapist and a client, as its transcript has it.

    Attributes
    ----------
    utterances
        In the order of the source; ``utterances[i].index == i``.
    format
        Name of the transcript format that it was read from (``"webvtt"``, ``"srt"``, …).
    source
        Name of the file, without its folder, or ``None``.
    notes
        What the reader noticed and a person should know: repaired times, cues without speaker.

    Examples
    --------
    >>> session = Session((Utterance(index=0, speaker="Lee", text="Hello.", line=1),))
    >>> session.speakers
    ('Lee',)
    """

    utterances: tuple[Utterance, ...]
    format: str = "utterances"
    source: str | None = None
    notes: tuple[str, ...] = field(default=())

    def __len__(self) -> int:
        """Return the number of utterances."""
        return len(self.utterances)

    @property
    def speakers(self) -> tuple[str | None, ...]:
        """Every speaker once, in order of appearance; ``None`` stands for the unknown one."""
        return tuple(dict.fromkeys(utterance.speaker for utterance in self.utterances))

    def said_by(self, role: Role) -> tuple[Utterance, ...]:
        """Return the utterances of one role, in order."""
        return tuple(utterance for utterance in self.utterances if utterance.role is role)


def words_by_speaker(utterances: Iterable[Utterance]) -> dict[str | None, int]:
    """Return how many words each speaker said, in order of appearance.

    Examples
    --------
    >>> words_by_speaker([Utterance(index=0, speaker="Lee", text="Not so well.", line=1)])
    {'Lee': 3}
    """
    counts: dict[str | None, int] = {}
    for utterance in utterances:
        counts[utterance.speaker] = counts.get(utterance.speaker, 0) + utterance.words
    return counts
