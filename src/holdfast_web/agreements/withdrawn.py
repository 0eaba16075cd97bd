"""Tells the rest of the practice that a client has taken a consent back, while it happens."""

from __future__ import annotations

from typing import Protocol

from holdfast_web.accounts.models import Person
from holdfast_web.care.models import Client


class Listener(Protocol):
    """What obeys at once when a consent is gone."""

    def __call__(self, *, by: Person, client: Client, kind: str) -> None:
        """Close or remove what stood on the consent."""


_listeners: list[Listener] = []


def when_withdrawn(listener: Listener) -> Listener:
    """Have a function called whenever a client says no, or takes a yes back."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def tell_withdrawn(*, by: Person, client: Client, kind: str) -> None:
    """Tell everybody who wants to know, before the action that says no has ended."""
    for listener in _listeners:
        listener(by=by, client=client, kind=kind)
