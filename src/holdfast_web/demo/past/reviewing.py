"""Looking at how it goes: at sessions four, eight and twelve, by both."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from holdfast_web.demo.cast import Cast, Member, Patient, Told
from holdfast_web.demo.past.calendar import Calendar
from holdfast_web.demo.past.stage import Beat, Stage
from holdfast_web.fit.actions.reviews import Words, open_review, settle_review, write_review


def reviewed(patient: Patient, therapist: Member, cast: Cast, calendar: Calendar) -> Iterator[Beat]:
    """Tell when the two looked at how it goes, what they wrote, and what they settled on."""
    told = cast.between["review"]
    own = told.get(patient.key, {})
    for number in (one for one in told["at"] if one <= patient.sessions):
        review = own.get(str(number), {"settled": told["otherwise"]})
        yield Beat(calendar.after(number, hours=3), partial(_open, patient, therapist, number))
        for side, by, hours in (("client", patient.key, 21), ("therapist", therapist.key, 26)):
            if side in review:
                write = partial(_write, patient, by, number, review[side])
                yield Beat(calendar.after(number, hours=hours), write)
        if "settled" in review:
            note = partial(_settle, patient, therapist, number, review)
            yield Beat(calendar.after(number, hours=4), note)


def _open(patient: Patient, therapist: Member, number: int, stage: Stage) -> None:
    stage.made["review", patient.key, number] = open_review(
        by=stage.people[therapist.key], client=stage.clients[patient.key]
    )


def _write(patient: Patient, by: str, number: int, words: Told, stage: Stage) -> None:
    review = stage.made["review", patient.key, number]
    write_review(by=stage.people[by], review=review, words=Words(told=words, done=True), edition=0)


def _settle(patient: Patient, therapist: Member, number: int, told: Told, stage: Stage) -> None:
    review = stage.made["review", patient.key, number]
    settle_review(
        by=stage.people[therapist.key],
        review=review,
        choice=told.get("choice", "continue"),
        words=told["settled"],
        edition=review.edition,
    )
