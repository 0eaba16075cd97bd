"""``python -m benchmarks.corpus_ceiling``: what the machine itself gives for a second process.

Two cores are seldom twice one: they share memory, cache, heat, and in a rented machine the one
physical core that both may be threads of. So the same work is done by one bare process, then by
two at once, without any code of a corpus: once a loop of whole numbers, which touches no memory,
once the model's graph on one core. What a corpus loses beyond these is its own.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from statistics import fmean

KINDS = ("loop", "model")
SECONDS = 4.0
"""How long one process works alone, about."""

BARE = """
import sys
from time import perf_counter
def loop():
    n = 0
    for i in range(400_000):
        n = (n * 31 + i) % 1_000_003
def graph():
    import numpy as np
    from holdfast.coding import encode
    from holdfast.runtime import load_model
    from holdfast.testing import synthetic_session
    model, fed = load_model(threads=1), []
    class Kept:
        card, tokenise = model.card, model.tokenise
        def run(self, *feed):
            fed.append(feed)
            return model.run(*feed)
    encode.session_logits(synthetic_session(2), Kept())
    return lambda: [model.run(*feed) for feed in fed]
work = loop if sys.argv[1] == "loop" else graph()
work()
def timed(times):
    begun = perf_counter()
    for _ in range(times):
        work()
    return perf_counter() - begun
print(timed(1), flush=True)
for line in sys.stdin:
    print(timed(int(line)), flush=True)
"""


def ceiling(kind: str, processes: int = 2, seconds: float = SECONDS) -> float:
    """Return the share of ``processes`` times one that so many bare processes reach.

    Parameters
    ----------
    kind
        ``"loop"`` or ``"model"``.
    processes
        How many work at once.
    seconds
        How long each works, about.
    """
    bare = [_start(kind) for _ in range(processes)]
    try:
        once = min(float(_line(one)) for one in bare)
        times = max(1, round(seconds / once))
        # Alone before and after, since what else the machine does changes meanwhile.
        before = _together(bare[:1], times)
        both = _together(bare, times)
        after = _together(bare[:1], times)
    finally:
        for one in bare:
            one.communicate()
    return fmean((before, after)) / both


def _together(bare: Sequence[subprocess.Popen[str]], times: int) -> float:
    for one in bare:
        if one.stdin is None:
            raise RuntimeError("a process has no input")
        one.stdin.write(f"{times}\n")
        one.stdin.flush()
    return fmean(float(_line(one)) for one in bare)


def _start(kind: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", BARE, kind],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _line(process: subprocess.Popen[str]) -> str:
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        raise RuntimeError("a bare process ended early")
    return line


def main() -> None:
    """Print both, twice."""
    for _ in range(2):
        for kind in KINDS:
            print(f"{kind}: {ceiling(kind):.2f}", flush=True)


if __name__ == "__main__":
    main()
