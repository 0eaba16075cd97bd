"""The phrases of every code, read from the pattern files and translated once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from holdfast.coding.rules.heard import Heard
from holdfast.coding.rules.notation import Phrase, compile_phrase, compiled
from holdfast.session import Role

Key = tuple[str, str]
"""A code's name and one of its values."""


WHOLE_WORDS_AT_MOST = 6
"""An utterance with more words is never filled by a list of short answers."""


@dataclass(frozen=True, slots=True)
class PatternList:
    """The phrases that stand for one value of one code.

    Attributes
    ----------
    code, value
        What the phrases stand for.
    phrases
        Written in the notation of :mod:`holdfast.coding.rules.notation`.
    unless
        Phrases that take a match back where they overlap it.
    whole
        Whether phrases of the list, one after another, have to fill a short utterance.
    matches, passes_over
        Sentences that the list must match, and must not: its own test.
    """

    code: str
    value: str
    phrases: tuple[str, ...]
    unless: tuple[str, ...]
    whole: bool
    matches: tuple[str, ...]
    passes_over: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Where a phrase stands in the line of words; ``meant`` is the part that counts."""

    start: int
    end: int
    meant: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Opening:
    """The phrases that begin with one word; ``any_of`` tells quickly whether none matches."""

    any_of: str
    phrases: tuple[tuple[Key, bool, Phrase], ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All phrases for one role, by the word that they begin with; apart, those that fill."""

    by_first_word: Mapping[str, Opening]
    filling: tuple[tuple[Key, re.Pattern[str]], ...]

    def find(self, heard: Heard) -> dict[Key, Match]:
        """Return the first match of each value that no ``unless`` takes back."""
        found, taken_back = self._matches(heard)
        kept = {
            key: match
            for key, matches in found.items()
            if (match := _first_kept(matches, taken_back.get(key, []))) is not None
        }
        if 0 < heard.words <= WHOLE_WORDS_AT_MOST:
            kept |= self._filled(heard)
        return kept

    def _matches(self, heard: Heard) -> tuple[dict[Key, list[Match]], dict[Key, list[Match]]]:
        """Return what phrases match, and what ``unless`` phrases match, in order of start."""
        found: dict[Key, list[Match]] = {}
        taken_back: dict[Key, list[Match]] = {}
        for word, place in heard.places():
            opening = self.by_first_word.get(word)
            if opening is None or not compiled(opening.any_of).match(heard.line, place):
                continue
            for key, unless, phrase in opening.phrases:
                match = phrase.regex.match(heard.line, place)
                if match is not None:
                    side = taken_back if unless else found
                    side.setdefault(key, []).append(_placed(match))
        return found, taken_back

    def _filled(self, heard: Heard) -> dict[Key, Match]:
        whole = (2, len(heard.line) - 2)
        return {
            key: Match(*whole, whole) for key, regex in self.filling if regex.fullmatch(heard.line)
        }


def _placed(match: re.Match[str]) -> Match:
    meant = match.span("meant") if "meant" in match.re.groupindex else match.span()
    return Match(*match.span(), meant)


def _first_kept(matches: list[Match], taken_back: list[Match]) -> Match | None:
    """Return the first match that overlaps none of ``taken_back``; both are in order of start."""
    at, reach = 0, -1
    for match in matches:
        while at < len(taken_back) and taken_back[at].start < match.end:
            reach = max(reach, taken_back[at].end)
            at += 1
        if reach <= match.start:
            return match
    return None


@cache
def pattern_lists(role: Role) -> tuple[PatternList, ...]:
    """Return the pattern lists that ship for a role."""
    entries = tomllib.loads(_shipped(f"{role.value}.toml"))["pattern"]
    return tuple(
        PatternList(
            code=entry["code"],
            value=entry["value"],
            phrases=tuple(entry["phrases"]),
            unless=tuple(entry.get("unless", ())),
            whole=entry.get("whole", False),
            matches=tuple(entry["matches"]),
            passes_over=tuple(entry["passes_over"]),
        )
        for entry in entries
    )


@cache
def lexicon(role: Role) -> Lexicon:
    """Return the phrases for a role."""
    named = tomllib.loads(_shipped("lists.toml"))
    by_first_word: dict[str, list[tuple[Key, bool, Phrase]]] = {}
    filling: list[tuple[Key, re.Pattern[str]]] = []
    for patterns in pattern_lists(role):
        key = (patterns.code, patterns.value)
        if patterns.whole:
            filling.append((key, _filling(patterns, named)))
            continue
        for unless, phrase in _phrases(patterns, named):
            for word in phrase.firsts:
                by_first_word.setdefault(word, []).append((key, unless, phrase))
    return Lexicon(
        {word: _opening(phrases) for word, phrases in by_first_word.items()}, tuple(filling)
    )


def _opening(phrases: Sequence[tuple[Key, bool, Phrase]]) -> Opening:
    bare = (phrase.pattern.replace("?P<meant>", "?:") for _, _, phrase in phrases)
    return Opening("|".join(bare), tuple(phrases))


def _phrases(
    patterns: PatternList, named: Mapping[str, Sequence[str]]
) -> Iterator[tuple[bool, Phrase]]:
    for unless, group in ((False, patterns.phrases), (True, patterns.unless)):
        for written in group:
            yield unless, compile_phrase(written, named)


def _filling(patterns: PatternList, named: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    choices = (compile_phrase(written, named).pattern for written in patterns.phrases)
    return re.compile(r"(?:\| |" + "|".join(choices) + ")+")


def _shipped(name: str) -> str:
    return (files("holdfast.coding.rules") / "patterns" / name).read_text(encoding="utf-8")
