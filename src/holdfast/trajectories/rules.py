"""The rules of the signals: thresholds, words and sources, as data.

A family of rules is a file: ``alliance_rules.toml``, ``outcome_rules.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from holdfast.instruments import Checked
from holdfast.instruments.words import CHECKED

ENDING = "_rules.toml"

_TEXTS = ("title", "formula", "source", "checked", "attention", "says", "not_meaning")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a file of rules.

    Attributes
    ----------
    name
        The signal that it makes, or what it is about.
    title
        For a heading.
    formula
        In words.
    source
        Who proposed it.
    checked
        How far that was checked, in the words of :data:`holdfast.instruments.words.CHECKED`. A
        file has one of :class:`holdfast.instruments.Checked`.
    attention
        ``"alert"`` if it calls attention by itself, ``"note"`` if it stands there for who looks.
    says
        The reason that a therapist reads, with the figures' names in braces; ``""`` for a rule
        that makes no signal.
    not_meaning
        What the signal does not mean.
    card
        Name of the card that comes with its signals; ``""`` for a rule that makes none.
    amounts
        The thresholds by name; units are in the formula.

    Examples
    --------
    >>> rule("dip")["sds"], rule("dip").checked, rule("dip").card
    (1.0, 'checked', 'dip')
    """

    name: str
    title: str
    formula: str
    source: str
    checked: str
    attention: str
    says: str
    not_meaning: str
    card: str
    amounts: Mapping[str, float]

    @property
    def is_alert(self) -> bool:
        """Whether it calls attention by itself."""
        return self.attention == "alert"

    def __getitem__(self, amount: str) -> float:
        return self.amounts[amount]


@cache
def load_rules(family: str = "alliance") -> dict[str, Rule]:
    """Return the rules of a family by name.

    Examples
    --------
    >>> sorted(load_rules())[:3]
    ['ceiling', 'control_limit', 'control_warning']
    """
    text = files(__package__).joinpath(f"{family}{ENDING}").read_text(encoding="utf-8")
    return {name: _rule(name, table) for name, table in tomllib.loads(text).items()}


@cache
def rule(name: str) -> Rule:
    """Return one rule of any family.

    Raises
    ------
    KeyError
        If no family has it.

    Examples
    --------
    >>> rule("slide").title
    'Slide'
    """
    for rules in map(load_rules, _families()):
        if name in rules:
            return rules[name]
    raise KeyError(name)


def _families() -> list[str]:
    names = (file.name for file in files(__package__).iterdir())
    return sorted(name.removesuffix(ENDING) for name in names if name.endswith(ENDING))


def _rule(name: str, table: Mapping[str, Any]) -> Rule:
    texts = {key: str(table[key]).strip() for key in _TEXTS}
    texts["checked"] = CHECKED[Checked(texts["checked"])]
    own_card = name.replace("_", "-") if texts["says"] else ""
    amounts = {
        key: float(value) for key, value in table.items() if key not in _TEXTS and key != "card"
    }
    return Rule(name=name, card=table.get("card", own_card), amounts=amounts, **texts)
