"""Facts of an instrument in words, for pages and terminals alike."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from holdfast.instruments.definition import Checked
from holdfast.instruments.scales import Condition

CHECKED: Mapping[Checked, str] = MappingProxyType(
    {
        Checked.YES: "checked",
        Checked.SECOND_HAND: "second hand",
        Checked.NO: "unchecked",
        Checked.COMPUTED: "computed",
        Checked.CHOICE: "our choice",
    }
)
"""How far a fact was compared with its source, in a word or two."""

CHECKED_IN_FULL: Mapping[Checked, str] = MappingProxyType(
    {
        Checked.YES: "we compared it with the source: mostly an abstract, a table or a page",
        Checked.SECOND_HAND: "we compared it with a page that quotes the source",
        Checked.NO: "common in the field; we have not looked it up",
        Checked.COMPUTED: "follows by formula from figures that have a source of their own",
        Checked.CHOICE: "our own decision; it claims no evidence",
    }
)
"""The same in a sentence."""

UNVALIDATED = "Unvalidated: nobody has studied yet how well it measures."
"""Stands wherever such an instrument's score does."""


def condition_in_words(condition: Condition) -> str:
    """Say a condition in words.

    Examples
    --------
    >>> condition_in_words(Condition(("q1", "q9"), (2, 1), count=2))
    'at least 2 of q1 (2 or more), q9 (1 or more)'
    >>> condition_in_words(Condition(("q1",), (1,)))
    'q1 is 1 or more'
    """
    if len(condition.items) == 1:
        return f"{condition.items[0]} is {condition.at_least[0]:g} or more"
    if len(set(condition.at_least)) == 1:
        return f"at least {condition.count} of {', '.join(condition.items)} {_are(condition)}"
    pairs = zip(condition.items, condition.at_least, strict=True)
    each = ", ".join(f"{item} ({value:g} or more)" for item, value in pairs)
    return f"at least {condition.count} of {each}"


def small(sentence: str) -> str:
    """Return a sentence as it stands after a colon; a name such as "PTSD" keeps its capitals.

    Examples
    --------
    >>> small("A diagnosis."), small("PTSD in people who lived through a trauma.")
    ('a diagnosis.', 'PTSD in people who lived through a trauma.')
    """
    first = sentence.partition(" ")[0]
    if first[1:] != first[1:].lower():
        return sentence
    return sentence[:1].lower() + sentence[1:]


def _are(condition: Condition) -> str:
    verb = "is" if condition.count == 1 else "are"
    return f"{verb} {condition.at_least[0]:g} or more"
