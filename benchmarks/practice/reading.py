"""Measures reading: ``python -m benchmarks.practice.reading``. From an upload to its findings.

Transcripts of fifty made-up minutes are brought in by the practice's own pages, and read by a real
worker in a process of its own; ten at once by one therapist, with a single one of another behind
them. Seconds by the clock, and the worker's own seconds of processor, which other work on the
machine doesn't stretch as much.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.machine import machine
from benchmarks.practice.home import new_home

if TYPE_CHECKING:
    from benchmarks.practice.heard import Therapist

AIM_SECONDS = 10.0
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def main() -> None:
    """Make a practice, start a worker, bring transcripts in, print how long they took."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=50, help="length of a session")
    options.add_argument("--at-once", type=int, default=10, help="uploads of one therapist")
    given = options.parse_args()
    with new_home():
        from django.core.management import call_command

        from holdfast_web.vault.keys import opened

        call_command("collectstatic", verbosity=0, interactive=False)
        with opened():
            _measure(given.minutes, given.at_once)
    print(json.dumps(machine()))


def _measure(minutes: float, at_once: int) -> None:
    from benchmarks.practice.heard import Therapist, a_practice

    a_practice()
    one = Therapist.new("one", sessions=at_once + 2)
    other = Therapist.new("other", sessions=1)
    with _worker() as worker:
        print(f"{'':38}{'seconds':>9}{'processor':>11}{'aim':>6}")
        for name in ("first (the model is loaded)", "second"):
            busy, begun = _processor(worker), time.perf_counter()
            one.upload(minutes)
            one.wait()
            took = time.perf_counter() - begun
            _, found = one.findings()
            line = f"Upload to findings, {name}"
            spent = _processor(worker) - busy
            print(f"{line:38}{took + found:>9.1f}{spent:>11.1f}{AIM_SECONDS:>6.0f}")
        print(f"  of it the page of findings: {found:.2f} s")
        _at_once(one, other, minutes, at_once, worker)
        print(f"The worker held {_megabytes(worker):.0f} MB.")


def _at_once(one: Therapist, other: Therapist, minutes: float, at_once: int, worker: int) -> None:
    busy, begun = _processor(worker), time.perf_counter()
    for _ in range(at_once):
        one.upload(minutes)
    print(f"{at_once} uploads at once were brought in after {time.perf_counter() - begun:.1f} s")
    waited = time.perf_counter()
    other.upload(minutes)
    other.wait()
    waited = time.perf_counter() - waited
    left = one.left()
    one.wait()
    took = time.perf_counter() - begun
    print(f"All of them read: {took:.1f} s, {_processor(worker) - busy:.1f} s of processor")
    print(f"The single one of another, behind them: {waited:.1f} s")
    print(f"  when it was read, {left} of the {at_once} still waited")


@contextmanager
def _worker() -> Iterator[int]:
    command = [sys.executable, "-m", "holdfast", "worker"]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        time.sleep(2)  # it stands ready, as in a practice
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)


def _processor(pid: int) -> float:
    """Return the seconds of processor that a process has used."""
    told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / TICKS


def _megabytes(pid: int) -> float:
    told = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    (peak,) = (line.split()[1] for line in told.splitlines() if line.startswith("VmHWM"))
    return int(peak) * 1024 / 1e6


if __name__ == "__main__":
    main()
