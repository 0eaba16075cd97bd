"""Pages that plan a session with the client, move it, or say what became of it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.agreements.terms import terms_of
from holdfast_web.care.parts import Part
from holdfast_web.care.records import record_for
from holdfast_web.encounters import actions, rules
from holdfast_web.encounters.forms import SessionForm, initial_of
from holdfast_web.encounters.models import Session
from holdfast_web.encounters.queries import is_taken, session_for, sessions_of
from holdfast_web.lib.refusals import Refused

TAKEN = "You have another session at that time. Look at your sessions when you are alone."
STATUSES = {
    "cancelled": (actions.cancel_session, "The session is cancelled."),
    "missed": (actions.miss_session, "Noted: the session was missed."),
    "again": (actions.plan_again, "The session is planned again."),
}


@only(Role.THERAPIST)
def plan(request: SignedIn, client_id: UUID) -> HttpResponse:
    """Plan sessions, together with the client."""
    client = record_for(request.user, client_id, Part.SESSIONS)
    terms = terms_of(client)
    usual = {"minutes": terms.session_minutes} if terms and terms.session_minutes else {}
    form = SessionForm(request.POST or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            planned = actions.plan_weekly(
                by=request.user,
                client=client,
                starts_at=told["starts_at"],
                minutes=told["minutes"],
                place=told["place"],
                times=told["times"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _planned(len(planned)))
            _say_if_taken(request, planned)
            return redirect("encounters:plan", client_id=client.pk)
    known = sessions_of(client, viewer=request.user)
    return render(
        request,
        "encounters/plan.html",
        {
            "client": client,
            "form": form,
            "may": rules.may_plan(request.user, client),
            "planned": [one for one in known if one.status == Session.Status.PLANNED],
        },
        status=400 if form.errors else 200,
    )


@only(Role.THERAPIST)
def change(request: SignedIn, client_id: UUID, session_id: UUID) -> HttpResponse:
    """Move a session to another time or place."""
    client = record_for(request.user, client_id, Part.SESSIONS)
    session = session_for(session_id, client, viewer=request.user)
    form = SessionForm(request.POST or None, initial=initial_of(session))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            session = actions.change_session(
                by=request.user,
                session=session,
                starts_at=told["starts_at"],
                minutes=told["minutes"],
                place=told["place"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The session is moved.")
            _say_if_taken(request, (session,))
            return redirect("encounters:session", client_id=client.pk, session_id=session.pk)
    return render(
        request,
        "encounters/change.html",
        {
            "client": client,
            "session": session,
            "form": form,
            "may": rules.may_change(request.user, session),
        },
        status=400 if form.errors else 200,
    )


@only(Role.THERAPIST)
@require_POST
def became(request: SignedIn, client_id: UUID, session_id: UUID, what: str) -> HttpResponse:
    """Say that a session was cancelled or missed, or take that back."""
    client = record_for(request.user, client_id, Part.SESSIONS)
    session = session_for(session_id, client, viewer=request.user)
    act, said = STATUSES[what]
    try:
        act(by=request.user, session=session)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("encounters:session", client_id=client.pk, session_id=session.pk)


def _planned(count: int) -> str:
    return "The session is planned." if count == 1 else f"{count} sessions are planned."


def _say_if_taken(request: SignedIn, sessions: tuple[Session, ...]) -> None:
    for one in sessions:
        if is_taken(one.starts_at, one.minutes, viewer=request.user, but=one):
            messages.warning(request, TAKEN)
            return
