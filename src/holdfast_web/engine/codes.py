"""Codes that a person may give a line, and what the coder gave it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from holdfast.codebooks import CodeDefinition, load_codebook
from holdfast.reports.heard import MAIN, NO_TAG
from holdfast.reports.json import SCHEMA
from holdfast.session import Role

Value = str | tuple[str, ...] | None
"""One label, several labels, or ``None`` where nothing is heard."""

KINDS_OF = "behaviour"
"""The main behaviour: three of its labels are codes themselves, which say the kind."""

OPEN = "?"
"""In place of a value: the coder, or the person, left it open."""

NOT_ASKED = frozenset({"uptake", "feeling", "response"})
"""Codes that nobody gives at a line: an amount, and two that only an opening can have."""

EXPERIMENTAL = "experimental"
"""The status of a code that too little speaks for."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label that a code can have."""

    name: str
    title: str
    about: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A code, as it is offered at a line.

    Attributes
    ----------
    role
        At whose lines: ``"therapist"`` or ``"client"``.
    many
        Whether it takes several labels at once.
    always
        Whether every line has one of its labels: what is mainly done or said.
    further
        Whether it is one of the model's finer codes that are still experimental: these stand last,
        folded away.
    """

    name: str
    title: str
    about: str
    role: str
    many: bool
    always: bool
    further: bool
    labels: tuple[Label, ...]

    def fits(self, label: str) -> bool:
        """Say whether it can have a label; an empty one says that nothing is heard."""
        return any(one.name == label for one in self.labels) or (not label and not self.always)

    def words(self, value: Value) -> str:
        """Return labels in words; ``"nothing here"`` where there is none."""
        names = (value,) if isinstance(value, str) else value or ()
        return ", ".join(one.title for one in self.labels if one.name in names) or "nothing here"


@dataclass(frozen=True, slots=True)
class Heard:
    """What the coder gave a line under one code.

    Attributes
    ----------
    value
        Its label or labels; of an unsure one, the likeliest.
    p
        How likely it is; ``None`` for what fixed rules found, or did not.
    unsure
        Whether the coder left it open.
    """

    value: Value
    p: float | None
    unsure: bool

    @property
    def percent(self) -> str:
        """How likely it is, in words; ``""`` for rules."""
        return "" if self.p is None else f"{100 * self.p:.0f}\u202f%"


@dataclass(frozen=True, slots=True)
class Uttered:
    """A line as it was read: names are masked in it."""

    index: int
    role: str
    speaker: str
    text: str
    heard: Mapping[str, Heard]

    @property
    def number(self) -> int:
        """Its number for people, from 1."""
        return self.index + 1


@cache
def choices_for(role: str) -> tuple[Choice, ...]:
    """Return the codes that a person may give somebody's lines; none for ``"other"``.

    They are in the codebook's order, those that are still experimental last.

    Examples
    --------
    >>> [one.name for one in choices_for("therapist")][:2]
    ['behaviour', 'reflection']
    >>> [one.name for one in choices_for("client") if one.further]
    ['insight', 'hope']
    >>> choices_for("other")
    ()
    """
    asked = (one for one in load_codebook().codes if one.name not in NOT_ASKED)
    found = (_choice(one) for one in asked if one.role.value == role)
    return tuple(sorted(found, key=lambda one: one.further))


@cache
def all_choices() -> Mapping[str, Choice]:
    """Return every code that a person may give by its name, the therapist's first."""
    return {one.name: one for role in Role for one in choices_for(role.value)}


def _choice(code: CodeDefinition) -> Choice:
    return Choice(
        name=code.name,
        title=code.title,
        about=code.definition,
        role=code.role.value,
        many=code.choice == "many",
        always=code.name in MAIN.values(),
        further=_is_further(code),
        labels=tuple(Label(one.name, one.title, one.definition) for one in code.values),
    )


def _is_further(code: CodeDefinition) -> bool:
    return code.by == "model" and code.status == EXPERIMENTAL and code.name not in NO_TAG


def uttered(data: Mapping[str, Any] | None) -> tuple[Uttered, ...]:
    """Return the lines of stored findings; none where this version can't read them.

    Examples
    --------
    >>> uttered({"schema": "none"})
    ()
    """
    return tuple(_line(one) for one in _utterances(data))


def uttered_at(data: Mapping[str, Any] | None, index: int) -> Uttered | None:
    """Return one line of stored findings; ``None`` where there is no such line."""
    lines = _utterances(data)
    return _line(lines[index]) if index < len(lines) else None


def lines_in(data: Mapping[str, Any] | None) -> int:
    """Return how many lines stored findings have; 0 where this version can't read them."""
    return len(_utterances(data))


def _utterances(data: Mapping[str, Any] | None) -> Sequence[Mapping[str, Any]]:
    if not data or data.get("schema") != SCHEMA:
        return ()
    lines: Sequence[Mapping[str, Any]] = data["utterances"]
    return lines


def _line(said: Mapping[str, Any]) -> Uttered:
    role = said["role"] or "other"
    return Uttered(
        index=said["index"],
        role=role,
        speaker=said["speaker"] or role,
        text=said["text"],
        heard={name: _heard(one) for name, one in said["codes"].items() if "by" in one},
    )


def _heard(code: Mapping[str, Any]) -> Heard:
    value, p = code["value"], code["p"]
    if isinstance(value, list):
        return Heard(tuple(sorted(value)), max(p, default=None), code["unsure"])
    return Heard(value, p, code["unsure"])
