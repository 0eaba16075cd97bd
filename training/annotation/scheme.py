"""The codebook as annotators write it: codes, values, and the decision rule of each."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from holdfast.codebooks import Codebook, CodeDefinition, parse_codebook
from training.annotation.sessions import HERE

OPENING = "empathic_opportunity"
FEELING = "feeling"
RESPONSE = "response"


@dataclass(frozen=True, slots=True)
class Scheme:
    """A codebook with what only annotators need: order, reminders, decision rules."""

    codebook: Codebook
    order: tuple[str, ...]
    mind: tuple[str, ...]
    decide: dict[str, str]

    def codes(self) -> dict[str, CodeDefinition]:
        """Return the codes by name."""
        return {code.name: code for code in self.codebook.codes}


@cache
def scheme(path: Path = HERE / "codebook.toml") -> Scheme:
    """Read the annotation codebook."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return Scheme(
        parse_codebook(table, [table]),
        tuple(table["order"]),
        tuple(table["mind"]),
        dict(table["decide"]),
    )


def is_level(code: CodeDefinition) -> bool:
    """Return whether a code's values are levels, with 0 where it is not written."""
    return all(value.name.isdigit() for value in code.values)


def is_bare(code: CodeDefinition) -> bool:
    """Return whether a code is written without a value."""
    return [value.name for value in code.values] == ["present"]
