"""In this process: nothing is started, and what every other executor is compared with."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.corpus.batch import Batch
from holdfast.corpus.executor import Waiting
from holdfast.corpus.settings import Settings
from holdfast.corpus.tables import Tables
from holdfast.corpus.work import Worker


class Inline:
    """Codes batches one after another; the model uses every core."""

    name = "in-process"
    workers = 1

    def __init__(self, settings: Settings) -> None:
        self._work = Worker(settings)

    def run(self, batches: Iterator[Batch]) -> Iterator[Tables]:
        """Yield the rows of each batch."""
        waiting = Waiting(batches)
        while (batch := waiting.take()) is not None:
            try:
                done: Tables | None = self._work(batch)
            except MemoryError:
                done = waiting.lost(batch)
            if done is not None:
                yield done
