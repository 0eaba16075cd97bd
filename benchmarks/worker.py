"""One contender in a process of its own: ``python -m benchmarks.worker NAME MINUTES SEED SMOKE``.

It loads, says so, and then does its work once for every line on standard input. Processes of
their own keep one library's waiting threads out of another's time.
"""

from __future__ import annotations

import json
import os
import sys
from time import perf_counter
from typing import TextIO

from benchmarks.contenders import CONTENDERS, Work
from benchmarks.memory import own_peak_megabytes
from holdfast.testing import synthetic_session


def main() -> None:
    """Load the contender, then run it whenever a line comes."""
    name, minutes, seed, smoke = sys.argv[1:]
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what libraries print is no answer
    work = _load(name, float(minutes), int(seed), smoke == "smoke", answers)
    if work is None:
        return
    for _ in sys.stdin:
        begun = perf_counter()
        work.run()
        seconds = (perf_counter() - begun) / work.share
        _answer(answers, seconds=seconds, megabytes=own_peak_megabytes())


def _load(name: str, minutes: float, seed: int, smoke: bool, answers: TextIO) -> Work | None:
    try:
        work = CONTENDERS[name](synthetic_session(minutes, seed), smoke=smoke)
        work.run()  # the first run warms caches and is not timed
    except ImportError as missing:
        _answer(answers, missing=str(missing))
        return None
    _answer(answers, note=work.note)
    return work


def _answer(answers: TextIO, **values: object) -> None:
    print(json.dumps(values), file=answers, flush=True)


if __name__ == "__main__":
    main()
