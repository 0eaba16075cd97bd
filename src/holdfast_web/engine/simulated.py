"""Made-up ratings from the engine's seeded simulator, as single answers; about nobody."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from holdfast.instruments import Item, load_instrument
from holdfast.testing.courses import KnownCourses, simulated_courses
from holdfast.testing.simulation import simulation

Answers = dict[str, int]

SLIDERS = ("goal", "task", "bond", "understood", "safe", "not_judged")
FELT_FIRST = ("understood", "bond", "safe", "not_judged", "task", "goal")
"""Where a strain shows first."""

TRIES = 300


@dataclass(frozen=True, slots=True)
class Simulated:
    """One session as a client rated it and as the therapist guessed it.

    Attributes
    ----------
    answers
        By slider; ``None`` where the check-in was skipped.
    guess
        By slider.
    """

    answers: Answers | None
    guess: Answers


@dataclass(frozen=True, slots=True)
class Course:
    """What a predicate sees of a simulated course: its ratings and how far it falls."""

    ratings: tuple[float, ...]
    onset: int
    repaired_at: int


def simulated_check_ins(
    sessions: int,
    *,
    seed: int,
    changed: Mapping[str, float],
    wanted: Callable[[Course], bool] = lambda _: True,
    guesses_stay: bool = False,
) -> tuple[Simulated, ...]:
    """Simulate the check-ins of one client.

    Parameters
    ----------
    sessions
        How many.
    seed
        Same seed, same answers.
    changed
        What differs from the simulator's own setting.
    wanted
        The first course that it accepts is taken; the very first one if none does.
    guesses_stay
        Whether the therapist's guesses keep to where the course began.

    Examples
    --------
    >>> one = simulated_check_ins(12, seed=4, changed={"skipped": 0.0})[0]
    >>> sorted(one.guess) == sorted(SLIDERS), one.answers == one.guess
    (True, False)
    """
    setting = simulation(**{"sessions": sessions, "sessions_after_onset": 1, **changed})
    known = simulated_courses(TRIES, seed, setting)
    index = next((at for at in range(TRIES) if wanted(_course(known, at))), 0)
    draw = np.random.Generator(np.random.PCG64(seed))
    rows = zip(
        known.ratings[index].tolist(),
        known.lowest_items[index].tolist(),
        known.guesses[index].tolist(),
        strict=True,
    )
    first = float(known.guesses[index][0])
    return tuple(
        Simulated(
            answers=None if value != value else _sliders(value, lowest, draw),
            guess=_sliders(first if guesses_stay else guess, min(first, guess) - 0.5, draw),
        )
        for value, lowest, guess in rows
    )


def simulated_answers(
    instrument: str,
    totals: Sequence[float],
    *,
    seed: int,
    never: Sequence[str] = (),
    most: Mapping[str, int] | None = None,
) -> tuple[Answers, ...]:
    """Make answers to a questionnaire that come to given totals, or as near as they can.

    Parameters
    ----------
    totals
        Sums of the answers of the instrument's first scale, one for each time it is filled in.
    seed
        Decides which items weigh most with this person; the same at each time.
    never
        Items that are always answered with the lowest number.
    most
        The highest number that an item is answered with.

    Examples
    --------
    >>> [sum(one.values()) for one in simulated_answers("gad-7", (14, 6), seed=1)]
    [14, 6]
    """
    known = load_instrument(instrument)
    items = {one.name: one for one in known.items if one.options}
    scale = known.scale().items
    limits = {name: (0 if name in never else (most or {}).get(name, _highest(items[name])))
              for name in scale}  # fmt: skip
    draw = np.random.Generator(np.random.PCG64(seed))
    weights = {name: 1 + float(draw.random()) for name in scale}
    found = []
    for total in totals:
        answers = _spread(round(total), limits, weights, draw)
        share = sum(answers.values()) / max(1, sum(limits.values()))
        for name, item in items.items():
            if name not in scale and item.safety is None:
                answers[name] = round(share * _highest(item))
        found.append(answers)
    return tuple(found)


def _course(known: KnownCourses, at: int) -> Course:
    return Course(
        tuple(known.ratings[at].tolist()), int(known.onset[at]), int(known.repaired_at[at])
    )


def _highest(item: Item) -> int:
    assert item.options is not None  # noqa: S101 - the caller has looked
    return int(max(item.options.values))


def _sliders(value: float, lowest: float, draw: np.random.Generator) -> Answers:
    """Return six sliders whose mean is a rating, with one of them low where a strain shows first.

    They are drawn together around the mean: nobody moves six sliders to the same place.
    """
    total = round(value * len(SLIDERS))
    low = max(0, min(round(lowest), total // len(SLIDERS), 10), total - 50)
    name = FELT_FIRST[min(int(draw.exponential(1.2)), 5)]
    others = [one for one in SLIDERS if one != name]
    answers = {name: low}
    left = total - low
    for at, one in enumerate(others):
        answers[one] = left // (len(others) - at)
        left -= answers[one]
    for _ in range(4):
        up, down = (others[int(one)] for one in draw.integers(0, len(others), size=2))
        if up != down and answers[up] < 10 and answers[down] > low:
            answers[up] += 1
            answers[down] -= 1
    return {one: answers[one] for one in SLIDERS}


def _spread(
    total: int, limits: Mapping[str, int], weights: Mapping[str, float], draw: np.random.Generator
) -> Answers:
    """Give points one by one to the item that has least of what it weighs."""
    answers = dict.fromkeys(limits, 0)
    jitter = {name: float(draw.normal(0, 0.25)) for name in limits}
    for _ in range(min(total, sum(limits.values()))):
        open_ones = [name for name in limits if answers[name] < limits[name]]
        least = min(open_ones, key=lambda one: (answers[one] + 0.5) / weights[one] + jitter[one])
        answers[least] += 1
    return answers
