"""Who looked at what: a record that nobody ever opened would be none."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from holdfast_web.agreements.queries import agreement_of, shared_with
from holdfast_web.demo.cast import Cast, Member, Patient
from holdfast_web.demo.past.calendar import Calendar
from holdfast_web.demo.past.stage import Beat, Stage
from holdfast_web.encounters.queries import sessions_of
from holdfast_web.goals.queries import goals_of
from holdfast_web.measures.queries.noticing import courses_of

LAST = 4
"""In so many sessions before now is told what was looked at."""


def looked(patient: Patient, therapist: Member, cast: Cast, calendar: Calendar) -> Iterator[Beat]:
    """Tell what the therapist, the client and the supervisor opened in the last weeks."""
    for number in range(max(2, patient.sessions - LAST + 1), patient.sessions + 1):
        before = partial(_before_a_session, patient, therapist)
        yield Beat(calendar.before(number, minutes=12), before)
    yield Beat(calendar.after(patient.sessions - 1, days=2), partial(_own_course, patient))
    yield Beat(calendar.after(1, hours=30), partial(_own_agreement, patient))
    if "share" in patient.story and not patient.story["share"].get("offered_only"):
        shared = calendar.after(int(patient.story["share"]["session"]), days=3)
        yield Beat(shared, partial(_supervised, cast))


def _before_a_session(patient: Patient, therapist: Member, stage: Stage) -> None:
    by, client = stage.people[therapist.key], stage.clients[patient.key]
    sessions_of(client, viewer=by)
    goals_of(client, viewer=by)


def _own_course(patient: Patient, stage: Stage) -> None:
    courses_of(stage.clients[patient.key], viewer=stage.people[patient.key])


def _own_agreement(patient: Patient, stage: Stage) -> None:
    agreement_of(stage.clients[patient.key], viewer=stage.people[patient.key])


def _supervised(cast: Cast, stage: Stage) -> None:
    shared_with(viewer=stage.people[cast.supervisor.key])
