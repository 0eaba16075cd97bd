"""Measures the practice: ``python -m benchmarks.practice``. Prints a table beside the aims."""

from __future__ import annotations

import argparse
import json
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request

from benchmarks.machine import machine
from benchmarks.practice.home import new_home
from benchmarks.practice.people import CASELOAD, CHECK_IN, RELATIONSHIP, Filled, Times, visit

AIMS = {CASELOAD: 150, RELATIONSHIP: 150, CHECK_IN: 80}
WARM_SECONDS = 8


def main() -> None:
    """Make a practice, serve it, let twenty people in, print how long they waited."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=20)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--think", type=float, default=3.0, help="mean seconds between clicks")
    given = options.parse_args()
    with new_home():
        port = _free_port()
        filled = _filled()
        server, begun = _serve(port)
        try:
            print(f"Start to first page: {_first_page(port, begun):.1f} s")
            visit(port, filled, people=4, seconds=WARM_SECONDS, think=0.2, seed=1)
            for think in (given.think, 0.0):
                begun = time.perf_counter()
                times = visit(port, filled, people=given.people, seconds=given.seconds, think=think)
                _print(times, given.people, think, time.perf_counter() - begun)
        finally:
            server.terminate()
            server.wait(20)
    print(json.dumps(machine()))


def _filled() -> Filled:
    from benchmarks.practice.filled import fill_practice
    from holdfast_web.vault.keys import opened

    with opened():
        return fill_practice()


def _serve(port: int) -> tuple[subprocess.Popen[bytes], float]:
    command = [sys.executable, "-m", "holdfast", "serve", "--port", str(port), "--workers", "2"]
    begun = time.perf_counter()
    return subprocess.Popen(command, stdout=subprocess.DEVNULL), begun


def _first_page(port: int, begun: float) -> float:
    while time.perf_counter() - begun < 60:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/help/", timeout=5).read()
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
        else:
            return time.perf_counter() - begun
    raise SystemExit("The server does not answer.")


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _print(times: Times, people: int, think: float, seconds: float) -> None:
    asked = sum(map(len, times.seconds.values()))
    pause = f"{think:g} s between clicks" if think else "no pause between clicks"
    print(f"\n{people} people, {pause}: {asked / seconds:.1f} requests a second")
    print(f"{'':24}{'n':>6}{'median':>9}{'p95':>9}{'p99':>9}{'aim p95':>9}   (milliseconds)")
    for page, aim in AIMS.items():
        found = sorted(1000 * one for one in times.seconds[page])
        if len(found) < 20:
            print(f"{page:24}{len(found):>6}   too few")
            continue
        cuts = statistics.quantiles(found, n=100)
        print(f"{page:24}{len(found):>6}{cuts[49]:>9.0f}{cuts[94]:>9.0f}{cuts[98]:>9.0f}{aim:>9}")
    if times.wrong:
        print(f"{len(times.wrong)} answers were not as expected, the first: {times.wrong[0]}")


if __name__ == "__main__":
    main()
