"""Several processes on this machine, each with the model, fed through pipes.

No sockets and no pickles: a batch goes in as lines of JSON, rows come out as Arrow. A worker whose
parent is gone finds its input closed and ends.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector
from typing import IO

from holdfast.corpus.batch import Batch
from holdfast.corpus.executor import Waiting
from holdfast.corpus.settings import Settings
from holdfast.corpus.tables import Tables
from holdfast.corpus.work import ONE_CORE, Worker
from holdfast.errors import HoldfastError

WIDTH = 8
READY = b"ready"
NEVER_BEGAN = 3
COMMAND = "from holdfast.corpus.processes import serve; serve()"


class Processes:
    """Keeps some worker processes busy."""

    name = "processes"

    def __init__(self, settings: Settings, workers: int) -> None:
        self.workers = workers
        self._settings = settings
        self._selector = DefaultSelector()
        self._busy: dict[subprocess.Popen[bytes], Batch | None] = {}
        self._stillborn = 0

    def run(self, batches: Iterator[Batch]) -> Iterator[Tables]:
        """Yield the rows of each batch as it is done.

        Raises
        ------
        HoldfastError
            If workers die before they have loaded the model.
        """
        waiting = Waiting(batches)
        try:
            for _ in range(self.workers):
                self._start()
            while self._busy:
                for key, _ in self._selector.select():
                    worker: subprocess.Popen[bytes] = key.data
                    done = self._heard(worker, waiting)
                    if done is not None:
                        yield done
                waiting.any()  # the next batch is read while all workers are busy
        finally:
            for worker in list(self._busy):
                self._end(worker, kill=True)

    def _heard(self, worker: subprocess.Popen[bytes], waiting: Waiting) -> Tables | None:
        answer = read(_pipe(worker.stdout))
        batch = self._busy[worker]
        if answer is None:
            self._end(worker, kill=True)
            return self._replace(batch, waiting)
        done = Tables.from_bytes(answer) if batch is not None else None
        self._feed(worker, waiting.take())
        return done

    def _replace(self, batch: Batch | None, waiting: Waiting) -> Tables | None:
        """Start another worker in place of a lost one; its batch is done again, smaller."""
        if batch is None:
            self._stillborn += 1
            if self._stillborn >= NEVER_BEGAN:
                raise HoldfastError(
                    "The workers end before they have loaded the model. Is there memory for "
                    f"{self.workers} of them (about 0.3 GB each)? Try --workers 1."
                )
        self._start()
        return waiting.lost(batch) if batch is not None else None

    def _start(self) -> None:
        worker = subprocess.Popen(  # noqa: S603 - our own code
            [sys.executable, "-c", COMMAND, self._settings.as_text()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **ONE_CORE},
            bufsize=0,
        )
        self._busy[worker] = None
        self._selector.register(_pipe(worker.stdout), EVENT_READ, worker)

    def _feed(self, worker: subprocess.Popen[bytes], batch: Batch | None) -> None:
        if batch is None:
            self._end(worker)
            return
        self._busy[worker] = batch
        with suppress(BrokenPipeError):  # it is gone, which its closed output says next
            write(_pipe(worker.stdin), batch.as_bytes())

    def _end(self, worker: subprocess.Popen[bytes], *, kill: bool = False) -> None:
        self._busy.pop(worker)
        self._selector.unregister(_pipe(worker.stdout))
        if kill:
            worker.kill()
        for pipe in (worker.stdin, worker.stdout):
            _pipe(pipe).close()
        worker.wait()


def serve() -> None:
    """Be a worker: load the model, then answer every batch on standard input with its rows."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what libraries print is no answer
    try:
        work = Worker(Settings.from_text(sys.argv[1]), threads=1)
        write(answers, READY)
        while (data := read(sys.stdin.buffer)) is not None:
            write(answers, work(Batch.from_bytes(data)).as_bytes())
    except (BrokenPipeError, KeyboardInterrupt):
        pass  # whoever asked is gone, or has stopped us


def write(pipe: IO[bytes], data: bytes) -> None:
    """Write some bytes after their length."""
    left = memoryview(len(data).to_bytes(WIDTH, "big") + data)
    while left:
        left = left[pipe.write(left) :]
    pipe.flush()


def read(pipe: IO[bytes]) -> bytes | None:
    """Return the bytes that :func:`write` wrote, ``None`` if the other side is gone."""
    header = _exactly(pipe, WIDTH)
    return None if header is None else _exactly(pipe, int.from_bytes(header, "big"))


def _exactly(pipe: IO[bytes], count: int) -> bytes | None:
    got = bytearray()
    while len(got) < count:
        piece = pipe.read(count - len(got))
        if not piece:
            return None
        got += piece
    return bytes(got)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise RuntimeError("a worker has no pipe")
    return pipe
