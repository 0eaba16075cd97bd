"""On a Ray cluster: the same work, in actors that hold the model, wherever there is a core.

Ray keeps the machines; which batch goes where, and what happens to one that was lost, is decided
here as in :mod:`holdfast.corpus.processes`. A batch goes only to a worker that has said it is
ready, so a worker that waits for a machine that never comes back holds nothing up. Ray ends a
worker before its machine is out of memory; here that is a worker lost like any other.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from typing import Any

from holdfast.corpus.batch import Batch
from holdfast.corpus.executor import Waiting
from holdfast.corpus.extras import need_cluster
from holdfast.corpus.settings import Settings
from holdfast.corpus.tables import Tables
from holdfast.errors import HoldfastError

UNREACHED = (
    "No Ray cluster answers at {}. Is it running, with the same versions of Python and Ray? "
    "Without --address a cluster of this one machine is started."
)
NEVER_BEGAN = 3
NO_ROOM = (
    "The cluster's workers end before they have loaded the model ({}). Is there memory for {} of "
    "them (about 0.5 GB each)? Try fewer with --workers."
)
log = logging.getLogger(__name__)


class Cluster:
    """Keeps a cluster's workers busy.

    Parameters
    ----------
    settings
        What decides the rows.
    address
        Of the cluster's head; without one, a cluster of this machine is started.
    workers
        How many; by default one for each core of the cluster.
    memory
        Bytes that each worker asks of its machine, so that not too many share one.
    """

    name = "ray"

    def __init__(
        self,
        settings: Settings,
        *,
        address: str | None = None,
        workers: int | None = None,
        memory: int = 500_000_000,
    ) -> None:
        need_cluster()
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anybody
        import ray

        if not ray.is_initialized():
            _connect(ray, address)
        self.workers = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
        options = {"num_cpus": 1, "memory": memory, "max_restarts": 0, "max_task_retries": 0}
        self._actor = ray.remote(**options)(Remote)
        self._settings = settings.as_text()
        self._pending: dict[Any, tuple[Any, Batch | None]] = {}
        self._stillborn = 0

    def run(self, batches: Iterator[Batch]) -> Iterator[Tables]:
        """Yield the rows of each batch as it is done."""
        import ray

        waiting = Waiting(batches)
        for _ in range(self.workers):
            self._start()
        working = True
        while working:
            (ready,), _ = ray.wait(list(self._pending), num_returns=1)
            done = self._heard(ready, waiting)
            if done is not None:
                yield done
            working = any(batch is not None for _, batch in self._pending.values())
            working = working or self._starting(waiting)
        for worker, _ in self._pending.values():
            ray.kill(worker)
        self._pending.clear()

    def _starting(self, waiting: Waiting) -> bool:
        """Whether somebody is still to come for whom there is work."""
        return bool(self._pending) and waiting.any()

    def _heard(self, ready: Any, waiting: Waiting) -> Tables | None:  # noqa: ANN401
        import ray

        worker, batch = self._pending.pop(ready)
        try:
            answer = ray.get(ready)
        except ray.exceptions.RayError as error:
            if isinstance(error, ray.exceptions.RayTaskError) and batch is None:
                raise HoldfastError(
                    "A worker of the cluster can't load Holdfast. Install the same version "
                    "on every machine."
                ) from error
            ray.kill(worker)
            return self._replace(batch, waiting, error)
        self._stillborn = 0
        following = waiting.take()
        if following is None:
            ray.kill(worker)
        else:
            self._pending[worker.work.remote(following.as_bytes())] = (worker, following)
        return Tables.from_bytes(answer) if batch is not None else None

    def _replace(self, batch: Batch | None, waiting: Waiting, error: Exception) -> Tables | None:
        """Start another worker in place of a lost one; its batch is done again, smaller."""
        why = type(error).__name__
        if batch is None:
            self._stillborn += 1
            if self._stillborn >= NEVER_BEGAN * self.workers:
                raise HoldfastError(NO_ROOM.format(why, self.workers)) from error
        self._start()
        if batch is None:
            log.info("A worker was lost before it was ready (%s); another is started.", why)
            return None
        log.info("A worker was lost (%s); its %d sessions are done again.", why, len(batch.items))
        return waiting.lost(batch)

    def _start(self) -> None:
        worker = self._actor.remote(self._settings)
        self._pending[worker.ready.remote()] = (worker, None)


class Remote:
    """A worker on some machine of the cluster."""

    def __init__(self, settings: str) -> None:
        from holdfast.corpus.work import ONE_CORE, Worker

        os.environ.update(ONE_CORE)
        self._work = Worker(Settings.from_text(settings), threads=1)

    def ready(self) -> bytes:
        """Say that the model is loaded."""
        return b"ready"

    def work(self, data: bytes) -> bytes:
        """Code a batch."""
        return self._work(Batch.from_bytes(data)).as_bytes()


def _connect(ray: Any, address: str | None) -> None:  # noqa: ANN401 - Ray has no types to speak of
    given: dict[str, Any] = {"log_to_driver": False, "logging_level": "ERROR"}
    if address is None:
        ray.init(include_dashboard=False, **given)
        return
    try:
        ray.init(address=address, **given)
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise HoldfastError(UNREACHED.format(address)) from error
