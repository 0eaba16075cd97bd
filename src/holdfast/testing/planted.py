"""Identifiers planted in made-up sentences, so that it is known what there is to be found.

As people say such things: also spelled out, in small letters, misspelt, by a name that nobody gave.
The sentences and the masker were written by the same hand, so what is found here is found more
often than in real talk. Every name, number and address is invented.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from holdfast.testing.draws import Draws


@dataclass(frozen=True, slots=True)
class Planted:
    """A sentence with one identifier: its kind, how it is said, and where it stands."""

    text: str
    kind: str
    how: str
    start: int
    end: int


def planted_identifiers(count: int, seed: int = 0) -> Iterator[Planted]:
    """Yield sentences that each hold one identifier.

    Examples
    --------
    >>> one = next(planted_identifiers(1))
    >>> one.kind in {"name", "email", "phone", "address", "date", "number"}
    True
    >>> one.text[one.start : one.end] != ""
    True
    """
    draws, frames = Draws(Random(seed)), _bank("frames")  # noqa: S311 - no secret
    ways = [(kind, how, said) for kind, hows in _ways().items() for how, said in hows.items()]
    for number in range(count):
        kind, how, patterns = ways[number % len(ways)]
        said = _filled(draws, draws.one_of(patterns))
        before, after = draws.one_of(frames[kind]).split("{}")
        yield Planted(f"{before}{said}{after}", kind, how, len(before), len(before) + len(said))


def given_names() -> tuple[str, ...]:
    """Return the names of the planted sentences that the masker is told.

    Examples
    --------
    >>> len(given_names()) > 3
    True
    """
    return tuple(_bank("parts")["given"])


def _filled(draws: Draws, pattern: str) -> str:
    """Fill in a pattern: ``#`` is a digit, ``{first}`` one of the parts of that name."""
    said = pattern
    for name, values in _bank("parts").items():
        while "{" + name + "}" in said:
            said = said.replace("{" + name + "}", draws.one_of(values), 1)
    return "".join(draws.one_of("123456789") if sign == "#" else sign for sign in said)


@cache
def _read() -> dict[str, Any]:
    text = files("holdfast.testing").joinpath("planted.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _bank(name: str) -> dict[str, list[str]]:
    bank: dict[str, list[str]] = _read()[name]
    return bank


def _ways() -> dict[str, dict[str, list[str]]]:
    ways: dict[str, dict[str, list[str]]] = _read()["ways"]
    return ways
