"""Cards: what a therapist may consider when a signal comes, and what to avoid.

No signal arrives without one. A card names possibilities and never a cause; what it knows from
research carries its source. The words are data (``cards.toml``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from holdfast.errors import HoldfastError
from holdfast.instruments import Checked


class CardError(HoldfastError):
    """A card that nobody wrote, or one that lacks something."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What research says, of groups and never of one client.

    Attributes
    ----------
    claim
        In one to three sentences, with the number of people and the effect where one is named.
    cite, url
        Who says so, and where to read it.
    checked
        How far we compared the claim with its source; on a card always ``Checked.YES``.
    """

    claim: str
    cite: str
    url: str
    checked: Checked


@dataclass(frozen=True, slots=True)
class Card:
    """What to consider when a signal comes.

    Attributes
    ----------
    name, title
        The signal's name, and what a therapist reads above the card.
    about
        ``"alliance"`` or ``"outcome"``.
    safety
        What comes before all else; ``""`` on cards that aren't about getting worse.
    may_mean
        Possibilities, among them harmless ones. Which of them it is, only asking can tell.
    consider
        What one might do: ideas from practice, not proven steps.
    say
        Words to borrow, one after the other or one alone.
    avoid
        What tends to close a conversation.
    supervision
        When to take it there.
    client
        What the client may read, an invitation; ``""`` where nothing is shown.
    sources
        What is known from research.

    Examples
    --------
    >>> card("ceiling").may_mean[0]
    'It is going well.'
    >>> card("skipped").sources[0].claim
    'About one client in five leaves therapy early: 19.7 % in 669 studies with 83,834 clients.'
    """

    name: str
    title: str
    about: str
    safety: str
    may_mean: tuple[str, ...]
    consider: tuple[str, ...]
    say: tuple[str, ...]
    avoid: tuple[str, ...]
    supervision: str
    client: str
    sources: tuple[Evidence, ...]


def card(name: str) -> Card:
    """Return the card of a signal.

    Parameters
    ----------
    name
        The signal's name.

    Raises
    ------
    CardError
        If there is none of that name; the message lists those there are.

    Examples
    --------
    >>> card("dip").title
    'A lower check-in than last time'
    """
    cards = load_cards()
    if name not in cards:
        raise CardError(f"There is no card {name!r}. Known: {', '.join(cards)}.")
    return cards[name]


@cache
def load_cards() -> Mapping[str, Card]:
    """Return all cards by the name of their signal.

    Examples
    --------
    >>> [name for name, one in load_cards().items() if one.about == "outcome"]
    ['worse', 'not-improving', 'discuss', 'off-course']
    """
    text = files("holdfast.trajectories").joinpath("cards.toml").read_text(encoding="utf-8")
    return read_cards(tomllib.loads(text))


def read_cards(table: Mapping[str, Any]) -> Mapping[str, Card]:
    """Build the cards from parsed TOML.

    Parameters
    ----------
    table
        ``evidence``, by name, and a list ``card`` whose ``sources`` are names of evidence.

    Raises
    ------
    CardError
        If a field is missing, empty or unknown, a name stands there twice, or a claim was not
        checked against its source.

    Examples
    --------
    >>> read_cards({"evidence": {"rumour": {"claim": "Tea helps.", "cite": "?", "url": "?",
    ...     "checked": "no"}}, "card": []})
    Traceback (most recent call last):
    ...
    holdfast.trajectories.cards.CardError: evidence rumour: checked is 'no', and cards claim only \
what is 'yes'. Check it, or leave it out.
    """
    evidence = {name: _evidence(name, one) for name, one in table["evidence"].items()}
    cards: dict[str, Card] = {}
    for one in table["card"]:
        made = _card(one, evidence)
        if made.name in cards:
            raise CardError(f"card {made.name}: it stands there twice. Keep one.")
        cards[made.name] = made
    return MappingProxyType(cards)


_LISTS = ("may_mean", "consider", "say", "avoid", "sources")
_TEXTS = ("name", "title", "about", "supervision")
_MAY_BE_EMPTY = ("safety", "client")
_OF_EVIDENCE = ("claim", "cite", "url", "checked")
_ABOUT = ("alliance", "outcome")


def _card(table: Mapping[str, Any], evidence: Mapping[str, Evidence]) -> Card:
    place = f"card {table.get('name', 'without a name')}"
    _refuse_other_keys(place, table, (*_TEXTS, *_MAY_BE_EMPTY, *_LISTS))
    texts = {key: _text(place, table, key) for key in _TEXTS}
    lists = {key: _list(place, table, key) for key in _LISTS}
    if texts["about"] not in _ABOUT:
        raise CardError(f"{place}: about is {texts['about']!r}. Write one of {', '.join(_ABOUT)}.")
    unknown = [name for name in lists["sources"] if name not in evidence]
    if unknown:
        raise CardError(f"{place}: there is no [evidence.{unknown[0]}]. Write it.")
    return Card(
        name=texts["name"],
        title=texts["title"],
        about=texts["about"],
        safety=_text(place, table, "safety", empty=True),
        may_mean=lists["may_mean"],
        consider=lists["consider"],
        say=lists["say"],
        avoid=lists["avoid"],
        supervision=texts["supervision"],
        client=_text(place, table, "client", empty=True),
        sources=tuple(evidence[name] for name in lists["sources"]),
    )


def _evidence(name: str, table: Mapping[str, Any]) -> Evidence:
    place = f"evidence {name}"
    _refuse_other_keys(place, table, _OF_EVIDENCE)
    texts = {key: _text(place, table, key) for key in _OF_EVIDENCE}
    if texts["checked"] != Checked.YES:
        raise CardError(
            f"{place}: checked is {texts['checked']!r}, and cards claim only what is "
            f"{Checked.YES.value!r}. Check it, or leave it out."
        )
    return Evidence(texts["claim"], texts["cite"], texts["url"], Checked.YES)


def _text(place: str, table: Mapping[str, Any], key: str, *, empty: bool = False) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not (empty or _is_words(value)):
        raise CardError(f"{place}: {key} is {value!r}. Write some words.")
    return value.strip()


def _list(place: str, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = table.get(key)
    if not (isinstance(value, list) and value and all(_is_words(one) for one in value)):
        raise CardError(f"{place}: {key} is {value!r}. Write a list of sentences.")
    return tuple(value)


def _is_words(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _refuse_other_keys(place: str, table: Mapping[str, Any], known: Collection[str]) -> None:
    other = sorted(set(table) - set(known))
    if other:
        raise CardError(f"{place}: unknown {', '.join(other)}. Known: {', '.join(sorted(known))}.")
