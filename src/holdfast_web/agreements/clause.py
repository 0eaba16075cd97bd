"""A clause: its words, its terms, and how both are read and edited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from holdfast_web.agreements.values import Value, is_blank, say

NAMES = {
    "practice": "the practice's name",
    "therapist": "the therapist's name",
    "phone": "the practice's phone number",
    "email": "the practice's e-mail address",
}
"""What may stand in any clause, and is written into it for good when it is offered."""

HOLE = re.compile(r"\{(\w+)\}")
_BRACKET = re.compile(r"\[([^\[\]]{1,120})\]")
_KEPT = ("key", "title", "group", "words", "own_words", "why", "terms", "labels", "asks_consent")


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause.

    Attributes
    ----------
    words
        A term stands in them as ``{its_name}``.
    own_words
        What client and therapist added, as they wrote it.
    terms, labels
        What the software obeys or shows, and how each is called.
    own_terms
        Terms that each therapist fills in for themselves.
    in_use, edition
        Whether this practice uses the clause, and how often it has written it anew.
    """

    key: str
    title: str
    group: str
    words: str
    why: str
    asks_consent: bool
    terms: Mapping[str, Value] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    own_words: str = ""
    may_be_left_out: bool = False
    own_terms: tuple[str, ...] = ()
    in_use: bool = True
    edition: int = 0

    def kept(self) -> dict[str, Any]:
        """Return what a version keeps of it."""
        return {name: getattr(self, name) for name in _KEPT}

    @property
    def unsaid(self) -> tuple[str, ...]:
        """The terms that its words don't mention; they are shown below the words."""
        said = set(HOLE.findall(self.words))
        return tuple(name for name in self.terms if name not in said)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Its words as they are read, the terms filled in."""
        told = fill(self.words, self)
        lines = [f"{self.label(name)}: {_shown(self, name)}." for name in self.unsaid]
        return tuple(one.strip() for one in (*re.split(r"\n\s*\n", told), *lines) if one.strip())

    @property
    def text(self) -> str:
        """All of it in one text, as two versions are compared."""
        own = (self.own_words,) if self.own_words else ()
        return "\n\n".join((*self.paragraphs, *own))

    @property
    def blanks(self) -> tuple[str, ...]:
        """What is still to be filled in, by its labels."""
        names = (one for one in NAMES if f"{{{one}}}" in self.words)
        terms = (name for name, value in self.terms.items() if is_blank(value))
        return tuple(self.label(name) for name in (*names, *terms))

    def label(self, name: str) -> str:
        """Return how a term is called."""
        return self.labels.get(name) or NAMES.get(name) or name.replace("_", " ")

    def same_as(self, other: Clause) -> bool:
        """Say whether it reads and means the same as another."""
        mine, theirs = ((one.title, one.text, dict(one.terms)) for one in (self, other))
        return mine == theirs


def clauses_of(kept: Iterable[Mapping[str, Any]]) -> tuple[Clause, ...]:
    """Return the clauses that a version keeps."""
    return tuple(Clause(**{name: one[name] for name in _KEPT if name in one}) for one in kept)


def fill(words: str, clause: Clause) -> str:
    """Return words with the terms of a clause in their places; what is unknown stays."""

    def value(hole: re.Match[str]) -> str:
        name = hole[1]
        if name in clause.terms:
            return _shown(clause, name)
        return f"[{NAMES[name]}]" if name in NAMES else hole[0]

    return HOLE.sub(value, words)


def bracketed(clause: Clause) -> str:
    """Return a clause's words for an editor: ``[label]`` where a term stands."""
    known = (*clause.terms, *NAMES)
    return HOLE.sub(
        lambda hole: f"[{clause.label(hole[1])}]" if hole[1] in known else hole[0], clause.words
    )


def unbracketed(words: str, clause: Clause) -> str:
    """Return words from an editor as a clause keeps them.

    Examples
    --------
    >>> fees = Clause("fees", "Fees", "", "{amount}", "", False, {"amount": 5}, {"amount": "fee"})
    >>> unbracketed("It costs [fee].", fees)
    'It costs {amount}.'
    """
    names = {_plain(clause.label(name)): name for name in (*clause.terms, *NAMES)}

    def name(bracket: re.Match[str]) -> str:
        found = names.get(_plain(bracket[1]))
        return f"{{{found}}}" if found else bracket[0]

    return _BRACKET.sub(name, words.replace("\r\n", "\n").strip())


def _shown(clause: Clause, name: str) -> str:
    value = clause.terms[name]
    return f"[{clause.label(name)}]" if is_blank(value) else say(value)


def _plain(label: str) -> str:
    return " ".join(label.lower().replace("’", "'").split())
