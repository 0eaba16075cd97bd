"""Actions and clinical reads that can't happen without their witness.

``@action`` runs a change and its event in one transaction. ``@clinical_read`` writes the event
before anything leaves the program. Both refuse, as a mistake in our code, when there is none.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ParamSpec, Protocol, TypeVar
from uuid import UUID

from django.db import models, transaction

from holdfast_web.audit.chain import Entry, append
from holdfast_web.lib.refusals import Unwitnessed

P = ParamSpec("P")
R = TypeVar("R")

_written: ContextVar[int] = ContextVar("events_written", default=0)
_acting: ContextVar[bool] = ContextVar("in_an_action", default=False)
_gathered: ContextVar[list[Entry] | None] = ContextVar("events_gathered", default=None)


class Actor(Protocol):
    """Whoever acts or looks: anything with an id."""

    @property
    def pk(self) -> Any:
        """The id."""


def witness(
    what: str,
    *,
    by: Actor | None,
    client_id: UUID | None = None,
    subject: models.Model | None = None,
    **facts: Any,
) -> None:
    """Write one event.

    Parameters
    ----------
    what
        Object and verb in the past tense: ``"goal.added"``. Each has its sentence in
        ``audit/words.toml``.
    by
        Who; ``None`` for the practice's own clockwork.
    client_id
        About whom, where it is about a client.
    subject
        The row.
    facts
        Numbers, ids, names of rules; never clinical text.
    """
    witness_each(what, by=by, client_ids=(client_id,), subject=subject, **facts)


def witness_each(
    what: str,
    *,
    by: Actor | None,
    client_ids: Iterable[UUID | None],
    subject: models.Model | None = None,
    **facts: Any,
) -> None:
    """Write the same event for each of several clients."""
    named = f"{subject._meta.label_lower}:{subject.pk}" if subject is not None else ""
    entries = [
        Entry(what, by.pk if by is not None else None, client_id, named, facts)
        for client_id in client_ids
    ]
    gathered = _gathered.get()
    if gathered is None or _acting.get():
        append(entries)
    else:
        gathered.extend(entries)
    _written.set(_written.get() + max(1, len(entries)))


@contextmanager
def one_writing() -> Iterator[None]:
    """Write the events of all reads in the block at once, at its end; actions write their own.

    Whoever uses it must let nothing out before the block has ended (``audit.middleware``).
    """
    entries: list[Entry] = []
    token = _gathered.set(entries)
    try:
        yield
    finally:
        _gathered.reset(token)
        if entries:
            append(entries)


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function an action: all or nothing, and not without an event."""

    @functools.wraps(function)
    def act(*args: P.args, **kwargs: P.kwargs) -> R:
        token = _acting.set(True)
        try:
            with transaction.atomic():
                return _watched(function, *args, **kwargs)
        finally:
            _acting.reset(token)

    act.witnessed = True  # type: ignore[attr-defined]
    return act


def clinical_read(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function a clinical read: it has left an event when it returns."""

    @functools.wraps(function)
    def read(*args: P.args, **kwargs: P.kwargs) -> R:
        return _watched(function, *args, **kwargs)

    read.witnessed = True  # type: ignore[attr-defined]
    return read


def not_clinical(why: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a query that shows nothing of a client's record, and say why."""

    def mark(function: Callable[P, R]) -> Callable[P, R]:
        function.not_clinical = why  # type: ignore[attr-defined]
        return function

    return mark


def _watched(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    before = _written.get()
    result = function(*args, **kwargs)
    if _written.get() == before:
        raise Unwitnessed(f"{function.__module__}.{function.__qualname__} left no event.")
    return result
