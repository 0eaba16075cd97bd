"""What a client may say about a change, and to whom: the words for it, and what a row holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Knows(StrEnum):
    """How much somebody is told."""

    NOTHING = "nothing"
    THAT = "that"
    WHY = "why"


THERAPIST = {
    Knows.NOTHING: "Nothing yet",
    Knows.THAT: "That I would like to change",
    Knows.WHY: "That, and what I write about why",
}
NEXT = {
    Knows.NOTHING: "Only that I would like to begin with them",
    Knows.THAT: "That I come from another therapist here",
    Knows.WHY: "That, and what I write about why",
}
PRACTICE = {
    Knows.THAT: "That somebody changed; it is only counted",
    Knows.WHY: "What I ticked as well, counted with what others ticked",
}
REASONS = {
    "fit": "We don’t fit together",
    "understood": "I didn’t feel understood",
    "way": "I would like another way of working",
    "focus": "I would like somebody who knows more about my problem",
    "practical": "Times, place, or the way there",
    "language": "Language, or where somebody comes from",
    "happened": "Something happened between us",
    "other": "Something else",
}
"""What can be ticked. Nobody has to."""
LONGEST_REASON = 2_000


@dataclass(frozen=True, slots=True)
class Choices:
    """What a client chose: who is told what, and why, as far as they like.

    Examples
    --------
    >>> Choices.of({}, None).therapist
    <Knows.NOTHING: 'nothing'>
    >>> Choices.of({"next": "why"}, {"kinds": ["way"], "words": "Slower."}).kinds
    ('way',)
    """

    therapist: Knows = Knows.NOTHING
    next: Knows = Knows.NOTHING
    practice: Knows = Knows.THAT
    kinds: tuple[str, ...] = ()
    words: str = ""

    @classmethod
    def of(cls, told: Mapping[str, str], reason: Mapping[str, Any] | None) -> Choices:
        """Return what a row holds."""
        reason = reason or {}
        return cls(
            therapist=Knows(told.get("therapist", Knows.NOTHING)),
            next=Knows(told.get("next", Knows.NOTHING)),
            practice=Knows(told.get("practice", Knows.THAT)),
            kinds=tuple(one for one in reason.get("kinds", ()) if one in REASONS),
            words=reason.get("words", ""),
        )

    @property
    def told(self) -> dict[str, str]:
        """As a row keeps it: who is told what."""
        return {
            "therapist": str(self.therapist),
            "next": str(self.next),
            "practice": str(self.practice),
        }

    @property
    def reason(self) -> dict[str, Any] | None:
        """As a row keeps it: why; ``None`` where nothing was said."""
        if not self.kinds and not self.words.strip():
            return None
        return {"kinds": list(self.kinds), "words": self.words.strip()}

    def why(self) -> tuple[str, ...]:
        """Return what was ticked, in words."""
        return tuple(REASONS[one] for one in self.kinds)
