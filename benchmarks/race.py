"""Times the contenders in turn, round by round, so that a busy minute hits all of them alike."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

PROJECT = Path(__file__).parents[1]
QUIET = {**os.environ, "HF_HUB_OFFLINE": "1", "TQDM_DISABLE": "1"}
Report = Callable[[str], None]


@dataclass(slots=True)
class Times:
    """What one contender needed.

    Attributes
    ----------
    name
        Its name in ``benchmarks.contenders``.
    seconds
        For the whole session, one for each round.
    megabytes
        The most memory that its process held.
    note
        What was run; or, if it could not be, why not.
    """

    name: str
    seconds: list[float] = field(default_factory=list)
    megabytes: float = 0.0
    note: str = ""

    @property
    def median(self) -> float | None:
        """The middle of all rounds, ``None`` where it did not run."""
        return median(self.seconds) if self.seconds else None


def race(
    names: Sequence[str], *, minutes: float, seed: int, rounds: int, smoke: bool, report: Report
) -> dict[str, Times]:
    """Return the times of all contenders; each round begins with another one."""
    times = {name: Times(name) for name in names}
    with ExitStack() as stack:
        running = {}
        for name in names:
            report(f"loading {name}")
            worker = stack.enter_context(_worker(name, minutes, seed, smoke=smoke))
            greeting = _heard(worker, name)
            missing = f"not run: {greeting.get('missing')}; make bench installs it"
            times[name].note = str(greeting.get("note") or missing)
            if "note" in greeting:
                running[name] = worker
        for turn in range(rounds):
            for name in _turned(list(running), turn):
                report(f"round {turn + 1} of {rounds}: {name}")
                _run(running[name], times[name])
    return times


def _run(worker: subprocess.Popen[str], times: Times) -> None:
    if worker.stdin is None:
        raise RuntimeError("the worker has no input")
    print(file=worker.stdin, flush=True)
    answer = _heard(worker, times.name)
    times.seconds.append(float(str(answer["seconds"])))
    times.megabytes = max(times.megabytes, float(str(answer["megabytes"])))


def _heard(worker: subprocess.Popen[str], name: str) -> dict[str, object]:
    line = worker.stdout.readline() if worker.stdout else ""
    if not line:
        raise RuntimeError(
            f"{name} stopped with status {worker.wait()} and without an answer. "
            "What it said stands above; a negative status is a signal (-9: killed, "
            "often for want of memory)."
        )
    answer: dict[str, object] = json.loads(line)
    return answer


def _turned(names: list[str], by: int) -> list[str]:
    by %= max(len(names), 1)
    return names[by:] + names[:by]


@contextmanager
def _worker(
    name: str, minutes: float, seed: int, *, smoke: bool
) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "benchmarks.worker", name, str(minutes), str(seed)]
    command.append("smoke" if smoke else "full")
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=PROJECT, env=QUIET
    ) as worker:
        try:
            yield worker
        finally:
            worker.kill()
