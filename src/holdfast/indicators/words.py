"""Words as the style and uptake measures need them: pieces, kinds of function words, stems."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from holdfast.session import STAGE_DIRECTION

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
ENDINGS = {"re": "are", "ll": "will", "ve": "have", "d": "would", "m": "am"}
NEGATED = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is"}
CUTS = (("ies", "y", 2), ("ied", "y", 2), ("ing", "", 3), ("ed", "", 3), ("s", "", 3))
IS_AFTER = frozenset("it he she that this there here what who where how".split())  # noqa: SIM905


def pieces(text: str) -> list[str]:
    """Cut a text into words, lower case, with English contractions spelled out.

    Stage directions are not words.

    Examples
    --------
    >>> pieces("[sighs] It's late; I can't sleep at Lee's.")
    ['it', 'is', 'late', 'i', 'can', 'not', 'sleep', 'at', 'lee']
    """
    found: list[str] = []
    spoken = STAGE_DIRECTION.sub(" ", text).lower().replace("’", "'")
    for word in WORD.findall(spoken):
        found += _spelled(word) if "'" in word else _closed(word)
    return found


def _closed(word: str) -> tuple[str, ...]:
    return ("can", "not") if word == "cannot" else (word,)


@lru_cache(maxsize=4096)
def _spelled(word: str) -> tuple[str, ...]:
    """Spell out one word that has an apostrophe."""
    stem, _, ending = word.rpartition("'")
    if ending == "t" and stem.endswith("n"):
        return NEGATED.get(stem[:-1], stem[:-1]), "not"
    if word == "let's":
        return "let", "us"
    if ending == "s":
        return (stem, "is") if stem in IS_AFTER else (stem,)
    return (stem, ENDINGS[ending]) if ending in ENDINGS else (stem, ending)


@cache
def style_words() -> Mapping[str, frozenset[str]]:
    """Return the nine categories of function words, by name."""
    return {name: frozenset(words) for name, words in _lists()["style"].items()}


@cache
def empty_words() -> frozenset[str]:
    """Return the words that carry no content: function words and fillers."""
    return frozenset().union(*style_words().values(), _lists()["other"]["fillers"])


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    text = files(__package__).joinpath("style_words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def content_stems(words: Iterable[str]) -> frozenset[str]:
    """Return the stems of the content words among ``words``.

    Examples
    --------
    >>> sorted(content_stems(pieces("I keep worrying that the worries never stopped.")))
    ['keep', 'stop', 'worry']
    """
    return frozenset(stem(word) for word in words if word not in empty_words())


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """Cut the commonest English endings, so that forms of one word meet.

    A light stemmer on purpose: it needs no dictionary, and what it misses it misses in the
    shuffled baseline as well.

    Examples
    --------
    >>> stem("smoking") == stem("smoke") == stem("smoked") == stem("smokes")
    True
    """
    for ending, instead, least in CUTS:
        kept = word.removesuffix(ending)
        if kept != word and len(kept) >= least and not word.endswith(("ss", "us")):
            word = kept + instead
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word
