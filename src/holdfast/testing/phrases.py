"""The phrase banks of the synthetic sessions, read from ``phrases.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Theme:
    """What a stretch of a session is about, with the words that fill the other phrases."""

    things: tuple[str, ...]
    who: tuple[str, ...]
    when: tuple[str, ...]
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrases:
    """All phrase banks: by speaker and kind, and the themes.

    Examples
    --------
    >>> "Mm-hm." in phrases().therapist["encouragers"]
    True
    """

    client: dict[str, tuple[str, ...]]
    therapist: dict[str, tuple[str, ...]]
    opening: dict[str, tuple[str, ...]]
    closing: dict[str, tuple[str, ...]]
    themes: tuple[Theme, ...]


@cache
def phrases() -> Phrases:
    """Return the phrase banks."""
    text = files("holdfast.testing").joinpath("phrases.toml").read_text(encoding="utf-8")
    banks = tomllib.loads(text)
    themes = tuple(
        Theme(**{name: tuple(values) for name, values in theme.items()})
        for theme in banks.pop("themes")
    )
    return Phrases(
        themes=themes,
        **{
            part: {kind: tuple(values) for kind, values in kinds.items()}
            for part, kinds in banks.items()
        },
    )
