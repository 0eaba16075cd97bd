"""After a session: the therapist's own guess first, then how it was for the client."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import STAFF, Role
from holdfast_web.care.parts import Part
from holdfast_web.care.records import record_for
from holdfast_web.encounters.models import Session
from holdfast_web.encounters.queries import session_for
from holdfast_web.lib.refusals import NotYours, Stale
from holdfast_web.measures.actions.answering import hand_in, save_answers, skip_sheet
from holdfast_web.measures.forms.asking import Filled, Line, lines_of, read_filled
from holdfast_web.measures.models import Sheet
from holdfast_web.measures.queries.asking import (
    guess_to_make,
    rating_and_guess,
    sheet_for,
    sheet_to_answer,
)
from holdfast_web.measures.views import filling


@dataclass(frozen=True, slots=True)
class Beside:
    """A question with the client's answer and the therapist's guess beside it."""

    line: Line
    guess: Line | None

    @property
    def apart(self) -> int | None:
        """How far the two are apart, on a scale; ``None`` where one of them is missing."""
        guess = self.guess.answer if self.guess else None
        own = self.line.answer
        if self.line.question.kind != "scale" or guess is None or own is None:
            return None
        return abs(int(guess) - int(own))

    @property
    def dots(self) -> tuple[str, ...]:
        """What stands at each point of the scale."""
        guess = self.guess.answer if self.guess else None
        named = {(True, True): "both", (True, False): "client", (False, True): "guess"}
        return tuple(
            named.get((one.value == self.line.answer, one.value == guess), "")
            for one in self.line.question.options
        )


@only(Role.THERAPIST)
@require_http_methods(["GET", "HEAD", "POST"])
def after(request: SignedIn, client_id: UUID, session_id: UUID) -> HttpResponse:
    """Ask for the guess; once it is made or left out, show the client's rating beside it."""
    session = _session(request, client_id, session_id)
    guess = guess_to_make(session, viewer=request.user)
    if request.method == "POST":
        return _guess(request, session, guess)
    if guess is None:
        return _rating(request, session)
    row = sheet_for(request.user, guess.pk)
    return _page(session).show(request, row, row.answers)


@only(Role.THERAPIST)
@require_POST
def kept(request: SignedIn, client_id: UUID, session_id: UUID) -> HttpResponse:
    """Save a part of the guess as soon as it is made."""
    session = _session(request, client_id, session_id)
    guess = guess_to_make(session, viewer=request.user)
    if guess is None:
        raise NotYours
    return filling.keep_one(request, request.user, guess)


@only(*STAFF)
@require_GET
def answers(request: SignedIn, client_id: UUID, sheet_id: UUID) -> HttpResponse:
    """Show the answers of a sheet that the client handed in, to whom single answers are open."""
    client = record_for(request.user, client_id, Part.ANSWERS)
    row = filling.only_of(sheet_for(request.user, sheet_id), Sheet.Respondent.CLIENT)
    if row.client_id != client.pk or row.handed_in_at is None:
        raise NotYours
    form = filling.form_for(row)
    flags = {one.item: one for one in filling.flags_of(row, row.answers)}
    lines = [(one, flags.get(one.question.name)) for one in lines_of(form, row.answers)]
    context = {"client": client, "sheet": row, "form": form, "lines": lines, "result": row.result}
    return render(request, "measures/answers.html", context)


def _session(request: SignedIn, client_id: UUID, session_id: UUID) -> Session:
    client = record_for(request.user, client_id, Part.ANSWERS)
    return session_for(session_id, client, viewer=request.user)


def _guess(request: SignedIn, session: Session, guess: Sheet | None) -> HttpResponse:
    here = redirect("measures:after", session.client_id, session.pk)
    if guess is None:
        return here
    if request.POST.get("do") == "skip":
        skip_sheet(by=request.user, sheet=guess)
        return here
    filled = read_filled(filling.form_for(guess), request.POST)
    try:
        return _keep(request, session, guess, filled)
    except Stale as stale:
        now = sheet_to_answer(request.user, guess.pk)
        return filling.quicker(request, _page(session), now, filled, stale)


def _keep(request: SignedIn, session: Session, guess: Sheet, filled: Filled) -> HttpResponse:
    if request.POST.get("do") == "keep":
        save_answers(by=request.user, sheet=guess, answers=filled.answers, edition=filled.edition)
        messages.success(request, "Saved. You find your guess again on the client’s page.")
        return redirect("home")
    asks_again = filling.point_out(request, _page(session), guess, filled)
    if asks_again is not None:
        return asks_again
    hand_in(by=request.user, sheet=guess, answers=filled.answers, edition=filled.edition)
    return redirect("measures:after", session.client_id, session.pk)


def _rating(request: SignedIn, session: Session) -> HttpResponse:
    rating, guess = rating_and_guess(session, viewer=request.user)
    context: dict[str, object] = {"session": session, "client": session.client, "rating": rating}
    if rating is not None and rating.handed_in_at is not None:
        form = filling.form_for(rating)
        guessed = {} if guess is None or guess.handed_in_at is None else guess.answers
        pairs = [
            Beside(own, other if other.answer is not None else None)
            for own, other in zip(
                lines_of(form, rating.answers), lines_of(form, guessed), strict=True
            )
        ]
        context |= {
            "scales": [one for one in pairs if one.line.question.kind == "scale"],
            "others": [one for one in pairs if one.line.question.kind != "scale"],
            "guessed": bool(guessed),
        }
    return render(request, "measures/rating.html", context)


def _page(session: Session) -> filling.Page:
    where = (session.client_id, session.pk)
    return filling.Page(
        template="measures/guess.html",
        here=reverse("measures:after", args=where),
        kept=reverse("measures:guess_kept", args=where),
        extra={"session": session, "client": session.client},
    )
