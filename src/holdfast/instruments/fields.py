"""Takes a parsed TOML table apart, key by key, and refuses what is missing or unknown."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any, TypeGuard

from holdfast.instruments.definition import InstrumentError

REQUIRED = object()
LARGEST = 1e9
"""No number in a definition is larger; neither infinity nor NaN is one."""

Table = Mapping[str, Any]
"""A parsed TOML table. Where a file may hold something else, :class:`Fields` refuses it."""


def name_of(table: Table) -> str:
    """Return a table's name for messages, whatever it is.

    Examples
    --------
    >>> name_of({"name": "q1"}), name_of({})
    ('q1', 'without a name')
    """
    return str(table.get("name", "without a name")) if isinstance(table, Mapping) else repr(table)


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST


class Fields:
    """A table whose keys are taken once each.

    Parameters
    ----------
    table
        Parsed TOML.
    place
        Where it stands, for messages: ``"phq-9, item q1"``.

    Examples
    --------
    >>> fields = Fields({"name": "q1", "colour": "red"}, "phq-9, item q1")
    >>> fields.text("name")
    'q1'
    >>> fields.done()
    Traceback (most recent call last):
    ...
    holdfast.instruments.definition.InstrumentError: phq-9, item q1: unknown colour. Known: name.
    """

    def __init__(self, table: Table, place: str) -> None:
        if not isinstance(table, Mapping):
            raise InstrumentError(f"{place}: is {table!r}. Write a table with named values.")
        self.table = table
        self.place = place
        self.known: set[str] = set()

    def take(self, key: str, default: object = REQUIRED) -> object:
        """Return a value of any kind; refuse where it is missing and has no default."""
        self.known.add(key)
        if key in self.table:
            return self.table[key]
        if default is REQUIRED:
            raise self.refuse(f"{key} is missing. Write it")
        return default

    def text(self, key: str, default: object = REQUIRED) -> str:
        """Return words; empty ones only where the default is empty too."""
        value = self.take(key, default)
        if not isinstance(value, str) or (default is REQUIRED and not value.strip()):
            raise self.refuse(f"{key} is {value!r}. Write some words")
        return value.strip()

    def number(self, key: str, default: object = REQUIRED) -> float:
        """Return a number."""
        value = self.take(key, default)
        if not _is_number(value):
            raise self.refuse(f"{key} is {value!r}. Write a number")
        return value

    def optional_number(self, key: str) -> float | None:
        """Return a number, ``None`` where the key is absent."""
        self.known.add(key)
        return self.number(key) if key in self.table else None

    def flag(self, key: str, default: bool) -> bool:
        """Return ``true`` or ``false``."""
        value = self.take(key, default)
        if not isinstance(value, bool):
            raise self.refuse(f"{key} is {value!r}. Write true or false")
        return value

    def one_of(self, key: str, allowed: Collection[str], default: object = REQUIRED) -> str:
        """Return one of some words."""
        value = self.text(key, default)
        if value not in allowed:
            raise self.refuse(f"{key} is {value!r}. Write one of {', '.join(sorted(allowed))}")
        return value

    def texts(self, key: str, default: object = REQUIRED) -> tuple[str, ...]:
        """Return a list of words."""
        value = self.take(key, default)
        if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
            raise self.refuse(f"{key} is {value!r}. Write a list of words")
        return tuple(value)

    def numbers(self, key: str) -> tuple[float, ...]:
        """Return a list of numbers."""
        value = self.take(key)
        if not isinstance(value, list) or not all(_is_number(one) for one in value):
            raise self.refuse(f"{key} is {value!r}. Write a list of numbers")
        return tuple(value)

    def tables(self, key: str) -> list[Any]:
        """Return a list of tables, an empty one where the key is absent."""
        value = self.take(key, [])
        if not isinstance(value, list):
            raise self.refuse(f"{key} is {value!r}. Write it as [[{key}]]")
        return value

    def mapping(self, key: str, default: object = MappingProxyType({})) -> Table:
        """Return a table, an empty one where the key is absent."""
        value = self.take(key, default)
        if not isinstance(value, Mapping):
            raise self.refuse(f"{key} is {value!r}. Write it as [{key}]")
        return value

    def inner(self, key: str) -> Fields:
        """Return the fields of a table inside this one."""
        return Fields(self.mapping(key, REQUIRED), f"{self.place}, {key}")

    def optional_inner(self, key: str) -> Fields | None:
        """Return the fields of a table inside this one, ``None`` where the key is absent."""
        self.known.add(key)
        return self.inner(key) if key in self.table else None

    def done(self) -> None:
        """Refuse keys that nobody took: they are misspelt, or we don't know what they mean."""
        other = sorted(set(self.table) - self.known)
        if other:
            known = ", ".join(sorted(self.known))
            raise self.refuse(f"unknown {', '.join(other)}. Known: {known}")

    def refuse(self, problem: str) -> InstrumentError:
        """Return the error that names this place."""
        return InstrumentError(f"{self.place}: {problem}.")
