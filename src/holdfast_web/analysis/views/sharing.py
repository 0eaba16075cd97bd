"""Sharing a session for supervision: the therapist's page, and the page that both read."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.agreements.queries import supervisors
from holdfast_web.analysis.actions.supervising import (
    close_session_share,
    comment_on_line,
    offer_session,
)
from holdfast_web.analysis.forms.sharing import CommentForm, SessionShareForm
from holdfast_web.analysis.models import Transcript
from holdfast_web.analysis.queries.shares import (
    share_of_session,
    share_to_open,
    shared_session,
    shares_of_session,
)
from holdfast_web.analysis.queries.transcripts import transcript_of
from holdfast_web.analysis.views.place import Place, place_for
from holdfast_web.lib.refusals import NotYours, Refused, Stale


@only(Role.THERAPIST)
@require_http_methods(["GET", "HEAD", "POST"])
def shares(request: SignedIn, client_id: UUID, session_id: UUID) -> HttpResponse:
    """Show what is shared of a session and who read it, or ask the client to share something."""
    place = place_for(request.user, client_id, session_id)
    transcript = transcript_of(place.session, viewer=request.user)
    if transcript is None:
        if request.method == "POST":
            raise NotYours
        return render(request, "analysis/shares.html", {**place.context, "view": None})
    form = SessionShareForm(
        supervisors(), transcript.utterances, request.POST if request.method == "POST" else None
    )
    if request.method != "POST":
        return _page(request, place, transcript, form)
    if not form.is_valid():
        return _page(request, place, transcript, form, status=422)
    try:
        offer_session(by=request.user, transcript=transcript, **form.offered)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, place, transcript, form, status=403)
    messages.success(request, "Asked. Nothing is open until your client agrees to it.")
    return place.redirect("shares")


@only(Role.THERAPIST)
@require_POST
def close(
    request: SignedIn, client_id: UUID, session_id: UUID, session_share_id: UUID
) -> HttpResponse:
    """Take an offer back, or close what is open."""
    place = place_for(request.user, client_id, session_id)
    share = share_of_session(place.client, session_id, session_share_id, viewer=request.user)
    try:
        close_session_share(by=request.user, share=share)
    except Stale as gone:
        form = SessionShareForm(supervisors(), share.transcript.utterances)
        return _page(request, place, share.transcript, form, problem=str(gone), status=409)
    messages.success(request, "Closed. Nothing of it is open any more.")
    return place.redirect("shares")


@only(Role.SUPERVISOR, Role.THERAPIST)
@require_safe
def shared(request: SignedIn, session_share_id: UUID) -> HttpResponse:
    """Show exactly the lines that are shared, with what was written at them."""
    told = request.GET.get("line", "")
    at = int(told) if told.isascii() and told.isdigit() and len(told) < 7 else None
    return _shared_page(request, session_share_id, at=at)


@only(Role.SUPERVISOR, Role.THERAPIST)
@require_POST
def comment(request: SignedIn, session_share_id: UUID) -> HttpResponse:
    """Write at a line."""
    share = share_to_open(session_share_id, viewer=request.user)
    form = CommentForm(request.POST)
    if not form.is_valid():
        at = form.cleaned_data.get("line")
        return _shared_page(request, session_share_id, form, at=at, status=422)
    line = form.cleaned_data["line"]
    try:
        told = {"utterance": line - 1, "words": form.cleaned_data["words"]}
        comment_on_line(by=request.user, share=share, **told)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _shared_page(request, session_share_id, form, at=line, status=403)
    address = reverse("analysis:shared_session", args=(session_share_id,))
    return redirect(f"{address}#line-{line}")


def _page(
    request: SignedIn,
    place: Place,
    transcript: Transcript,
    form: SessionShareForm,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    view = shares_of_session(transcript, viewer=request.user)
    context = {
        **place.context,
        "transcript": transcript,
        "view": view,
        "form": form,
        "problem": problem,
    }
    return render(request, "analysis/shares.html", context, status=status)


def _shared_page(
    request: SignedIn,
    share_id: UUID,
    form: CommentForm | None = None,
    *,
    at: int | None = None,
    status: int = 200,
) -> HttpResponse:
    view = shared_session(share_id, viewer=request.user)
    context = {
        "view": view,
        "share": view.row,
        "form": form,
        # A form at each line would make a long session a heavy page.
        "at": at if view.may_comment else None,
        "here": reverse("analysis:shared_session", args=(share_id,)),
    }
    return render(request, "analysis/shared_session.html", context, status=status)
