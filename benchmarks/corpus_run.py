"""One run of ``holdfast corpus analyze`` in processes of its own, watched from outside."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

from benchmarks.machine import busy_seconds
from holdfast.corpus.store import Store

PAGE = os.sysconf("SC_PAGE_SIZE")
SCRIPT = """
import sys
from pathlib import Path
from holdfast.corpus import run
from holdfast.corpus.processes import Processes
run._executor = lambda settings, *_: Processes(settings, int(sys.argv[3]))
from time import perf_counter, process_time
first, begun = [], process_time()
def told(so_far):
    if not first: first.append((perf_counter(), so_far.sessions))
done = run.analyze_corpus(
    [sys.argv[1]], Path(sys.argv[2]), batch_tokens=int(sys.argv[4]), progress=told
)
now = perf_counter()
print((now - first[0][0]) / max(1, done.sessions - first[0][1]), process_time() - begun)
"""
"""``Processes`` also for one worker, so that one and two are measured on the same footing."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run took.

    Attributes
    ----------
    seconds
        On the clock, from start to end.
    steady
        Seconds a session after the first batch: without the start of processes and models.
    processor_seconds
        Of all processes together.
    reading
        Processor seconds of the process that reads and writes.
    megabytes, reader
        The most that all processes held together, and the one that reads and writes.
    others
        How many cores other work used meanwhile: with any, two workers can't be twice one.
    """

    seconds: float
    steady: float
    processor_seconds: float
    reading: float
    megabytes: float
    reader: float
    others: float


def run_corpus(sessions: Path, out: Path, *, processes: int, batch_tokens: int = 4000) -> Ran:
    """Run a corpus and check that all sessions were coded."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun, busy = perf_counter(), busy_seconds()
    command = [
        sys.executable, "-c", SCRIPT, str(sessions), str(out), str(processes), str(batch_tokens),
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        watch = _Watch(process.pid)
        watch.start()
        said, _err = process.communicate()
        seconds = perf_counter() - begun
        watch.over = True
        watch.join()
    together = busy_seconds()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    wanted, got = len(list(sessions.iterdir())), Store(out).read("sessions").num_rows
    if process.returncode or got != wanted:
        raise RuntimeError(f"{got} of {wanted} sessions were coded")
    spent = (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)
    steady, reading = map(float, said.split())
    others = 0.0 if busy is None or together is None else max(0.0, together - busy - spent)
    return Ran(
        seconds, steady, spent, reading, watch.together / 1e6, watch.reader / 1e6, others / seconds
    )


class _Watch(threading.Thread):
    """Looks at a process and its children ten times a second."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.together = self.reader = 0
        self.over = False

    def run(self) -> None:
        """Look until it is over."""
        while not self.over:
            own = _held(self.pid)
            self.reader = max(self.reader, own)
            self.together = max(self.together, own + sum(map(_held, _children(self.pid))))
            sleep(0.1)


def _children(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [int(child) for child in text.split()]


def _held(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0
