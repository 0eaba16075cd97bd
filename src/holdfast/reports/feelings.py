"""Feelings in plain words, and the side of the line on which the picture draws them.

The sides are GoEmotions' own grouping of its labels into positive, negative and ambiguous.
Difficult doesn't mean bad: grief that is said aloud may be the best of a session.
"""

from __future__ import annotations

from enum import StrEnum

from holdfast.coding.codes import CodedSession
from holdfast.indicators.events import NEGATIVE, POSITIVE


class Side(StrEnum):
    """Where a feeling lies in the picture: above the line, below it, or on it."""

    GOOD = "good"
    DIFFICULT = "difficult"
    MIXED = "mixed"


NEUTRAL = "neutral"
IN_WORDS = {"desire": "wish", "realization": "realising", "optimism": "hope"}


def side_of(feeling: str) -> Side:
    """Return the side that a feeling lies on.

    Examples
    --------
    >>> side_of("relief").value, side_of("grief").value, side_of("surprise").value
    ('good', 'difficult', 'mixed')
    """
    if feeling in POSITIVE:
        return Side.GOOD
    return Side.DIFFICULT if feeling in NEGATIVE else Side.MIXED


def in_words(feeling: str) -> str:
    """Return a feeling's name for a screen.

    Examples
    --------
    >>> in_words("optimism")
    'hope'
    """
    return IN_WORDS.get(feeling, feeling)


def feelings_at(coded: CodedSession, index: int) -> tuple[str, ...]:
    """Return the feelings heard in an utterance, likeliest first; neutral is none."""
    value = coded.value(index, "emotions")
    if value is None:
        return ()
    heard = (value,) if isinstance(value, str) else value
    return tuple(feeling for feeling in heard if feeling != NEUTRAL)
