"""What a codebook is, and how one is read from its TOML files."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from holdfast.errors import HoldfastError
from holdfast.session import Role


class CodebookError(HoldfastError):
    """A codebook that lacks something or contradicts itself."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that shows where a value lies.

    Attributes
    ----------
    said
        The utterance.
    before
        What the other person said just before, where that matters.
    why
        Why it is, or is not, the value.
    """

    said: str
    before: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class ValueDefinition:
    """One value that a code can take.

    Attributes
    ----------
    name, title, definition
        Its name in records, its name for people, and what it is.
    examples, counter_examples
        Sentences that are this value, and border cases that are not.
    group
        For emotions ``"positive"``, ``"negative"``, ``"ambiguous"`` or ``"neutral"``.
    """

    name: str
    title: str
    definition: str
    examples: tuple[Example, ...]
    counter_examples: tuple[Example, ...] = ()
    group: str | None = None


@dataclass(frozen=True, slots=True)
class CodeDefinition:
    """One code: what it names, who gives it, and what it does not mean.

    Attributes
    ----------
    name, title
        Its name in records and its name for people.
    role
        Whose utterances it is for.
    by
        ``"model"`` or ``"rules"``.
    choice
        ``"one"`` value or ``"many"`` at once.
    status
        How far it may be trusted: ``"descriptive"``, ``"coaching"`` or ``"experimental"``.
    definition, source, not_meaning
        What it is, where it comes from, and what it must not be read as.
    values
        The values it can take, in order; where a rule finds several, the first one counts.
    """

    name: str
    title: str
    role: Role
    by: str
    choice: str
    status: str
    definition: str
    source: str
    not_meaning: str
    values: tuple[ValueDefinition, ...]

    def value(self, name: str) -> ValueDefinition:
        """Return the value with this name."""
        for value in self.values:
            if value.name == name:
                return value
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Codebook:
    """A scheme of codes.

    Examples
    --------
    >>> codebook = load_codebook()
    >>> [value.name for value in codebook.code("reflection").values]
    ['simple', 'complex']
    >>> [code.name for code in codebook.codes_for(Role.CLIENT, by="model")]
    ['talk', 'emotions', 'empathic_opportunity', 'feeling', 'response', 'insight', 'hope']
    """

    name: str
    version: str
    title: str
    description: str
    codes: tuple[CodeDefinition, ...]

    @property
    def label(self) -> str:
        """Name and version, as records carry them."""
        return f"{self.name} {self.version}"

    def code(self, name: str) -> CodeDefinition:
        """Return the code with this name."""
        for code in self.codes:
            if code.name == name:
                return code
        raise KeyError(name)

    def codes_for(self, role: Role, *, by: str | None = None) -> tuple[CodeDefinition, ...]:
        """Return the codes for a role, all or those given by ``"model"`` or by ``"rules"``."""
        return tuple(
            code for code in self.codes if code.role is role and (by is None or code.by == by)
        )


@cache
def load_codebook(name: str = "holdfast") -> Codebook:
    """Return a codebook that ships with Holdfast.

    Parameters
    ----------
    name
        Name of a folder of the library.

    Examples
    --------
    >>> load_codebook().label
    'holdfast 0.2.0'
    """
    folder = files("holdfast.codebooks") / "library" / name
    if not name.isidentifier() or not (folder / "codebook.toml").is_file():
        raise CodebookError(f"there is no codebook called {name!r}. Ask for 'holdfast'.")
    head = tomllib.loads((folder / "codebook.toml").read_text(encoding="utf-8"))
    parts = (
        tomllib.loads((folder / f"{part}.toml").read_text(encoding="utf-8"))
        for part in head["parts"]
    )
    return parse_codebook(head, parts)


def parse_codebook(head: Mapping[str, Any], parts: Iterable[Mapping[str, Any]]) -> Codebook:
    """Build a codebook from parsed TOML.

    Parameters
    ----------
    head
        ``name``, ``version``, ``title`` and ``description``.
    parts
        Tables with a list ``code`` each.
    """
    codes = tuple(_code(table) for part in parts for table in part["code"])
    _refuse_twice("code", [code.name for code in codes])
    return Codebook(
        name=head["name"],
        version=head["version"],
        title=head["title"],
        description=head["description"],
        codes=codes,
    )


_WORDS = {
    "role": {"therapist", "client"},
    "by": {"model", "rules"},
    "choice": {"one", "many"},
    "status": {"descriptive", "coaching", "experimental"},
}
_TEXTS = ("name", "title", "definition", "source", "not_meaning")
_OF_A_VALUE = {"name", "title", "definition", "examples", "counter_examples", "group"}


def _code(table: Mapping[str, Any]) -> CodeDefinition:
    name = str(table.get("name", "without a name"))
    _refuse_other_keys(f"code {name}", table, {*_TEXTS, *_WORDS, "value"})
    for key in _TEXTS:
        if not str(table.get(key, "")).strip():
            raise CodebookError(f"code {name}: {key} is missing. Write it.")
    for key, allowed in _WORDS.items():
        if table.get(key) not in allowed:
            raise CodebookError(
                f"code {name}: {key} is {table.get(key)!r}. Write one of {sorted(allowed)}."
            )
    values = tuple(_value(name, value) for value in table.get("value", ()))
    if not values:
        raise CodebookError(f"code {name}: it has no value. Write at least one.")
    _refuse_twice(f"value of {name}", [value.name for value in values])
    return CodeDefinition(
        **{key: table[key].strip() for key in _TEXTS},
        role=Role(table["role"]),
        by=table["by"],
        choice=table["choice"],
        status=table["status"],
        values=values,
    )


def _value(code: str, table: Mapping[str, Any]) -> ValueDefinition:
    place = f"code {code}, value {table.get('name', 'without a name')}"
    _refuse_other_keys(place, table, _OF_A_VALUE)
    for key in ("name", "title", "definition", "examples"):
        if not table.get(key):
            raise CodebookError(f"{place}: {key} is missing. Write it.")
    return ValueDefinition(
        name=table["name"],
        title=table["title"],
        definition=table["definition"].strip(),
        examples=tuple(_example(entry) for entry in table["examples"]),
        counter_examples=tuple(_example(entry) for entry in table.get("counter_examples", ())),
        group=table.get("group"),
    )


def _example(entry: str | Mapping[str, str]) -> Example:
    return Example(entry) if isinstance(entry, str) else Example(**entry)


def _refuse_other_keys(place: str, table: Mapping[str, Any], known: set[str]) -> None:
    other = sorted(set(table) - known)
    if other:
        raise CodebookError(f"{place}: unknown {', '.join(other)}. Known are {sorted(known)}.")


def _refuse_twice(what: str, names: list[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise CodebookError(f"{what} {', '.join(twice)} stands there twice. Keep one.")
