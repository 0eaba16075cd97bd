"""A worker that dies takes nothing with it but its batch, which is done again, smaller."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from holdfast.corpus.batch import Batch, Item
from holdfast.corpus.executor import TRIES, Waiting
from holdfast.corpus.inline import Inline
from holdfast.corpus.processes import Processes
from holdfast.corpus.settings import Settings
from holdfast.corpus.tables import Tables
from holdfast.testing import synthetic_session


def batch(*seeds: int) -> Batch:
    return Batch(tuple(Item(f"{seed}", None, synthetic_session(1, seed)) for seed in seeds))


def sources(done: list[Tables]) -> list[str]:
    return sorted(one for each in done for one in each.sessions["source"].to_pylist())


def test_a_lost_batch_comes_back_in_halves() -> None:
    waiting = Waiting(iter(()))
    assert waiting.lost(batch(1, 2, 3)) is None
    again = [waiting.take(), waiting.take()]
    assert [len(one.items) for one in again if one] == [1, 2]


def test_a_session_that_loses_every_worker_becomes_a_failure() -> None:
    waiting = Waiting(iter(()))
    for _ in range(TRIES - 1):
        assert waiting.lost(batch(1)) is None
        assert waiting.take() is not None
    failed = waiting.lost(batch(1))
    assert failed is not None
    assert failed.failures["kind"].to_pylist() == ["memory"]


def test_a_killed_worker_is_replaced() -> None:
    pool = Processes(Settings(), 2)
    killed = []

    def batches() -> Iterator[Batch]:
        yield batch(1, 2)
        yield batch(3)
        victim = next(one for one, work in pool._busy.items() if work is not None)
        killed.append(victim.pid)
        os.kill(victim.pid, signal.SIGKILL)
        yield batch(4)

    assert sources(list(pool.run(batches()))) == ["1", "2", "3", "4"]
    assert killed


def test_too_little_memory_in_this_process_means_smaller_batches(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    inline = Inline(Settings())
    work = inline._work

    def tight(given: Batch) -> Tables:
        if len(given.items) > 1:
            raise MemoryError
        return work(given)

    monkeypatch.setattr(inline, "_work", tight)
    assert sources(list(inline.run(iter([batch(1, 2, 3)])))) == ["1", "2", "3"]


def test_workers_end_when_the_run_is_given_up() -> None:
    pool = Processes(Settings(), 1)
    done = pool.run(iter([batch(1), batch(2)]))
    next(done)
    (worker,) = pool._busy
    done.close()
    assert worker.poll() is not None
