"""An utterance on its way to its codes, and questions about those before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from holdfast.coding.rules.heard import Heard
from holdfast.coding.rules.lexicon import Key, Match
from holdfast.session import Role

Found = dict[Key, Match]
"""Where each value of each code was found."""

_OPEN = re.compile(
    r"\| (?:(?:so|and|but|well|okay|now|um|uh) ){0,3}"
    r"(?:what (?!(?:time|year|day|if|about|i|i'm|we|we're|they|they're|you're) )"
    r"|how (?!(?:old|many|much|often|long|far|about) |(?:is|has) your |are you (?:[a-z]+ ){0,3}\|)"
    r"|why (?!don't )|tell me "
    r"|(?:can|could|would) you (?:tell me |say |describe |help me understand ))"
)
_TAGS = re.compile(r"(?:yeah|right|okay|ok|huh|no|isn't it|is it) \| $")


@dataclass(slots=True)
class Turn:
    """One utterance with what was found in it."""

    role: Role | None
    heard: Heard
    found: Found


def last_of(role: Role, before: Sequence[Turn], *, reach: int = 2) -> Turn | None:
    """Return the nearest of the last ``reach`` utterances that is by ``role``."""
    for turn in reversed(before[-reach:]):
        if turn.role is role:
            return turn
    return None


def asks_something(turn: Turn) -> bool:
    """Whether an utterance ends with a question mark."""
    return turn.heard.text.rstrip(" \"”’)'").endswith("?")


def asks_openly(turn: Turn) -> bool:
    """Whether an utterance's last sentence is an open question.

    It has to end with a question mark, unless the transcript has no punctuation at all.
    """
    line = turn.heard.line.removesuffix("| ")
    unpunctuated = line.count("|") == 1
    if not (unpunctuated or asks_something(turn)) or _TAGS.search(line):
        return False
    begin = 0 if unpunctuated else line.rfind("| ", 0, len(line) - 2)
    return _OPEN.match(line, begin) is not None
