"""The page of one session: its note for the record, and the therapist's own private note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import STAFF, Role
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.records import record_for
from holdfast_web.care.rules import may_read
from holdfast_web.encounters import actions, rules
from holdfast_web.encounters.forms import NoteForm
from holdfast_web.encounters.models import PrivateNote, Session, SessionNote
from holdfast_web.encounters.queries import note_of, private_note_of, session_for
from holdfast_web.lib.decision import Decision
from holdfast_web.lib.refusals import Stale


@dataclass(frozen=True, slots=True)
class Writing:
    """A note on the page: its form, whether it may be changed, and what stands there now.

    Attributes
    ----------
    note
        As it is kept; ``None`` before one is written.
    form
        With what was typed, if something has to be said about it.
    may
        Whether it may be changed, or why not.
    stale
        Whether it was changed elsewhere while somebody typed.
    """

    note: SessionNote | PrivateNote | None
    form: NoteForm
    may: Decision
    stale: bool = False


@only(*STAFF)
def session(request: SignedIn, client_id: UUID, session_id: UUID) -> HttpResponse:
    """Show a session with its notes."""
    client = record_for(request.user, client_id, Part.NOTES)
    found = session_for(session_id, client, viewer=request.user)
    return _session_page(request, found)


@only(Role.THERAPIST)
@require_POST
def note(request: SignedIn, client_id: UUID, session_id: UUID) -> HttpResponse:
    """Keep the note of a session."""
    client = record_for(request.user, client_id, Part.NOTES)
    found = session_for(session_id, client, viewer=request.user)
    form = NoteForm(request.POST, auto_id="note_%s")
    if not form.is_valid():
        return _session_page(request, found, note=form, status=400)
    try:
        actions.write_note(by=request.user, session=found, **form.cleaned_data)
    except Stale:
        return _session_page(request, found, note=form, status=409)
    messages.success(request, "The note is kept.")
    return redirect("encounters:session", client_id=client.pk, session_id=found.pk)


@only(Role.THERAPIST)
@require_POST
def private_note(request: SignedIn, client_id: UUID, session_id: UUID) -> HttpResponse:
    """Keep one's own private note of a session."""
    client = record_for(request.user, client_id, Part.PRIVATE_NOTES)
    found = session_for(session_id, client, viewer=request.user)
    form = NoteForm(request.POST, auto_id="private_%s")
    if not form.is_valid():
        return _session_page(request, found, private=form, status=400)
    told = form.cleaned_data
    try:
        actions.write_private_note(by=request.user, client=client, session=found, **told)
    except Stale:
        return _session_page(request, found, private=form, status=409)
    messages.success(request, "Your private note is kept.")
    return redirect("encounters:session", client_id=client.pk, session_id=found.pk)


@only(Role.THERAPIST)
def own_note(request: SignedIn, client_id: UUID) -> HttpResponse:
    """Show and keep one's own private note about the work as a whole."""
    client = record_for(request.user, client_id, Part.PRIVATE_NOTES)
    form, status = NoteForm(request.POST or None, auto_id="private_%s"), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                actions.write_private_note(by=request.user, client=client, **form.cleaned_data)
            except Stale:
                status = 409
            else:
                messages.success(request, "Your private note is kept.")
                return redirect("encounters:own_note", client_id=client.pk)
    typed = form if request.method == "POST" else None
    return render(
        request,
        "encounters/own_note.html",
        {"client": client, "private": _private(request, client, None, typed, status == 409)},
        status=status,
    )


def _session_page(
    request: SignedIn,
    session: Session,
    *,
    note: NoteForm | None = None,
    private: NoteForm | None = None,
    status: int = 200,
) -> HttpResponse:
    viewer, client, stale = request.user, session.client, status == 409
    kept = note_of(session, viewer=viewer)
    context: dict[str, Any] = {
        "client": client,
        "session": session,
        "note": Writing(
            kept,
            _form(note, kept, "note_%s", stale),
            rules.may_write_note(viewer, session, kept),
            stale and note is not None,
        ),
        "may_change": rules.may_change(viewer, session),
        "may_cancel": rules.may_cancel(viewer, session),
        "may_miss": rules.may_miss(viewer, session),
        "may_hold": rules.may_hold(viewer, session, rules.open_since(client.pk)),
        "may_see_talk": may_read(viewer, client, Part.TRANSCRIPTS),
        "may_plan_again": rules.may_plan_again(viewer, session),
    }
    if may_read(viewer, client, Part.PRIVATE_NOTES):
        context["private"] = _private(request, client, session, private, stale)
    return render(request, "encounters/session.html", context, status=status)


def _private(
    request: SignedIn,
    client: Client,
    session: Session | None,
    typed: NoteForm | None,
    stale: bool,
) -> Writing:
    kept = private_note_of(client, viewer=request.user, session=session)
    return Writing(
        kept,
        _form(typed, kept, "private_%s", stale),
        rules.may_write_private_note(request.user, client, kept),
        stale and typed is not None,
    )


def _form(
    typed: NoteForm | None, kept: SessionNote | PrivateNote | None, auto_id: str, stale: bool
) -> NoteForm:
    """Return the form with what is kept, or with what was typed on top of the newest edition."""
    edition = kept.edition if kept else 0
    if typed is None:
        begin = {"words": kept.words if kept else "", "edition": edition}
        return NoteForm(initial=begin, auto_id=auto_id)
    if stale:
        return NoteForm({"words": typed.data["words"], "edition": edition}, auto_id=auto_id)
    return typed
