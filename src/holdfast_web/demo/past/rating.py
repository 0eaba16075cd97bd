"""What an invented client answers: from the simulator, with the words that are written."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from holdfast_web.demo.cast import Cast, Patient, Told
from holdfast_web.engine.simulated import Course, simulated_answers, simulated_check_ins

TOP = 9.5
NOISE = 1.0
SAFE_ITEMS = {"phq-9": ("q9",), "pcl-5": ("q16",)}
"""Items that nobody in the story answers with more than the lowest number, unless it is told."""


@dataclass(frozen=True, slots=True)
class Rated:
    """What is handed in after one session.

    Attributes
    ----------
    answers
        The client's check-in; ``None`` where it was never answered.
    guess
        The therapist's.
    """

    answers: dict[str, Any] | None
    guess: dict[str, Any]


def ratings_of(patient: Patient, cast: Cast) -> tuple[Rated, ...]:
    """Return the check-ins and guesses of all sessions."""
    onset = _onset(patient)
    changed = {"skipped": 0.0, **cast.patterns[patient.course]}
    if onset:
        changed |= {"first_onset": onset, "sessions_after_onset": patient.sessions - onset}
    simulated = simulated_check_ins(
        patient.sessions,
        seed=patient.seed,
        changed=changed,
        wanted=WANTED.get(patient.course, _quiet),
        guesses_stay=patient.course == "slow_slide",
    )
    left_open = patient.story.get("left_open", ())
    return tuple(
        Rated(
            None if number in left_open else _with_words(one.answers, patient, number),
            dict(one.guess),
        )
        for number, one in enumerate(simulated, start=1)
    )


def questionnaires_of(patient: Patient) -> dict[str, dict[int, dict[str, Any]]]:
    """Return the answers to each questionnaire by session; 0 for the one before the first."""
    return {name: _filled_in(patient, name, told) for name, told in patient.story["totals"].items()}


def _filled_in(patient: Patient, name: str, told: Told) -> dict[int, dict[str, Any]]:
    every = int(told["every"])
    sessions = [0, *range(every, patient.sessions + 1, every)]
    draw = random.Random(f"{patient.seed} {name}")  # noqa: S311 - for a story
    totals = [_total(told, at, patient.sessions, draw) for at in sessions]
    answers = simulated_answers(name, totals, seed=patient.seed, never=SAFE_ITEMS.get(name, ()))
    found: dict[int, dict[str, Any]] = dict(zip(sessions, answers, strict=True))
    safety = patient.told.get("safety")
    if safety and safety["instrument"] == name:
        found[int(safety["session"])][safety["item"]] = int(safety["value"])
    waits, left_open = patient.story.get("waits", ()), patient.story.get("left_open", ())
    if name in waits or patient.sessions in left_open:
        found.pop(patient.sessions, None)
    return found


def _total(told: Told, session: int, sessions: int, draw: random.Random) -> float:
    """Return a questionnaire's total: growth on the logarithm of the session, and some noise."""
    share = math.log(1 + session) / math.log(1 + sessions)
    start, end, by = float(told["from"]), float(told["to"]), told.get("by")
    if by is None:
        level = start + (end - start) * share
    else:
        half = share * 2
        level = start + (by - start) * half if half < 1 else by + (end - by) * (half - 1)
    noise = 0.0 if session in (0, sessions) else draw.gauss(0, NOISE)
    return max(0.0, level + noise)


def _with_words(
    answers: dict[str, int] | None, patient: Patient, number: int
) -> dict[str, Any] | None:
    if answers is None:
        return None
    words = patient.words_of("notes_of_client").get(number)
    uncomfortable = int(patient.story.get("uncomfortable", {}).get(str(number), 0))
    told: dict[str, Any] = {**answers, "uncomfortable": uncomfortable}
    return {**told, "note": words} if words else told


def _onset(patient: Patient) -> int:
    rupture = patient.told.get("rupture")
    return int(rupture["session"]) if rupture else 0


def _dip_repaired(course: Course) -> bool:
    """Accept a course that is even, falls far at its rupture, and is back after two or three."""
    ratings, at = course.ratings, course.onset
    before, after = ratings[: at - 1], ratings[course.repaired_at - 1 :]
    return (
        course.repaired_at in (at + 2, at + 3)
        and min(before) > 7
        and max(before) < TOP
        and max(before) - min(before) < 1.5
        and 3 < before[-1] - ratings[at - 1] < 3.8
        and min(after) > 7.2
    )


def _open_rupture(course: Course) -> bool:
    ratings, at = course.ratings, course.onset
    before = ratings[: at - 1]
    return (
        min(before) > 7
        and max(before) < TOP
        and before[-1] - ratings[at - 1] > 2.6
        and max(ratings[at - 1 :]) < min(before)
    )


def _slow_slide(course: Course) -> bool:
    """Accept a course that comes down a little each time, and at the end thrice in a row."""
    ratings = course.ratings
    steps = [later - earlier for earlier, later in pairwise(ratings)]
    return (
        8 < ratings[0] < TOP
        and max(steps) < 0.5
        and min(steps[:-2]) > -1
        and max(steps[-2:]) < -0.3
        and ratings[-3] - ratings[-1] > 1.7
    )


def _growing(course: Course) -> bool:
    ratings = course.ratings
    steps = [later - earlier for earlier, later in pairwise(ratings)]
    return 5.5 < ratings[0] < 7.2 and ratings[-1] > 8 and max(ratings) < 9.7 and min(steps) > -1


def _ceiling(course: Course) -> bool:
    return min(course.ratings) >= TOP


def _quiet(course: Course) -> bool:
    """Accept a course in which nothing stands out."""
    ratings = course.ratings
    return min(ratings) > 6.5 and max(ratings) < 9.6 and max(ratings) - min(ratings) < 2


WANTED = {
    "dip_repaired": _dip_repaired,
    "open_rupture": _open_rupture,
    "slow_slide": _slow_slide,
    "growing": _growing,
    "recovering": _growing,
    "ceiling": _ceiling,
}
