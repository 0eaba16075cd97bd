"""Sentences that help to say something about limits (``words/limits.toml``)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that may be taken over, and changed."""

    key: str
    who: str
    group: str
    words: str


Grouped = tuple[tuple[str, tuple[Sentence, ...]], ...]


@cache
def sentences() -> tuple[Sentence, ...]:
    """Return all sentences."""
    folder = files("holdfast_web.correspondence") / "words"
    told = tomllib.loads((folder / "limits.toml").read_text(encoding="utf-8"))
    return tuple(Sentence(**one) for one in told["sentence"])


@cache
def grouped(who: str) -> Grouped:
    """Return the sentences for ``"client"`` or ``"therapist"`` under their headings."""
    theirs = (one for one in sentences() if one.who == who)
    return tuple((name, tuple(group)) for name, group in groupby(theirs, key=lambda one: one.group))


def with_borrowed(typed: str, key: str) -> str:
    """Return what was typed with a borrowed sentence after it; unchanged for an unknown key."""
    for one in sentences():
        if one.key == key and one.words not in typed:
            return f"{typed.rstrip()} {one.words}".strip()
    return typed
