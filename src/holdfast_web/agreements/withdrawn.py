"""Tells the rest of the practice what was agreed anew, or taken back, while it happens."""

from __future__ import annotations

from typing import Protocol

from holdfast_web.accounts.models import Person
from holdfast_web.care.models import Client


class Listener(Protocol):
    """What obeys at once when a consent is gone."""

    def __call__(self, *, by: Person, client: Client, kind: str) -> None:
        """Close or remove what stood on the consent."""


class Successor(Protocol):
    """What follows another agreement, once it holds."""

    def __call__(self, *, client: Client) -> None:
        """Bring what is there in line with it."""


class Teller(Protocol):
    """What knows beforehand what a no would remove or close."""

    def __call__(self, *, client: Client, kind: str) -> str:
        """Say it to the client in plain words; an empty text where nothing would go."""


_listeners: list[Listener] = []
_tellers: list[Teller] = []
_successors: list[Successor] = []


def when_withdrawn(listener: Listener) -> Listener:
    """Have a function called whenever a client says no, or takes a yes back."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def tell_withdrawn(*, by: Person, client: Client, kind: str) -> None:
    """Tell everybody who wants to know, before the action that says no has ended."""
    for listener in _listeners:
        listener(by=by, client=client, kind=kind)


def when_foretold(teller: Teller) -> Teller:
    """Have a function asked before a client says no."""
    if teller not in _tellers:
        _tellers.append(teller)
    return teller


def foretell(*, client: Client, kind: str) -> str:
    """Say to a client what a no would remove or close at once."""
    return " ".join(filter(None, (teller(client=client, kind=kind) for teller in _tellers)))


def when_accepted(successor: Successor) -> Successor:
    """Have a function called whenever another version of an agreement comes to hold."""
    if successor not in _successors:
        _successors.append(successor)
    return successor


def tell_accepted(*, client: Client) -> None:
    """Tell everybody who follows an agreement, before the action that accepts it has ended."""
    for successor in _successors:
        successor(client=client)
