"""Our codes beside those of published schemes, kept as data."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from holdfast.codebooks.codebook import Codebook, CodebookError
from holdfast.session import Role

RELATIONS = {
    "=": "about the same",
    "<": "ours is narrower",
    ">": "ours is wider",
    "~": "they overlap",
}
"""How one of our codes lies to one of a scheme's."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A published scheme of codes.

    Attributes
    ----------
    name, title
        Its name in the data and its name for people.
    source
        What it is and where it is published.
    """

    name: str
    title: str
    source: str


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """What our codes are near to in other schemes.

    Attributes
    ----------
    note
        What it rests on.
    schemes
        The published schemes, in order.
    rows
        By code and by scheme: what lies beside it; ``""`` where there is nothing.

    Examples
    --------
    >>> crosswalk = load_crosswalk()
    >>> for title, near in crosswalk.beside("paraphrase")[:2]:
    ...     print(title, "|", near)
    MITI 4.2 | ~ simple reflection; complex reflection where it adds meaning
    Helping skills | = restatement
    """

    note: str
    schemes: tuple[Scheme, ...]
    rows: Mapping[str, Mapping[str, str]]

    def beside(self, code: str) -> tuple[tuple[str, str], ...]:
        """Return each scheme's title with what it has beside a code."""
        return tuple((scheme.title, self.rows[code][scheme.name]) for scheme in self.schemes)


@cache
def load_crosswalk() -> Crosswalk:
    """Return the crosswalk of the codebook that ships with Holdfast.

    Examples
    --------
    >>> [scheme.title for scheme in load_crosswalk().schemes]
    ['MITI 4.2', 'Helping skills', 'VRM', 'ESConv']
    """
    path = files("holdfast.codebooks") / "library" / "holdfast" / "crosswalk.toml"
    return parse_crosswalk(tomllib.loads(path.read_text(encoding="utf-8")))


def parse_crosswalk(table: Mapping[str, Any]) -> Crosswalk:
    """Build a crosswalk from parsed TOML.

    Parameters
    ----------
    table
        ``note``, a list ``scheme``, and ``codes``: for each code a text for each scheme.

    Raises
    ------
    CodebookError
        If a code lacks a scheme or names one that is not there.

    Examples
    --------
    >>> scheme = {"name": "own", "title": "Our own", "source": "Ours."}
    >>> rows = {"warmth": {"own": "= warm words"}}
    >>> parse_crosswalk({"note": "", "scheme": [scheme], "codes": rows}).beside("warmth")
    (('Our own', '= warm words'),)
    """
    schemes = tuple(Scheme(**entry) for entry in table["scheme"])
    names = {scheme.name for scheme in schemes}
    for code, row in table["codes"].items():
        if odd := sorted(names ^ set(row)):
            raise CodebookError(
                f"crosswalk, {code}: {', '.join(odd)} is missing or unknown. "
                f'Write each of {sorted(names)} once, "" where there is nothing.'
            )
    return Crosswalk(table["note"].strip(), schemes, table["codes"])


def crosswalk_page(crosswalk: Crosswalk, codebook: Codebook) -> str:
    """Return a crosswalk as Markdown.

    Examples
    --------
    >>> from holdfast.codebooks import load_codebook
    >>> crosswalk_page(load_crosswalk(), load_codebook()).splitlines()[0]
    '# Our codes beside other schemes'
    """
    return "\n".join(_lines(crosswalk, codebook)).rstrip() + "\n"


def _lines(crosswalk: Crosswalk, codebook: Codebook) -> Iterator[str]:
    yield from ("# Our codes beside other schemes", "")
    yield f"For readers who know another scheme: what the codes of {codebook.label} are near to."
    yield f"{crosswalk.note} This page is made from the codebook's own files.\n"
    yield from (f"- **{scheme.title}**: {scheme.source}" for scheme in crosswalk.schemes)
    signs = "; ".join(f"`{sign}` {words}" for sign, words in RELATIONS.items())
    yield f"\n{signs}; –: nothing there. Where a value of ours stands first, it holds for that one."
    for role in (Role.THERAPIST, Role.CLIENT):
        yield from ("", f"## What the {role.value} says", "")
        yield f"| Code | {' | '.join(scheme.title for scheme in crosswalk.schemes)} |"
        yield f"|---|{'---|' * len(crosswalk.schemes)}"
        for code in codebook.codes_for(role):
            cells = (_escaped(near) or "–" for _, near in crosswalk.beside(code.name))
            yield f"| {code.title} `{code.name}` | {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    for sign in "<>~":
        text = text.replace(sign, f"\\{sign}")
    return text
