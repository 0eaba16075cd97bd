"""The therapist's page to choose what a client is shown of a session."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.analysis.actions.showing import show_to_client, take_show_back
from holdfast_web.analysis.forms.showing import ShowForm
from holdfast_web.analysis.models import Transcript
from holdfast_web.analysis.queries.choosing import Choosing, choosing_of
from holdfast_web.analysis.queries.transcripts import transcript_of
from holdfast_web.analysis.shown import Shown
from holdfast_web.analysis.views.place import Place, place_for
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours, Refused, Stale


@only(Role.THERAPIST)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: SignedIn, client_id: UUID, session_id: UUID) -> HttpResponse:
    """Choose what the client is shown, look at it as they see it, show it, take it back."""
    place = place_for(request.user, client_id, session_id)
    transcript = transcript_of(place.session, viewer=request.user)
    if request.method != "POST":
        return _blank(request, place) if transcript is None else _page(request, place, transcript)
    if transcript is None:
        raise NotYours
    if "take_back" in request.POST:
        return _take_back(request, place, transcript)
    choosing = choosing_of(transcript, viewer=request.user)
    require(choosing.may_show)
    form = _form(choosing, request.POST)
    if not form.is_valid():
        return _page(request, place, transcript, form, choosing=choosing, status=422)
    if "look" in request.POST:
        preview = _preview(choosing, form)
        return _page(request, place, transcript, form, choosing=choosing, preview=preview)
    return _show(request, place, transcript, form)


def _show(request: SignedIn, place: Place, transcript: Transcript, form: ShowForm) -> HttpResponse:
    edition = form.cleaned_data["edition"]
    told: dict[str, Any] = {"by": request.user, "transcript": transcript, "chosen": form.chosen}
    try:
        show_to_client(**told, edition=edition)
    except Stale as clash:
        return _page(request, place, transcript, form, problem=str(clash), status=409)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, place, transcript, form, status=403)
    messages.success(request, "Your client can see it now.")
    return place.redirect("show")


def _take_back(request: SignedIn, place: Place, transcript: Transcript) -> HttpResponse:
    told = request.POST.get("edition", "")
    edition = int(told) if told.isascii() and told.isdigit() and len(told) < 9 else 0
    try:
        take_show_back(by=request.user, transcript=transcript, edition=edition)
    except Stale as clash:
        return _page(request, place, transcript, problem=str(clash), status=409)
    messages.success(request, "Taken back. Nothing of this session is shown any more.")
    return place.redirect("show")


def _form(choosing: Choosing, sent: Any = None, thread: str = "") -> ShowForm:
    chosen = choosing.now.chosen if choosing.now else {}
    first = {
        "edition": choosing.edition,
        "line": [one["utterance"] for one in chosen.get("quotes", ())],
        **{name: chosen.get(name, "") for name in ("thread", "note", "picture")},
    }
    first["thread"] = first["thread"] or _said_at(choosing, thread)
    return ShowForm(sent, initial=first, lines=choosing.lines, has_picture=choosing.has_picture)


def _said_at(choosing: Choosing, line: str) -> str:
    """Return the words of a line to begin a thread with; an address names it by its place."""
    said = choosing.transcript.lines
    if not (line.isascii() and line.isdigit() and len(line) < 9 and int(line) < len(said)):
        return ""
    return f"“{said[int(line)]['text']}”"


def _preview(choosing: Choosing, form: ShowForm) -> Shown:
    told = form.chosen
    return choosing.preview(told.lines, told.thread, told.note, picture=told.picture)


def _blank(request: SignedIn, place: Place) -> HttpResponse:
    return render(request, "analysis/show.html", {**place.context, "choosing": None})


def _page(
    request: SignedIn,
    place: Place,
    transcript: Transcript,
    form: ShowForm | None = None,
    *,
    choosing: Choosing | None = None,
    preview: Shown | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    if choosing is None:
        choosing = choosing_of(transcript, viewer=request.user)
    if form is None:
        form = _form(choosing, thread=request.GET.get("thread", ""))
    elif problem:
        # What was typed stays; what stands there now is what it would change.
        form = _form(choosing, _newest(form, choosing))
    context = {
        **place.context,
        "choosing": choosing,
        "form": form,
        "preview": preview,
        "problem": problem,
    }
    return render(request, "analysis/show.html", context, status=status)


def _newest(form: ShowForm, choosing: Choosing) -> Any:
    sent: Any = form.data
    newest = sent.copy()
    newest["edition"] = str(choosing.edition)
    return newest
