"""Reads the pages on problems, and refuses a claim without a source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from holdfast_web.fit.assessment.definition import MARKS, Source
from holdfast_web.fit.assessment.reading import (
    STATES,
    named_sources,
    parsed,
    require_stated,
    shipped_sources,
)
from holdfast_web.fit.assessment.taking import Taking

NAMES = ("depression", "anxiety", "trauma", "relationships")
SECTIONS = {
    "how": "How supportive therapy may help",
    "else": "What else there is, and what is known of it",
    "expect": "What to expect",
    "first": "When something else comes first",
    "now": "If you need help now",
}
"""Every page has them, in this order."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A few sentences, and where they come from.

    Attributes
    ----------
    states
        ``"fact"`` (every source was checked), ``"usual"`` (common practice, no claim of evidence)
        or ``"choice"`` (how we work).
    note
        The numbers, for whoever wants them.
    """

    words: str
    states: str
    sources: tuple[Source, ...]
    note: str = ""

    @property
    def mark(self) -> str:
        """How its words are meant."""
        return MARKS[self.states]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page."""

    key: str
    title: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page on a problem.

    Attributes
    ----------
    name
        Its part of the address.
    """

    name: str
    title: str
    lead: str
    sections: tuple[Section, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source of the page, once, in the order of its claims; choices of ours left out."""
        named = (
            source for one in self.sections for claim in one.claims for source in claim.sources
        )
        return tuple(dict.fromkeys(one for one in named if one.checked != "choice"))


@cache
def shipped_pages() -> Mapping[str, Page]:
    """Return the pages that ship, by name."""
    folder = files(__package__)
    texts = {name: folder.joinpath(f"{name}.toml").read_text(encoding="utf-8") for name in NAMES}
    return {name: page_in(text, name, shipped_sources()) for name, text in texts.items()}


def shipped_page(name: str) -> Page | None:
    """Return a page, or ``None`` if there is none of that name.

    Examples
    --------
    >>> shipped_page("depression").title
    'Low mood and depression'
    >>> shipped_page("../secrets") is None
    True
    """
    return shipped_pages().get(name)


def page_in(text: str, name: str, sources: Mapping[str, Source]) -> Page:
    """Return the page that a TOML text holds.

    Raises
    ------
    WrongData
        With the place and what to do: a section or a source is missing, or something is stated as
        a fact that was not checked.
    """
    whole = Taking(parsed(text, name), name)
    page = Page(
        name=name,
        title=whole.text("title"),
        lead=whole.text("lead"),
        sections=tuple(
            Section(key, title, tuple(_claim(one, f"{name}, {key}", sources) for one in told))
            for key, title in SECTIONS.items()
            for told in [whole.tables(key)]
        ),
    )
    whole.done()
    return page


def _claim(told: Mapping[str, Any], place: str, sources: Mapping[str, Source]) -> Claim:
    taking = Taking(told, place)
    claim = Claim(
        words=taking.text("words"),
        states=taking.one_of("states", STATES),
        sources=named_sources(taking.texts("sources"), sources, place),
        note=taking.text("note", ""),
    )
    taking.done()
    require_stated(claim.states, claim.words, claim.sources, place)
    return claim
