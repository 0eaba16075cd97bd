"""A change of therapist that was asked for, and an ending that is planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial

from holdfast_web.demo.cast import Cast, Member, Patient, Told
from holdfast_web.demo.past.calendar import Calendar
from holdfast_web.demo.past.stage import Beat, Stage
from holdfast_web.handover.actions.asking import ask_for_change, choose_next, choose_told
from holdfast_web.handover.actions.ending import propose_ending, write_after, write_words
from holdfast_web.handover.told import Choices, Knows


def parted(patient: Patient, therapist: Member, cast: Cast, calendar: Calendar) -> Iterator[Beat]:
    """Tell of a change that somebody asked for, and of an ending that the two plan."""
    last = patient.sessions
    change = cast.between["change"].get(patient.key)
    if change:
        yield Beat(calendar.after(last, hours=29), partial(_ask, patient, change))
    ending = cast.between["ending"].get(patient.key)
    if ending:
        yield Beat(
            calendar.after(last, hours=2), partial(_propose, patient, therapist, ending, calendar)
        )
        for by, side, hours in ((patient.key, "client", 20), (therapist.key, "therapist", 24)):
            write = partial(_write, patient, by, ending[side])
            yield Beat(calendar.after(last, hours=hours), write)
        after = partial(_after, patient, therapist, ending["after"], calendar)
        yield Beat(calendar.after(last, hours=25), after)


def _ask(patient: Patient, told: Told, stage: Stage) -> None:
    by = stage.people[patient.key]
    change = ask_for_change(by=by, client=stage.clients[patient.key])
    choices = Choices(
        therapist=Knows(told["therapist"]),
        next=Knows(told["next"]),
        practice=Knows(told["practice"]),
        kinds=tuple(told["kinds"]),
        words=told["words"],
    )
    change = choose_told(
        by=by, change=change, choices=choices, goodbye=None, edition=change.edition
    )
    choose_next(by=by, change=change, to=None, edition=change.edition)


def _propose(
    patient: Patient, therapist: Member, told: Told, calendar: Calendar, stage: Stage
) -> None:
    stage.made["ending", patient.key] = propose_ending(
        by=stage.people[therapist.key],
        client=stage.clients[patient.key],
        last_on=calendar.ahead[told["day"]].date(),
    )


def _write(patient: Patient, by: str, words: Told, stage: Stage) -> None:
    row = stage.made["ending", patient.key]
    stage.made["ending", patient.key] = write_words(
        by=stage.people[by], ending=row, words=words, shows=False, edition=row.edition
    )


def _after(
    patient: Patient, therapist: Member, told: Told, calendar: Calendar, stage: Stage
) -> None:
    row = stage.made["ending", patient.key]
    until = calendar.ahead[-1].date() + dt.timedelta(days=told["open_days"])
    write_after(
        by=stage.people[therapist.key],
        ending=row,
        words=told["words"],
        open_until=until,
        edition=row.edition,
    )
