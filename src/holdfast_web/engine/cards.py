"""The card that comes with a signal, and the rule that the signal follows."""

from __future__ import annotations

from holdfast.instruments.words import small
from holdfast.trajectories.cards import Card, CardError, Evidence, card
from holdfast.trajectories.rules import Rule, rule

__all__ = ["Card", "CardError", "Evidence", "Rule", "card_of", "not_meaning", "rule_of"]


def card_of(name: str) -> Card:
    """Return the card of a signal.

    Parameters
    ----------
    name
        Of the signal, as :class:`Noticed` has it.

    Raises
    ------
    CardError
        If there is none.

    Examples
    --------
    >>> card_of("strong_dip").title
    'A much lower check-in than last time'
    """
    return card(rule_of(name).card)


def rule_of(name: str) -> Rule:
    """Return the rule that a signal follows: its formula, its source and its limits.

    Raises
    ------
    CardError
        If no rule has that name.

    Examples
    --------
    >>> rule_of("dip").checked
    'checked'
    """
    try:
        return rule(name)
    except KeyError:
        raise CardError(f"There is no signal {name!r}.") from None


def not_meaning(name: str) -> str:
    """Say what a signal does not mean, as it stands after a colon.

    Examples
    --------
    >>> not_meaning("repaired")
    'that all is said. A rating can come back before a person does.'
    """
    return small(rule_of(name).not_meaning)
