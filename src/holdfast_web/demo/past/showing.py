"""What of a session was shown to the client, and what was read with the supervisor."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from holdfast_web.analysis.actions.showing import Chosen, see_excerpt, show_to_client
from holdfast_web.analysis.actions.supervising import (
    agree_to_session,
    comment_on_line,
    offer_session,
)
from holdfast_web.analysis.queries.shares import shared_session
from holdfast_web.demo.cast import Cast, Member, Patient, Told
from holdfast_web.demo.past.agreeing import SHARED_FOR
from holdfast_web.demo.past.calendar import Calendar
from holdfast_web.demo.past.stage import Beat, Stage


def shown(patient: Patient, therapist: Member, cast: Cast, calendar: Calendar) -> Iterator[Beat]:
    """Tell what was shown and shared, session by session."""
    for told in patient.said:
        if "shown" in told:
            yield from _shown(patient, therapist, told, calendar)
        if "shared" in told:
            yield from _shared(patient, therapist, cast, told, calendar)


def _shown(patient: Patient, therapist: Member, told: Told, calendar: Calendar) -> Iterator[Beat]:
    number, chosen = int(told["number"]), told["shown"]

    def show(stage: Stage) -> None:
        show_to_client(
            by=stage.people[therapist.key],
            transcript=stage.made["transcript", patient.key, number],
            chosen=Chosen(
                lines=tuple(line - 1 for line in chosen["lines"]),
                thread=chosen["thread"],
                note=chosen["note"],
                picture=chosen["picture"],
            ),
            edition=0,
        )

    def see(stage: Stage) -> None:
        see_excerpt(
            by=stage.people[patient.key],
            client=stage.clients[patient.key],
            session=stage.made["session", patient.key, number],
        )

    yield Beat(calendar.after(number, hours=chosen["after"]), show)
    if "seen" in chosen:
        yield Beat(calendar.after(number, hours=chosen["seen"]), see)


def _shared(
    patient: Patient, therapist: Member, cast: Cast, told: Told, calendar: Calendar
) -> Iterator[Beat]:
    number, shared = int(told["number"]), told["shared"]
    made = ("session share", patient.key, number)

    def offer(stage: Stage) -> None:
        first, last = shared["lines"]
        stage.made[made] = offer_session(
            by=stage.people[therapist.key],
            transcript=stage.made["transcript", patient.key, number],
            supervisor=stage.people[cast.supervisor.key],
            lines=(first - 1, last - 1),
            purpose=shared["purpose"],
            ends_at=calendar.now + SHARED_FOR,
        )

    def agree(stage: Stage) -> None:
        agree_to_session(by=stage.people[patient.key], share=stage.made[made])

    def comment(one: Told, stage: Stage) -> None:
        by, share = stage.people[one["by"]], stage.made[made]
        shared_session(share.pk, viewer=by)
        comment_on_line(by=by, share=share, utterance=one["line"] - 1, words=one["words"])

    yield Beat(calendar.after(number, hours=shared["after"]), offer)
    if "agreed" in shared:
        yield Beat(calendar.after(number, hours=shared["agreed"]), agree, opens=True)
    for one in told.get("comments", ()):
        yield Beat(calendar.after(number, hours=one["after"]), partial(comment, one))
