"""How each client came, and what the two agreed: versions, questions, proposals, consents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import Any

from holdfast_web.agreements.actions import (
    accept,
    agree_to_share,
    answer_question,
    ask_about,
    begin_agreement,
    give_consent,
    mark_reviewed,
    offer_share,
    propose,
    save_change,
)
from holdfast_web.agreements.actions.holding import hold
from holdfast_web.agreements.models import Consent, OwnTerms
from holdfast_web.care.actions import come_in, take_on_client
from holdfast_web.care.models import Client
from holdfast_web.demo.cast import Cast, Member, Patient, Told
from holdfast_web.demo.past.calendar import Calendar
from holdfast_web.demo.past.stage import Beat, Stage
from holdfast_web.demo.past.writing import but_today

SHARED_FOR = dt.timedelta(days=90)


def came(patient: Patient, therapist: Member, calendar: Calendar) -> Iterator[Beat]:
    """Tell how a client was invited and came in."""

    def invited(stage: Stage) -> None:
        care, token = take_on_client(
            by=stage.people[therapist.key],
            name=patient.name,
            email=patient.email,
            brings=patient.brings,
        )
        stage.made["care", patient.key] = care
        stage.made["token", patient.key] = token

    def came_in(stage: Stage) -> None:
        person = come_in(token=stage.made["token", patient.key], password=None)
        stage.people[patient.key] = person
        rows = Client.objects.for_the_practice("the invented record of an invented person")
        stage.clients[patient.key] = rows.get(person=person)

    yield Beat(calendar.before(1, days=9, hours=2), invited, opens=True)
    yield Beat(calendar.before(1, days=8, hours=1), came_in, opens=True)


def agreed(patient: Patient, therapist: Member, cast: Cast, calendar: Calendar) -> Iterator[Beat]:
    """Tell what the two agreed."""
    told = patient.told["agreement"]
    first = int(told["accepted_session"])
    yield Beat(calendar.before(1, days=5), partial(_offer, patient, therapist))
    for number, question in enumerate(patient.story.get("question", ())):
        yield from _question(patient, therapist, question, calendar, number)
    yield Beat(calendar.after(first, minutes=40), partial(_accept, patient.key, patient.key))
    yield from _consents(patient, calendar, first)
    yield from _proposal(patient, therapist, told.get("proposal"), calendar)
    for session in patient.story.get("reviewed", ()):
        yield Beat(calendar.after(session, minutes=-10), partial(_review, patient, therapist))
    if "share" in patient.story:
        yield from _share(patient, therapist, cast, patient.story["share"], calendar)


def _offer(patient: Patient, therapist: Member, stage: Stage) -> None:
    by, client = stage.people[therapist.key], stage.clients[patient.key]
    if therapist.about_them and not OwnTerms.objects.filter(person=by).exists():
        save_change(
            by=by,
            client=client,
            clause="about_your_therapist",
            change={"terms": dict(therapist.about_them)},
            edition=0,
        )
    begin_agreement(
        by=by,
        care=stage.made["care", patient.key],
        note="Take your time with it, and ask about anything. We go through it when we meet.",
    )


def _accept(patient: str, who: str, stage: Stage) -> None:
    by, client = stage.people[who], stage.clients[patient]
    version = hold(by, client).proposed
    if version is not None:
        accept(by=by, version=version)


def _review(patient: Patient, therapist: Member, stage: Stage) -> None:
    by, client = stage.people[therapist.key], stage.clients[patient.key]
    version = hold(by, client).accepted
    if version is not None:
        mark_reviewed(by=by, version=version)


def _question(
    patient: Patient, therapist: Member, told: Told, calendar: Calendar, number: int
) -> Iterator[Beat]:
    def ask(stage: Stage) -> None:
        by, client = stage.people[patient.key], stage.clients[patient.key]
        version = hold(by, client).base
        assert version is not None  # noqa: S101 - it was offered days before
        stage.made["question", patient.key, number] = ask_about(
            by=by, version=version, clause=told["clause"], words=told["words"]
        )

    def answer(stage: Stage) -> None:
        answer_question(
            by=stage.people[therapist.key],
            question=stage.made["question", patient.key, number],
            words=told["answer"],
        )

    session = int(told["session"])
    yield Beat(calendar.before(session, days=3, hours=5), ask)
    yield Beat(calendar.before(session, days=2), answer)


def _consents(patient: Patient, calendar: Calendar, first: int) -> Iterator[Beat]:
    told = patient.told["agreement"]
    for minutes, kind in enumerate(Consent.Kind.values):
        if told[kind] == "unasked":
            continue

        def consent(stage: Stage, kind: str = kind) -> None:
            give_consent(
                by=stage.people[patient.key],
                client=stage.clients[patient.key],
                kind=kind,
                given=bool(told[kind]),
            )

        yield Beat(calendar.after(first, minutes=42 + minutes), consent)


def _proposal(
    patient: Patient, therapist: Member, told: Told | None, calendar: Calendar
) -> Iterator[Beat]:
    if told is None:
        return
    by_client = told["by"] == "client"
    writer, other = (patient.key, therapist.key) if by_client else (therapist.key, patient.key)
    change: dict[str, Any] = {"own_words": told["words"], "terms": dict(told.get("terms", {}))}
    if told.get("not_read_today"):
        change["terms"]["days"] = but_today(calendar)

    def say(stage: Stage) -> None:
        propose(
            by=stage.people[writer],
            client=stage.clients[patient.key],
            changes={told["clause"]: change},
        )

    if told["open"]:
        yield Beat(calendar.after(patient.sessions, hours=26), say)
        return
    session = int(told.get("session", max(2, patient.sessions // 2)))
    yield Beat(calendar.after(session, hours=20), say)
    yield Beat(calendar.after(session, days=2), partial(_accept, patient.key, other))
    if told["clause"] in Consent.Kind.values and patient.told["agreement"][told["clause"]] is True:
        # The words of the yes have changed, so it is asked anew.
        yield Beat(
            calendar.after(session, days=2, minutes=9), partial(_yes, patient, told["clause"])
        )


def _yes(patient: Patient, kind: str, stage: Stage) -> None:
    give_consent(
        by=stage.people[patient.key], client=stage.clients[patient.key], kind=kind, given=True
    )


def _share(
    patient: Patient, therapist: Member, cast: Cast, told: Told, calendar: Calendar
) -> Iterator[Beat]:
    def offer(stage: Stage) -> None:
        stage.made["share", patient.key] = offer_share(
            by=stage.people[therapist.key],
            client=stage.clients[patient.key],
            supervisor=stage.people[cast.supervisor.key],
            parts=told["parts"],
            purpose=told["purpose"],
            ends_at=calendar.now + SHARED_FOR,
        )

    def agree(stage: Stage) -> None:
        agree_to_share(by=stage.people[patient.key], share=stage.made["share", patient.key])

    session = int(told["session"])
    yield Beat(calendar.after(session, hours=2), offer)
    if not told.get("offered_only"):
        yield Beat(calendar.after(session, hours=23), agree, opens=True)
