"""Reads a session's check-in, the guess beside it, and where it stands in its course."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from holdfast_web.accounts.models import Person
from holdfast_web.analysis.check_ins import Answer, CheckIn, Course, course_at
from holdfast_web.audit.witness import not_clinical
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import require_record
from holdfast_web.encounters.models import Session
from holdfast_web.engine.courses import ALERT, is_alliance
from holdfast_web.engine.forms import NoSuchForm, Question, form_of
from holdfast_web.lib.refusals import Refused
from holdfast_web.measures.models import Sheet
from holdfast_web.measures.queries.asking import CHECK_IN, rating_and_guess
from holdfast_web.measures.queries.signals import SignalView, signals_of
from holdfast_web.measures.seeing import Seen, seen_history


@not_clinical("puts together what other queries read and witness")
def check_in_of(session: Session, *, viewer: Person) -> CheckIn:
    """Return the check-in of a session; nothing of it while the therapist's guess comes first."""
    require_record(viewer, session.client, Part.ANSWERS)
    try:
        rating, guess = rating_and_guess(session, viewer=viewer)
    except Refused:
        return CheckIn("guess")
    if rating is None or rating.skipped_at is not None:
        return CheckIn("none")
    if rating.handed_in_at is None:
        return CheckIn("open")
    guessed = guess.answers if guess is not None and guess.handed_in_at is not None else {}
    seen = seen_history(session.client_id, viewer)
    number = seen.history.sessions.get(session.pk, 0)
    return CheckIn(
        "answered",
        course=_course(number, seen),
        answers=tuple(_answers(rating, guessed)),
        signal_id=_signal(number, signals_of(session.client, viewer=viewer, seen=seen)),
    )


def _course(number: int, seen: Seen) -> Course | None:
    return course_at(number, CHECK_IN, [one.rated() for one in seen.points(CHECK_IN)])


def _signal(number: int, views: tuple[SignalView, ...]) -> UUID | None:
    here = (
        one
        for one in views
        if one.session == number and is_alliance(one.row.instrument) and one.guess is None
    )
    first = min(here, key=lambda one: one.row.attention != ALERT, default=None)
    return None if first is None else first.id


def _answers(rating: Sheet, guessed: Mapping[str, Any]) -> Iterator[Answer]:
    turn = (rating.session.number or 0) if rating.session else 0
    try:
        form = form_of(
            CHECK_IN, respondent=rating.respondent, language=rating.client.language, turn=turn
        )
    except NoSuchForm:
        return
    for one in form.questions:
        yield Answer(
            asked=one.text,
            kind=one.kind,
            own=_words(one, rating.answers.get(one.name)),
            guess=_words(one, guessed.get(one.name)),
        )


def _words(question: Question, answer: Any) -> str:
    if answer is None:
        return ""
    return str(answer) if question.kind == "scale" else question.label(answer)
