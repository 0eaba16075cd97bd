"""Actions and clinical reads that can't happen without their witness.

``@action`` runs a change and its events in one transaction. ``@clinical_read`` writes the event
before anything leaves the program. Both refuse, as a mistake in our code, when there is none.

Whoever writes to the chain keeps everybody else waiting, so an action writes its events together,
at its end, and so does a request with what it read.
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
_of_action: ContextVar[list[Entry] | None] = ContextVar("events_of_an_action", default=None)
_of_reads: ContextVar[list[Entry] | None] = ContextVar("events_of_reads", default=None)


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
    done = _of_action.get()
    gathered = done if done is not None else _of_reads.get()
    if gathered is None:
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
    try:
        with _gathering(_of_reads, entries):
            yield
    finally:
        if entries:
            append(entries)


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function an action: all or nothing, and not without an event.

    The events of an action within another are written with those of the other, if it succeeds.
    """

    @functools.wraps(function)
    def act(*args: P.args, **kwargs: P.kwargs) -> R:
        entries: list[Entry] = []
        outer = _of_action.get()
        with transaction.atomic():
            with _gathering(_of_action, entries):
                result = _watched(function, *args, **kwargs)
            if outer is None and entries:
                append(entries)
        if outer is not None:
            outer.extend(entries)
        return result

    act.witnessed = True  # type: ignore[attr-defined]
    return act


@contextmanager
def _gathering(place: ContextVar[list[Entry] | None], entries: list[Entry]) -> Iterator[None]:
    token = place.set(entries)
    try:
        yield
    finally:
        place.reset(token)


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
