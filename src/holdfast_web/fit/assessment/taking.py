"""Takes a parsed TOML table apart, key by key, and refuses what is missing or unknown."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any


class WrongData(Exception):  # noqa: N818 - a sentence, not a fault
    """Data that can't be read; the sentence says where and what to do."""


class Taking:
    """A table whose keys are taken once each.

    Examples
    --------
    >>> taking = Taking({"key": "a", "colour": "red"}, "rule a")
    >>> taking.text("key")
    'a'
    >>> taking.done()
    Traceback (most recent call last):
    ...
    holdfast_web.fit.assessment.taking.WrongData: rule a: unknown colour.
    """

    def __init__(self, table: object, place: str) -> None:
        if not isinstance(table, Mapping):
            raise WrongData(f"{place}: write a table with named values.")
        self._left: dict[str, Any] = dict(table)
        self._place = place

    def text(self, key: str, otherwise: str | None = None) -> str:
        """Return a text, its line breaks made spaces; without a default it must be there."""
        value = self._left.pop(key, otherwise)
        if not isinstance(value, str) or (otherwise is None and not value.strip()):
            raise WrongData(f"{self._place}: {key} should be a text.")
        return " ".join(value.split())

    def one_of(self, key: str, known: Collection[str]) -> str:
        """Return one of several words."""
        value = self.text(key)
        if value not in known:
            raise WrongData(f"{self._place}: {key} is {value!r}. Known: {', '.join(known)}.")
        return value

    def truth(self, key: str, *, otherwise: bool = False) -> bool:
        """Return a yes or no."""
        value = self._left.pop(key, otherwise)
        if not isinstance(value, bool):
            raise WrongData(f"{self._place}: {key} should be true or false.")
        return value

    def number(self, key: str) -> float | None:
        """Return a number, or ``None`` where there is none."""
        value = self._left.pop(key, None)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise WrongData(f"{self._place}: {key} should be a number.")
        return value

    def texts(self, key: str) -> list[str]:
        """Return a list of texts; none if it is not there."""
        value = self._left.pop(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise WrongData(f"{self._place}: {key} should be a list of texts.")
        return value

    def table(self, key: str) -> Mapping[str, Any]:
        """Return a table that must be there."""
        value = self._left.pop(key, None)
        if not isinstance(value, Mapping):
            raise WrongData(f"{self._place}: {key} should be a table.")
        return value

    def tables(self, key: str) -> list[Mapping[str, Any]]:
        """Return a list of tables that must not be empty."""
        value = self._left.pop(key, None)
        good = isinstance(value, list) and all(isinstance(one, Mapping) for one in value)
        if not good or not value:
            raise WrongData(f"{self._place}: {key} should be a list of tables.")
        return list(value)

    def done(self) -> None:
        """Refuse what nobody has taken."""
        if self._left:
            raise WrongData(f"{self._place}: unknown {', '.join(sorted(self._left))}.")
