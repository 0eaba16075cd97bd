"""The notation in which phrases are written down, and its translation to patterns.

==============  ==========================================================
``word``        that word; its apostrophe may be missing (``don't``, ``dont``)
``word*``       any word that begins so
``(a|b c)``     one of these
``[name]``      any phrase of the list with that name
``x?``          ``x`` or nothing, after a word, a bracket or a list
``(a|b)*``      none up to three of these
``...``         none up to three words of the same sentence, whatever they are
``^`` ``$``     where a sentence begins or ends
``<x>``         of the whole phrase, this is what was meant
==============  ==========================================================

Every repetition is bounded or possessive, so that matching takes time in proportion to the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from holdfast.errors import HoldfastError

SENTENCE_END = "|"
"""What a sentence ends with in the line of words that patterns run over."""

_SYMBOLS = re.compile(r"\.\.\.|\[[a-z_]+\]|[()|<>?*^$]|[^\s()|<>\[\]?*^$]+|\s+")
_KEEPS_APOSTROPHE = {"we're", "we'll", "he'll", "she'll", "i'll", "we'd", "she'd"}
_ANYTHING = frozenset({"*"})
_MOST_REPEATS = 3


class NotationError(HoldfastError):
    """A phrase that is not written in the notation."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A translated part of a phrase: its regular expression and the words it can begin with."""

    regex: str
    firsts: frozenset[str]
    skippable: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """A translated phrase: the words it can begin with, and its regular expression.

    It runs over a line of lower-case words, each followed by one space. It is compiled when it
    is first needed: most phrases are never needed in a session.
    """

    written: str
    firsts: frozenset[str]
    pattern: str

    @property
    def regex(self) -> re.Pattern[str]:
        """The compiled regular expression."""
        return compiled(self.pattern)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a regular expression once."""
    return re.compile(pattern)


def compile_phrase(written: str, lists: Mapping[str, Sequence[str]] | None = None) -> Phrase:
    """Translate a phrase.

    Parameters
    ----------
    written
        The phrase, in the notation above.
    lists
        Named lists of phrases that ``[name]`` stands for.

    Examples
    --------
    >>> phrase = compile_phrase("i'm (so|very)? <scared>")
    >>> sorted(phrase.firsts)
    ["i'm", 'im']
    >>> phrase.regex.match("im so scared of it ")["meant"]
    'scared '
    """
    if written.count("<") > 1:
        raise NotationError(f"the phrase {written!r} marks two things as meant. Mark one.")
    reader = _Reader(written, lists or {})
    piece = reader.sequence(until=())
    reader.finish()
    if piece.skippable or "*" in piece.firsts:
        raise NotationError(
            f"the phrase {written!r} can begin with any word. Begin it with a word or a list."
        )
    return Phrase(written, piece.firsts, piece.regex)


class _Reader:
    """Reads one phrase from left to right."""

    def __init__(self, written: str, lists: Mapping[str, Sequence[str]]) -> None:
        self.written = written
        self.lists = lists
        self.symbols = _SYMBOLS.findall(written)
        self.at = 0

    def finish(self) -> None:
        if self.at < len(self.symbols):
            raise NotationError(
                f"unexpected {self.symbols[self.at]!r} in the phrase {self.written!r}."
            )

    def sequence(self, until: tuple[str, ...]) -> Piece:
        pieces: list[Piece] = []
        while self.at < len(self.symbols) and self.symbols[self.at] not in until:
            symbol = self.symbols[self.at]
            if symbol in {")", ">", "|", "?", "*"}:
                break
            self.at += 1
            if not symbol.isspace():
                pieces.append(self.repeated(self.one(symbol), symbol))
        return _joined(pieces)

    def one(self, symbol: str) -> Piece:
        fixed = _FIXED.get(symbol)
        if fixed is not None:
            return fixed
        if symbol == "(":
            return self.alternatives()
        if symbol == "<":
            inner = self.sequence(until=(">",))
            self.expect(">")
            return Piece(f"(?P<meant>{inner.regex})", inner.firsts, inner.skippable)
        if symbol.startswith("["):
            return self.listed(symbol[1:-1])
        return self.word(symbol)

    def alternatives(self) -> Piece:
        choices = [self.sequence(until=("|", ")"))]
        while self.peek() == "|":
            self.at += 1
            choices.append(self.sequence(until=("|", ")")))
        self.expect(")")
        return _either(choices)

    def listed(self, name: str) -> Piece:
        if name not in self.lists:
            raise NotationError(
                f"the phrase {self.written!r} names [{name}], a list that is missing."
            )
        return _either([_nested(phrase, self.lists) for phrase in self.lists[name]])

    def word(self, symbol: str) -> Piece:
        if not (symbol[0].isalnum() and symbol == symbol.lower()):
            raise NotationError(f"{symbol!r} in {self.written!r} is no word in lower case.")
        if self.peek() == "*":
            self.at += 1
            return Piece(re.escape(symbol) + r"[^ |]*+ ", _ANYTHING)
        if symbol in _KEEPS_APOSTROPHE or "'" not in symbol:
            return Piece(re.escape(symbol) + " ", frozenset({symbol}))
        return Piece(
            re.escape(symbol).replace("'", "'?") + " ",
            frozenset({symbol, symbol.replace("'", "")}),
        )

    def repeated(self, piece: Piece, symbol: str) -> Piece:
        mark = self.peek()
        if mark == "?":
            self.at += 1
            return Piece(f"(?:{piece.regex})?", piece.firsts, skippable=True)
        if mark == "*" and (symbol == "(" or symbol.startswith("[")):
            self.at += 1
            return Piece(f"(?:{piece.regex}){{0,{_MOST_REPEATS}}}", piece.firsts, skippable=True)
        return piece

    def peek(self) -> str | None:
        return self.symbols[self.at] if self.at < len(self.symbols) else None

    def expect(self, symbol: str) -> None:
        if self.peek() != symbol:
            raise NotationError(f"the phrase {self.written!r} lacks a {symbol!r}.")
        self.at += 1


_FIXED = {
    "^": Piece(r"(?<=\| )", frozenset(), skippable=True),
    "$": Piece(r"(?=\|)", frozenset(), skippable=True),
    "...": Piece(rf"(?:[^ |]++ ){{0,{_MOST_REPEATS}}}?", _ANYTHING, skippable=True),
}


def _nested(phrase: str, lists: Mapping[str, Sequence[str]]) -> Piece:
    reader = _Reader(phrase, lists)
    piece = reader.sequence(until=())
    reader.finish()
    return piece


def _joined(pieces: list[Piece]) -> Piece:
    firsts: frozenset[str] = frozenset()
    skippable = True
    for piece in pieces:
        if skippable:
            firsts |= piece.firsts
            skippable = piece.skippable
    return Piece("".join(piece.regex for piece in pieces), firsts, skippable)


def _either(choices: list[Piece]) -> Piece:
    return Piece(
        "(?:" + "|".join(choice.regex for choice in choices) + ")",
        frozenset().union(*(choice.firsts for choice in choices)),
        any(choice.skippable for choice in choices),
    )
