"""What stood out between the two, and what they did: signals, ruptures, concerns, alarms."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from holdfast_web.care.actions import note_emergency_seen, open_in_an_emergency
from holdfast_web.care.models import EmergencyAccess
from holdfast_web.demo.cast import Cast, Member, Patient, Told
from holdfast_web.demo.past.calendar import Calendar
from holdfast_web.demo.past.stage import Beat, Stage
from holdfast_web.inbox.actions import answer_concern, read_answer, say_concern
from holdfast_web.measures.actions.noticing import (
    acknowledge_safety,
    add_step,
    answer_signal,
    close_signal,
    log_rupture,
    read_signal,
    resolve_rupture,
)
from holdfast_web.measures.models import Rupture, SafetyAnswer, Signal
from holdfast_web.portal.actions import note_emergencies

ALERT = "alert"


def related(patient: Patient, therapist: Member, cast: Cast, calendar: Calendar) -> Iterator[Beat]:
    """Tell what was noticed and done."""
    for number in range(2, patient.sessions + 1):
        answer = partial(_answer_signals, patient, therapist, cast, calendar, number)
        close = partial(_close_signals, patient, therapist, cast, number)
        yield Beat(calendar.before(number, hours=16), answer)
        yield Beat(calendar.after(number, minutes=30), close)
    if "rupture" in patient.told:
        yield from _rupture(patient, therapist, patient.told["rupture"], calendar)
    if "concern" in patient.told:
        yield from _concern(patient, therapist, patient.told["concern"], calendar)
    if "safety" in patient.told:
        told = patient.told["safety"]
        at = calendar.after(int(told["session"]), hours=4)
        yield Beat(at, partial(_acknowledge, patient, therapist, told))
    if "seen_to" in patient.story:
        told = patient.story["seen_to"]
        at = calendar.after(int(told["session"]), hours=29)
        yield Beat(at, partial(_acknowledge, patient, therapist, told))
    if "emergency" in patient.story:
        yield from _emergency(patient, cast, patient.story["emergency"], calendar)


def _answer_signals(
    patient: Patient,
    therapist: Member,
    cast: Cast,
    calendar: Calendar,
    number: int,
    stage: Stage,
) -> None:
    """Answer, before a session, what came at one session earlier and has its time come."""
    by = stage.people[therapist.key]
    rows = _signals(stage, patient).filter(
        status=Signal.Status.OPEN, session_number__lt=min(number, patient.sessions - 1)
    )
    for _, group in itertools.groupby(rows, key=lambda one: one.session_number):
        signals = sorted(group, key=lambda one: _weight(cast, patient, one))
        words = _words(cast, patient, signals[0].name)
        if words is None or int(words.get("answered", 0)) > number:
            continue
        signal = read_signal(by=by, signal=signals[0])
        answer_signal(
            by=by,
            signal=signal,
            intent=words["intent"],
            by_when=calendar.day_of(number),
            edition=signal.edition,
            also=[one.pk for one in signals[1:]],
        )


def _close_signals(
    patient: Patient, therapist: Member, cast: Cast, number: int, stage: Stage
) -> None:
    """Say, after a session, how it looked."""
    by = stage.people[therapist.key]
    rows = _signals(stage, patient).filter(status=Signal.Status.ANSWERED, session_number__lt=number)
    for _, group in itertools.groupby(rows, key=lambda one: one.session_number):
        signals = sorted(group, key=lambda one: _weight(cast, patient, one))
        words = _words(cast, patient, signals[0].name) or {}
        for one in signals if "outcome" in words else ():
            close_signal(by=by, signal=one, outcome=words["outcome"], edition=one.edition)


def _signals(stage: Stage, patient: Patient) -> Any:
    rows = Signal.objects.for_the_practice("what an invented therapist answers")
    return rows.filter(client=stage.clients[patient.key]).order_by("session_number", "name")


def _weight(cast: Cast, patient: Patient, signal: Signal) -> tuple[int, bool]:
    """Sort first what was written about, then what calls for attention by itself."""
    own = list(cast.words.get(patient.key, {}))
    place = own.index(signal.name) if signal.name in own else len(own)
    return place, signal.attention != ALERT


def _words(cast: Cast, patient: Patient, name: str) -> Told | None:
    """Return what was written about a signal; ``None`` where the therapist wrote nothing."""
    own = cast.words.get(patient.key, {})
    if name in own or patient.story.get("unanswered"):
        return own.get(name)
    return cast.words["any"].get(name)


def _rupture(patient: Patient, therapist: Member, told: Told, calendar: Calendar) -> Iterator[Beat]:
    session = int(told["session"])

    def log(stage: Stage) -> None:
        grown = _signals(stage, patient).filter(session_number=session, attention="alert")
        stage.made["rupture", patient.key] = log_rupture(
            by=stage.people[therapist.key],
            client=stage.clients[patient.key],
            what=told["what"],
            kind=told["kind"],
            session_number=session,
            signal=grown.first(),
        )

    def step(words: str, stage: Stage) -> None:
        rupture: Rupture = stage.made["rupture", patient.key]
        rupture = add_step(
            by=stage.people[therapist.key], rupture=rupture, words=words, edition=rupture.edition
        )
        stage.made["rupture", patient.key] = rupture

    def resolve(stage: Stage) -> None:
        rupture: Rupture = stage.made["rupture", patient.key]
        on = calendar.day_of(session + 2)
        resolve_rupture(
            by=stage.people[therapist.key], rupture=rupture, on=on, edition=rupture.edition
        )

    yield Beat(calendar.before(session + 1, hours=15), log)
    for place, words in enumerate(told["steps"]):
        at = calendar.after(session + 1 + place // 3, minutes=32 + place)
        yield Beat(at, _dated(partial(step, words), patient, at.date().isoformat()))
    if told["resolved"]:
        yield Beat(calendar.after(session + 2, minutes=45), resolve)


def _dated(step: Any, patient: Patient, on: str) -> Any:
    """Give the last step the day on which it is meant to have been taken."""

    def do(stage: Stage) -> None:
        step(stage)
        rupture: Rupture = stage.made["rupture", patient.key]
        rupture.steps = [*rupture.steps[:-1], {**rupture.steps[-1], "on": on}]
        rupture.save(update_fields=("steps",))

    return do


def _concern(patient: Patient, therapist: Member, told: Told, calendar: Calendar) -> Iterator[Beat]:
    session = int(told["session"])

    def say(stage: Stage) -> None:
        stage.made["concern", patient.key] = say_concern(
            by=stage.people[patient.key],
            client=stage.clients[patient.key],
            wants=told["wants"],
            words=told["words"],
            to_practice=told["to_practice"],
        )

    def answer(stage: Stage) -> None:
        answer_concern(
            by=stage.people[therapist.key],
            concern=stage.made["concern", patient.key],
            words=told["answer"],
        )

    def read(stage: Stage) -> None:
        read_answer(by=stage.people[patient.key], concern=stage.made["concern", patient.key])

    yield Beat(calendar.after(session, hours=6), say)
    if not told["open"]:
        yield Beat(calendar.after(session, hours=17), answer)
        yield Beat(calendar.after(session, hours=28), read)


def _acknowledge(patient: Patient, therapist: Member, told: Told, stage: Stage) -> None:
    rows = SafetyAnswer.objects.for_the_practice("an invented therapist saw to it")
    for answer in rows.filter(client=stage.clients[patient.key], acknowledged_at=None):
        if answer.told["item"] == told["item"]:
            acknowledge_safety(by=stage.people[therapist.key], answer=answer, done=told["done"])


def _emergency(patient: Patient, cast: Cast, told: Told, calendar: Calendar) -> Iterator[Beat]:
    at = calendar.after(int(told["session"]), days=int(told["days_after"]))

    def open_it(stage: Stage) -> None:
        stage.made["emergency", patient.key] = open_in_an_emergency(
            by=stage.people[told["by"]], client=stage.clients[patient.key], reason=told["reason"]
        )

    def seen(stage: Stage) -> None:
        access = stage.made["emergency", patient.key]
        note_emergency_seen(by=stage.people[cast.owner.key], access=access)

    def read(stage: Stage) -> None:
        note_emergencies(by=stage.people[patient.key], client=stage.clients[patient.key])
        access: EmergencyAccess = stage.made["emergency", patient.key]
        access.seen_by_client_at = timezone.now()
        access.save(update_fields=("seen_by_client_at",))

    yield Beat(at, open_it, opens=True)
    yield Beat(at + timedelta(hours=3), seen)
    yield Beat(at + timedelta(hours=20), read)
