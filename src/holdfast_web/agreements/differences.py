"""The difference of two texts, word by word, as HTML that also reads without colour."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

_TOKEN = re.compile(r"\w+(?:['’]\w+)*|\s+|.", re.DOTALL)


class Mark(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "del"
    ADDED = "ins"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words with the same fate."""

    mark: Mark
    words: str


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Return what was kept, removed and added, in reading order.

    Without what was added the pieces are the old text, without what was removed the new one.

    Parameters
    ----------
    old, new
        Any two texts.

    Examples
    --------
    >>> [(one.mark.value, one.words) for one in pieces("within 48 hours", "within 24 hours")]
    [('kept', 'within '), ('del', '48'), ('ins', '24'), ('kept', ' hours')]
    """
    return tuple(_joined(_absorbed(list(_raw(old, new)))))


def difference(old: str, new: str) -> SafeString:
    """Return the difference as escaped text with ``<del>`` and ``<ins>``.

    Parameters
    ----------
    old, new
        Any two texts; they may hold anything.

    Examples
    --------
    >>> print(difference("no <b>", "yes <b>"))
    <del>no</del><ins>yes</ins> &lt;b&gt;
    """
    return mark_safe("".join(map(_html, pieces(old, new))))  # noqa: S308 - escaped in _html


def _html(piece: Piece) -> str:
    words = escape(piece.words)
    return words if piece.mark is Mark.KEPT else f"<{piece.mark}>{words}</{piece.mark}>"


def _raw(old: str, new: str) -> Iterator[Piece]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for what, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        removed, added = "".join(before[from_old:to_old]), "".join(after[from_new:to_new])
        if what == "equal":
            yield Piece(Mark.KEPT, removed)
            continue
        if removed:
            yield Piece(Mark.REMOVED, removed)
        if added:
            yield Piece(Mark.ADDED, added)


def _absorbed(found: list[Piece]) -> Iterator[Piece]:
    """Let a lone space between two changes belong to both: words read better in one piece."""
    last = len(found) - 1
    for place, piece in enumerate(found):
        between = 0 < place < last and piece.mark is Mark.KEPT
        if between and piece.words.isspace() and "\n" not in piece.words:
            yield Piece(Mark.REMOVED, piece.words)
            yield Piece(Mark.ADDED, piece.words)
        else:
            yield piece


def _joined(found: Iterator[Piece]) -> Iterator[Piece]:
    """Put all that was removed in a row before all that was added there."""
    held = {Mark.REMOVED: "", Mark.ADDED: ""}
    for piece in (*found, Piece(Mark.KEPT, "")):
        if piece.mark is not Mark.KEPT:
            held[piece.mark] += piece.words
            continue
        for mark, words in held.items():
            if words:
                yield Piece(mark, words)
        held = {Mark.REMOVED: "", Mark.ADDED: ""}
        if piece.words:
            yield piece
