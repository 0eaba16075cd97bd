"""Words to borrow (``words/borrow.toml``): for a client who says something, for who answers."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that may be taken over, and changed."""

    key: str
    words: str
    group: str = ""


@cache
def sentences() -> tuple[Sentence, ...]:
    """Return the sentences for a client."""
    return tuple(Sentence(**one) for one in _told()["sentence"])


@cache
def answers() -> tuple[Sentence, ...]:
    """Return the sentences for whoever answers."""
    return tuple(Sentence(**one) for one in _told()["answer"])


def grouped() -> tuple[tuple[str, tuple[Sentence, ...]], ...]:
    """Return the sentences for a client under their headings."""
    found = groupby(sentences(), key=lambda one: one.group)
    return tuple((group, tuple(members)) for group, members in found)


def with_borrowed(typed: str, key: str, among: tuple[Sentence, ...]) -> str:
    """Return what was typed with a borrowed sentence after it; unchanged for an unknown key."""
    for one in among:
        if one.key == key and one.words not in typed:
            return f"{typed.rstrip()} {one.words}".strip()
    return typed


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads(
        (files("holdfast_web.inbox") / "words" / "borrow.toml").read_text(encoding="utf-8")
    )
