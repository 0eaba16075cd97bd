"""The sessions: planned, held, noted; what is rated after them, and what the questionnaires say."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from holdfast_web.demo.cast import Cast, Member, Patient
from holdfast_web.demo.past.calendar import MINUTES, Calendar
from holdfast_web.demo.past.rating import Rated, questionnaires_of, ratings_of
from holdfast_web.demo.past.stage import Beat, Stage
from holdfast_web.encounters.actions import (
    miss_session,
    plan_session,
    write_note,
    write_private_note,
)
from holdfast_web.encounters.models import Session
from holdfast_web.measures.actions.asking import assign_instrument, hand_in, hold_session
from holdfast_web.measures.models import Sheet

FIND = "answers of an invented client"
"""Why the demo looks for sheets: so that their people answer them."""


def met(patient: Patient, therapist: Member, cast: Cast, calendar: Calendar) -> Iterator[Beat]:
    """Tell how the two met, session by session."""
    draw = random.Random(patient.seed)  # noqa: S311 - for times of day in a story
    ratings = ratings_of(patient, cast)
    yield Beat(calendar.before(1, days=7), partial(_plan, patient, therapist, calendar, 1))
    for name, totals in patient.story["totals"].items():
        yield Beat(
            calendar.before(1, days=6), partial(_ask, patient, therapist, name, totals["every"])
        )
    for number in range(1, patient.sessions + 1):
        yield from _session(patient, therapist, calendar, number)
        yield from _rated(patient, therapist, calendar, number, ratings[number - 1], draw)
    yield from _answered(patient, calendar, draw)
    yield from _noted(patient, therapist, calendar)


def _session(
    patient: Patient, therapist: Member, calendar: Calendar, number: int
) -> Iterator[Beat]:
    early = number == _answered_before(patient)
    held_at = calendar.before(number, minutes=20) if early else calendar.after(number)
    if number == patient.story.get("missed_before"):
        missed = partial(_missed, patient, therapist, calendar, number)
        yield Beat(calendar.before(number, days=3, hours=20), missed)
    yield Beat(held_at, partial(_hold, patient, therapist, number))
    if number < patient.sessions:
        planned = partial(_plan, patient, therapist, calendar, number + 1)
        yield Beat(held_at + dt.timedelta(minutes=3), planned)
        return
    for following in range(len(calendar.ahead)):
        planned = partial(_plan_ahead, patient, therapist, calendar.ahead[following])
        yield Beat(calendar.after(number, minutes=3), planned)


def _rated(
    patient: Patient,
    therapist: Member,
    calendar: Calendar,
    number: int,
    rated: Rated,
    draw: random.Random,
) -> Iterator[Beat]:
    last = number == patient.sessions
    if not (last and patient.story.get("guess_waits")):
        guess = partial(_hand_in, patient, therapist.key, number, "check-in", rated.guess)
        yield Beat(calendar.after(number, minutes=draw.randint(4, 15)), guess)
    if rated.answers is not None:
        answers = partial(_hand_in, patient, patient.key, number, "check-in", rated.answers)
        hours = draw.choice((0.3, 0.5, 2, 4, 7, 9, 21, 25))
        yield Beat(calendar.after(number, hours=hours), answers)


def _answered(patient: Patient, calendar: Calendar, draw: random.Random) -> Iterator[Beat]:
    for name, times in questionnaires_of(patient).items():
        for session, answers in times.items():
            if session == 0:
                at = calendar.before(1, days=5, hours=draw.randint(1, 9))
            elif session == _answered_before(patient):
                at = calendar.before(session, minutes=10)
            else:
                at = calendar.after(session, hours=draw.choice((1, 3, 8, 22, 27)))
            yield Beat(at, partial(_hand_in, patient, patient.key, session, name, answers))


def _noted(patient: Patient, therapist: Member, calendar: Calendar) -> Iterator[Beat]:
    for number, words in patient.words_of("session_notes").items():
        note = partial(_note, patient, therapist, number, words)
        yield Beat(calendar.after(number, minutes=25), note)
    for number, words in patient.words_of("private_notes").items():
        note = partial(_private_note, patient, therapist, number, words)
        yield Beat(calendar.after(number, hours=8), note)


def _answered_before(patient: Patient) -> int | None:
    """Return the session before which a questionnaire was answered in the waiting room."""
    safety = patient.told.get("safety")
    return int(safety["session"]) if safety else None


def _plan(
    patient: Patient, therapist: Member, calendar: Calendar, number: int, stage: Stage
) -> None:
    by_phone = number in patient.story.get("by_phone", ())
    stage.made["session", patient.key, number] = plan_session(
        by=stage.people[therapist.key],
        client=stage.clients[patient.key],
        starts_at=calendar.start(number),
        minutes=MINUTES,
        place=Session.Place.PHONE if by_phone else Session.Place.ROOM,
    )


def _plan_ahead(patient: Patient, therapist: Member, start: dt.datetime, stage: Stage) -> None:
    plan_session(
        by=stage.people[therapist.key],
        client=stage.clients[patient.key],
        starts_at=start,
        minutes=MINUTES,
    )


def _hold(patient: Patient, therapist: Member, number: int, stage: Stage) -> None:
    session = stage.made["session", patient.key, number]
    hold_session(by=stage.people[therapist.key], session=session)


def _missed(
    patient: Patient, therapist: Member, calendar: Calendar, number: int, stage: Stage
) -> None:
    by = stage.people[therapist.key]
    session = plan_session(
        by=by,
        client=stage.clients[patient.key],
        starts_at=calendar.before(number, days=4),
        minutes=MINUTES,
    )
    miss_session(by=by, session=session)


def _ask(patient: Patient, therapist: Member, name: str, every: int, stage: Stage) -> None:
    assign_instrument(
        by=stage.people[therapist.key],
        client=stage.clients[patient.key],
        instrument=name,
        every_sessions=every,
    )


def _hand_in(
    patient: Patient, who: str, number: int, name: str, answers: dict[str, Any], stage: Stage
) -> None:
    """Hand in the sheet of a session; of session 0, the one from before the first."""
    respondent = Sheet.Respondent.CLIENT if who == patient.key else Sheet.Respondent.THERAPIST
    sheet = Sheet.objects.for_the_practice(FIND).get(
        client=stage.clients[patient.key],
        instrument=name,
        respondent=respondent,
        session=stage.made["session", patient.key, number] if number else None,
    )
    hand_in(by=stage.people[who], sheet=sheet, answers=answers, edition=sheet.edition)


def _note(patient: Patient, therapist: Member, number: int, words: str, stage: Stage) -> None:
    session = stage.made["session", patient.key, number]
    write_note(by=stage.people[therapist.key], session=session, words=words, edition=0)


def _private_note(
    patient: Patient, therapist: Member, number: int, words: str, stage: Stage
) -> None:
    write_private_note(
        by=stage.people[therapist.key],
        client=stage.clients[patient.key],
        words=words,
        edition=0,
        session=stage.made["session", patient.key, number],
    )


__all__: Sequence[str] = ("met",)
