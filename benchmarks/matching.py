"""Measures matching: ``python -m benchmarks.matching``. Prints a table beside the aim."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from statistics import median

import numpy as np

from benchmarks.machine import machine
from holdfast_web.engine.preferences import wish_scales
from holdfast_web.fit.assessment.questions import shipped_questions
from holdfast_web.fit.matching import Offer, Seeker, Waiting, assign, candidates_for, fits_of
from holdfast_web.fit.practical import LANGUAGES, PLACES, TIMES

AIM_SECONDS = 2.0


def main() -> None:
    """Make a waiting list, share its places some times, print how long it took."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--clients", type=int, default=500)
    options.add_argument("--therapists", type=int, default=50)
    options.add_argument("--free", type=int, default=8, help="free places of each, at most")
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    draw = np.random.default_rng(7)
    people = [_waiting(str(n), draw) for n in range(given.clients)]
    offers = [_offer(str(n), draw, given.free) for n in range(given.therapists)]
    seekers = [one.seeker for one in people]
    took = [_seconds(lambda: assign(people, offers)) for _ in range(given.rounds)]
    one = _seconds(lambda: candidates_for(seekers[0], offers, seed="a"))
    fits = _seconds(lambda: fits_of(seekers, offers))
    free = sum(offer.free for offer in offers)
    print("| What | Measured | Aim |")
    print("|---|---|---|")
    print(
        f"| {len(people)} people, {len(offers)} therapists, {free} free places: the plan "
        f"| {median(took):.2f} s (slowest {max(took):.2f}) | {AIM_SECONDS:g} s |"
    )
    print(f"| of it limits and fit of everybody with everybody | {fits:.2f} s | |")
    print(f"| Candidates with reasons for one person | {one * 1000:.0f} ms | |")
    print(f"| Who begins, of {len(people)} | {len(assign(people, offers).pairs)} | |")
    print(json.dumps(machine()))


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _waiting(key: str, draw: np.random.Generator) -> Waiting:
    problems = [one.key for one in shipped_questions().problems]
    seeker = Seeker(
        key=key,
        languages=frozenset(draw.choice(list(LANGUAGES)[:6], 1)),
        times=frozenset(draw.choice(list(TIMES), 4, replace=False)),
        places=frozenset(draw.choice(list(PLACES), 2, replace=False)),
        only=str(draw.choice(["", "", "", "", "woman"])),
        problems=tuple(draw.choice(problems, 3, replace=False)),
        wishes={
            name: float(draw.integers(-scale.reach, scale.reach + 1))
            for name, scale in wish_scales().items()
        },
    )
    return Waiting(seeker, days=int(draw.integers(0, 200)), urgency=int(draw.integers(0, 3)))


def _offer(key: str, draw: np.random.Generator, free: int) -> Offer:
    problems = [one.key for one in shipped_questions().problems]
    return Offer(
        key=key,
        languages=frozenset(draw.choice(list(LANGUAGES)[:6], 3, replace=False)),
        times=frozenset(draw.choice(list(TIMES), 8, replace=False)),
        places=frozenset(draw.choice(list(PLACES), 2, replace=False)),
        gender=str(draw.choice(["woman", "man"])),
        focus=frozenset(draw.choice(problems, 5, replace=False)),
        ways={name: float(draw.integers(-3, 4)) for name in wish_scales()},
        free=int(draw.integers(0, free + 1)),
    )


if __name__ == "__main__":
    main()
