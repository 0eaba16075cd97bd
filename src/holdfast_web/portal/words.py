"""What to expect (``words/expect.toml``), in sections."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Source:
    """Where something that is known from research stands."""

    cite: str
    url: str


@dataclass(frozen=True, slots=True)
class Section:
    """One question, and its answer in plain words."""

    key: str
    title: str
    paragraphs: tuple[str, ...]
    source: Source | None = None


@cache
def expect() -> tuple[Section, ...]:
    """Return what a client may expect, section by section."""
    text = (files("holdfast_web.portal") / "words" / "expect.toml").read_text(encoding="utf-8")
    return tuple(
        Section(
            one["key"],
            one["title"],
            tuple(one["paragraphs"]),
            Source(**one["source"]) if "source" in one else None,
        )
        for one in tomllib.loads(text)["section"]
    )


def section(key: str) -> Section:
    """Return one section, to be answered where the question arises."""
    return next(one for one in expect() if one.key == key)
