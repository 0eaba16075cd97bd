"""Correcting the coder at a line, and saying that lines were read through."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.analysis.actions import correcting as actions
from holdfast_web.analysis.forms.correcting import CorrectionForm, ReadThroughForm, UndoForm
from holdfast_web.analysis.models import Correction, Transcript
from holdfast_web.analysis.queries.correcting import line_to_correct
from holdfast_web.analysis.queries.transcripts import transcript_of
from holdfast_web.analysis.rules import may_work_on
from holdfast_web.analysis.views.place import Place, place_for
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours, Refused


@only(Role.THERAPIST)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: SignedIn, client_id: UUID, session_id: UUID, line: int) -> HttpResponse:
    """Show a line's codes, and keep what the therapist says of one: a page, or its menu alone."""
    place, transcript = _found(request, client_id, session_id)
    if request.method != "POST":
        return _menu(request, place, transcript, line)
    made = None
    if "undo" in request.POST:
        _undo(request, transcript)
    else:
        made = _keep(request, transcript, line)
    if _by_htmx(request):
        return _menu(request, place, transcript, line, made)
    words = (
        "Kept beside the coder’s code." if made else "Undone: what was there before holds again."
    )
    messages.success(request, words)
    return _back(place, line + 1, blind=_is_blind(request))


@only(Role.THERAPIST)
@require_POST
def read_through(request: SignedIn, client_id: UUID, session_id: UUID) -> HttpResponse:
    """Keep which lines were read with their codes."""
    place, transcript = _found(request, client_id, session_id)
    form = ReadThroughForm(request.POST)
    if not form.is_valid():
        raise Refused("Say from which line to which, by their numbers.")
    told = form.cleaned_data
    actions.read_through(
        by=request.user,
        transcript=transcript,
        analysis_id=told["reading"],
        first=told["first"] - 1,
        last=told["last"] - 1,
        blind=told["blind"],
    )
    messages.success(request, f"Lines {told['first']} to {told['last']} count as read.")
    return _back(place, told["last"], blind=told["blind"])


def _found(request: SignedIn, client_id: UUID, session_id: UUID) -> tuple[Place, Transcript]:
    place = place_for(request.user, client_id, session_id)
    transcript = transcript_of(place.session, viewer=request.user)
    if transcript is None:
        raise NotYours
    require(may_work_on(request.user, transcript))
    return place, transcript


def _keep(request: SignedIn, transcript: Transcript, line: int) -> Correction:
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        raise Refused("Choose one of the labels of this code.")
    told = form.cleaned_data
    where: dict[str, Any] = {
        "by": request.user,
        "transcript": transcript,
        "analysis_id": told["reading"],
        "utterance": line,
        "code": told["code"],
    }
    if told["back"]:
        return actions.take_correction_back(**where)
    label = told["off"] or told["label"]
    return actions.correct_code(**where, label=label, taken_off=bool(told["off"]))


def _undo(request: SignedIn, transcript: Transcript) -> None:
    form = UndoForm(request.POST)
    if not form.is_valid():
        raise Refused("There is nothing to undo.")
    told = form.cleaned_data["undo"]
    actions.undo_correction(by=request.user, transcript=transcript, correction_id=told)


def _menu(
    request: SignedIn,
    place: Place,
    transcript: Transcript,
    line: int,
    made: Correction | None = None,
) -> HttpResponse:
    blind = _is_blind(request)
    context = {
        **place.context,
        "here": line_to_correct(transcript, line, viewer=request.user, blind=blind),
        "address": request.get_full_path(),
        "made": made,
        "changed": request.method == "POST",
        "in_page": not _by_htmx(request),
        "back": _lines(place, blind=blind),
    }
    by_itself = "analysis/correct_menu.html" if _by_htmx(request) else "analysis/correct.html"
    return render(request, by_itself, context)


def _by_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def _is_blind(request: HttpRequest) -> bool:
    return bool(request.GET.get("blind"))


def _lines(place: Place, *, blind: bool) -> str:
    address = reverse("analysis:lines", args=(place.client.pk, place.session.pk))
    return f"{address}?blind=1" if blind else address


def _back(place: Place, number: int, *, blind: bool) -> HttpResponse:
    return redirect(f"{_lines(place, blind=blind)}#line-{number}")
