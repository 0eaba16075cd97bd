"""Phrases of ``answers.toml``: whether a text holds one of them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from holdfast.indicators.words import pieces


def holds_phrase(text: str, kind: str) -> bool:
    """Whether a text holds a phrase of a kind, as whole words.

    Examples
    --------
    >>> holds_phrase("No wonder you're worn out.", "empathic")
    True
    >>> holds_phrase("I wonder.", "empathic")
    False
    """
    spoken = f" {' '.join(pieces(text))} "
    return any(phrase in spoken for phrase in _phrases()[kind])


@cache
def _phrases() -> dict[str, tuple[str, ...]]:
    text = files(__package__).joinpath("answers.toml").read_text(encoding="utf-8")
    return {
        kind: tuple(f" {phrase} " for phrase in phrases)
        for kind, phrases in tomllib.loads(text).items()
    }
