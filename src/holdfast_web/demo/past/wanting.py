"""What each client wants and what helps them: goals with how far they feel, helps tried."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from holdfast_web.demo.cast import Member, Patient, Told
from holdfast_web.demo.past.calendar import Calendar
from holdfast_web.demo.past.stage import Beat, Stage
from holdfast_web.goals.actions import (
    add_goal,
    add_help,
    say_progress,
    say_tried,
    set_goal_status,
    set_help_status,
)
from holdfast_web.goals.models import Goal, Help

HELPED = {Help.Status.KEPT: True, Help.Status.DROPPED: False}


def wanted(patient: Patient, therapist: Member, calendar: Calendar) -> Iterator[Beat]:
    """Tell what a client wants, and what they tried."""
    for place, goal in enumerate(patient.told.get("goals", ())):
        yield from _goal(patient, goal, calendar, place)
    for place, told in enumerate(patient.told.get("helps", ())):
        yield from _help(patient, therapist, told, calendar, place)


def _goal(patient: Patient, told: Told, calendar: Calendar, place: int) -> Iterator[Beat]:
    made = ("goal", patient.key, place)
    steps = told["progress"]

    def add(stage: Stage) -> None:
        stage.made[made] = add_goal(
            by=stage.people[patient.key],
            client=stage.clients[patient.key],
            words=told["words"],
        )

    def settle(stage: Stage) -> None:
        goal: Goal = stage.made[made]
        set_goal_status(
            by=stage.people[patient.key], goal=goal, status=told["status"], edition=goal.edition
        )

    yield Beat(calendar.before(int(steps[0]["session"]), days=1, hours=place), add)
    for step in steps:
        at = calendar.after(int(step["session"]), hours=5, minutes=place)
        yield Beat(at, partial(_progress, patient, made, step, at.date().isoformat()))
    if told["status"] != Goal.Status.ACTIVE:
        last = int(steps[-1]["session"])
        yield Beat(calendar.after(last, hours=5, minutes=30 + place), settle)


def _progress(patient: Patient, made: tuple[Any, ...], told: Told, on: str, stage: Stage) -> None:
    goal: Goal = stage.made[made]
    goal = say_progress(
        by=stage.people[patient.key],
        goal=goal,
        value=int(told["value"]),
        words=told["note"],
        edition=goal.edition,
    )
    goal.progress = [*goal.progress[:-1], {**goal.progress[-1], "on": on}]
    goal.save(update_fields=("progress",))
    stage.made[made] = goal


def _help(
    patient: Patient, therapist: Member, told: Told, calendar: Calendar, place: int
) -> Iterator[Beat]:
    made = ("help", patient.key, place)
    session = min(2 + 2 * place, patient.sessions - 1)

    def add(stage: Stage) -> None:
        stage.made[made] = add_help(
            by=stage.people[therapist.key],
            client=stage.clients[patient.key],
            words=told["words"],
        )

    yield Beat(calendar.after(session, minutes=-15), add)
    if not told["tried"] and told["status"] == Help.Status.TRYING:
        return
    at = calendar.after(session, days=3, hours=8)
    yield Beat(at, partial(_tried, patient, made, told, at.date().isoformat()))


def _tried(patient: Patient, made: tuple[Any, ...], told: Told, on: str, stage: Stage) -> None:
    by = stage.people[patient.key]
    held: Help = stage.made[made]
    held = say_tried(
        by=by,
        help=held,
        helped=HELPED.get(told["status"]),
        words=told["tried"],
        edition=held.edition,
    )
    held.tried = [*held.tried[:-1], {**held.tried[-1], "on": on}]
    held.save(update_fields=("tried",))
    if told["status"] != Help.Status.TRYING:
        set_help_status(by=by, help=held, status=told["status"], edition=held.edition)
