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
    r"(?:(?:what|how|why) (?!(?:time|year|day|old|many|much|often|long|far) )"
    r"|tell me |(?:can|could|would) you (?:tell me |say |describe |help me understand ))"
)


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
    """Whether an utterance's last sentence, or its only one, is an open question."""
    end = len(turn.heard.line) - 2
    begin = turn.heard.line.rfind("| ", 0, end - 1)
    return _OPEN.match(turn.heard.line, max(begin, 0)) is not None
