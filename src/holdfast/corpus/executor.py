"""Where batches run: one call, several places. The one in this process is the truth.

An executor takes batches as they come and yields what became of each. A batch whose worker was
lost (killed for want of memory, its machine gone) is tried again in halves; a single session that
loses its worker :data:`TRIES` times becomes a failure, so that the run goes on.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from typing import Protocol

from holdfast.corpus.batch import Batch
from holdfast.corpus.tables import Tables, failure, make_tables

TRIES = 3
LOST = (
    "The worker was lost each time it tried this session, most likely for want of memory. "
    "Try it alone on a machine with more, or split the session."
)


class Executor(Protocol):
    """Runs batches somewhere."""

    name: str
    workers: int

    def run(self, batches: Iterator[Batch]) -> Iterator[Tables]:
        """Yield the rows of each batch, in the order in which they are done."""


class Waiting:
    """Batches to be done: those that were lost first, then new ones.

    Examples
    --------
    >>> from holdfast.corpus.batch import Item
    >>> from holdfast.session import Session
    >>> two = Batch((Item("a", None, Session(())), Item("b", None, Session(()))))
    >>> waiting = Waiting(iter([two]))
    >>> waiting.lost(waiting.take())
    >>> [item.source for item in waiting.take().items]
    ['a']
    """

    def __init__(self, batches: Iterator[Batch]) -> None:
        self._new = batches
        self._again: deque[Batch] = deque()
        self._tries: Counter[str] = Counter()

    def take(self) -> Batch | None:
        """Return the next batch, ``None`` when there is none left."""
        return self._again.popleft() if self._again else next(self._new, None)

    def any(self) -> bool:
        """Whether there is a batch left; looks one ahead."""
        if not self._again and (following := next(self._new, None)) is not None:
            self._again.append(following)
        return bool(self._again)

    def lost(self, batch: Batch) -> Tables | None:
        """Take back a lost batch in halves; return a failure for a session tried too often."""
        if len(batch.items) > 1:
            self._again.extend(batch.halves())
            return None
        (item,) = batch.items
        self._tries[item.session_id] += 1
        if self._tries[item.session_id] < TRIES:
            self._again.append(batch)
            return None
        return make_tables(failures=[failure(item.source, item.conversation, "memory", LOST)])
