"""How long measures take: many responses scored, many trajectories followed, in one process."""

from __future__ import annotations

import time
from random import Random

from benchmarks.figures import Figure
from holdfast.instruments import load_instrument, score
from holdfast.testing.courses import simulated_courses
from holdfast.trajectories.reading import Case
from holdfast.trajectories.trajectory import follow_all

RESPONSES, TRAJECTORIES = 100_000, 10_000
SMOKE = 100
SEED = 0


def scoring(*, smoke: bool = False) -> Figure:
    """Return the seconds to score PHQ-9 responses, one in ten with a missing answer."""
    count = RESPONSES // SMOKE if smoke else RESPONSES
    phq9, draw = load_instrument("phq-9"), Random(SEED)
    items = [f"q{number}" for number in range(1, 10)]
    made = []
    for _ in range(count):
        answers: dict[str, float | None] = {one: draw.randint(0, 3) for one in items}
        if draw.random() < 0.1:
            answers[draw.choice(items)] = None
        made.append(answers)
    begun = time.perf_counter()
    for answers in made:
        score(phq9, answers)
    spent = time.perf_counter() - begun
    return Figure("scoring_seconds", f"{count:,} PHQ-9 responses scored", (spent,), "s")


def following(*, smoke: bool = False) -> Figure:
    """Return the seconds to follow alliance courses of 20 sessions, all signals and episodes."""
    count = TRAJECTORIES // SMOKE if smoke else TRAJECTORIES
    form = load_instrument("check-in")
    cases = [Case(one.client, ((form, one),)) for one in simulated_courses(count, SEED)]
    begun = time.perf_counter()
    follow_all(cases)
    spent = time.perf_counter() - begun
    return Figure("following_seconds", f"{count:,} trajectories of 20 sessions", (spent,), "s")
