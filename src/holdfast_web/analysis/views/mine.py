"""The client's own pages: their sessions, what is shown of them, and who may read them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.analysis.actions.refusing import (
    refuse_every_session,
    refuse_session,
    take_refusal_back,
)
from holdfast_web.analysis.actions.showing import see_excerpt
from holdfast_web.analysis.actions.supervising import agree_to_session, close_session_share
from holdfast_web.analysis.models import SessionShare
from holdfast_web.analysis.queries.mine import my_session, my_sessions, own_session, own_share
from holdfast_web.care.records import own_record
from holdfast_web.lib.refusals import Refused, Stale

NOTHING_HERE = "Noted. Nothing of this session is turned into text."
ALL_ERASED = "Erased: nothing that was said in your sessions is here as text any more."
ERASED = "Noted, and erased: what was said in this session isn’t here as text any more."


@only(Role.CLIENT)
@require_safe
def sessions(request: SignedIn) -> HttpResponse:
    """Show a client their sessions: where there is text, until when, and what was shown."""
    found = my_sessions(own_record(request.user), viewer=request.user)
    return render(request, "analysis/my_sessions.html", {"found": found})


@only(Role.CLIENT)
@require_POST
def erase(request: SignedIn) -> HttpResponse:
    """Erase all text of one's sessions."""
    refuse_every_session(by=request.user, client=own_record(request.user))
    messages.success(request, ALL_ERASED)
    return redirect("analysis:my_sessions")


@only(Role.CLIENT)
@require_safe
def session(request: SignedIn, session_id: UUID) -> HttpResponse:
    """Show a client what their therapist chose to show of a session, and what is shared of it."""
    return _page(request, session_id)


@only(Role.CLIENT)
@require_POST
def refuse(request: SignedIn, session_id: UUID) -> HttpResponse:
    """Say "not this session"."""
    found = own_session(own_record(request.user), session_id, viewer=request.user)
    try:
        removed = refuse_session(by=request.user, session=found)
    except Refused as refusal:
        return _page(request, session_id, problem=str(refusal), status=403)
    messages.success(request, ERASED if removed else NOTHING_HERE)
    return redirect("analysis:my_session", session_id=session_id)


@only(Role.CLIENT)
@require_POST
def take_back(request: SignedIn, session_id: UUID) -> HttpResponse:
    """Take a "not this session" back."""
    found = own_session(own_record(request.user), session_id, viewer=request.user)
    try:
        take_refusal_back(by=request.user, session=found)
    except Refused as refusal:
        return _page(request, session_id, problem=str(refusal), status=403)
    messages.success(request, "Taken back: for this session it is as for the others again.")
    return redirect("analysis:my_session", session_id=session_id)


@only(Role.CLIENT)
@require_POST
def agree(request: SignedIn, session_share_id: UUID) -> HttpResponse:
    """Agree that a supervisor reads a session."""
    share = own_share(own_record(request.user), session_share_id, viewer=request.user)
    try:
        agree_to_session(by=request.user, share=share)
    except (Stale, Refused) as gone:
        return _share_page(request, share, gone)
    messages.success(request, "Agreed. You can close it at any time, on this page.")
    return _to_session(share)


@only(Role.CLIENT)
@require_POST
def decline(request: SignedIn, session_share_id: UUID) -> HttpResponse:
    """Say no to sharing a session, or close it."""
    share = own_share(own_record(request.user), session_share_id, viewer=request.user)
    try:
        close_session_share(by=request.user, share=share)
    except Stale as gone:
        return _share_page(request, share, gone)
    messages.success(request, "Closed. Nothing of it is open to the supervisor.")
    return _to_session(share)


def _to_session(share: SessionShare) -> HttpResponse:
    return redirect("analysis:my_session", session_id=share.transcript.session_id)


def _share_page(request: SignedIn, share: SessionShare, gone: Stale | Refused) -> HttpResponse:
    status = 409 if isinstance(gone, Stale) else 403
    return _page(request, share.transcript.session_id, problem=str(gone), status=status)


def _page(
    request: SignedIn, session_id: UUID, *, problem: str = "", status: int = 200
) -> HttpResponse:
    client = own_record(request.user)
    view = my_session(client, session_id, viewer=request.user)
    if view.told.is_new:
        see_excerpt(by=request.user, client=client, session=view.told.session)
    told = {"view": view, "session": view.told.session, "problem": problem}
    return render(request, "analysis/my_session.html", told, status=status)
