"""Pages of the rupture log: what strained the relationship, and the steps towards repair."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import STAFF, Role
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.records import record_for
from holdfast_web.lib.refusals import NotYours, Stale
from holdfast_web.measures.actions.noticing import add_step, log_rupture, resolve_rupture
from holdfast_web.measures.forms.noticing import ResolveForm, RuptureForm, StepForm
from holdfast_web.measures.models import Signal
from holdfast_web.measures.queries.noticing import (
    rupture_for,
    ruptures_of,
    sessions_so_far,
    signal_for,
)
from holdfast_web.measures.rules import may_go_on_with_rupture, may_log_rupture


@only(*STAFF)
@require_safe
def ruptures(request: SignedIn, client_id: UUID) -> HttpResponse:
    """Show the rupture log of a client."""
    client = record_for(request.user, client_id, Part.SIGNALS)
    found = ruptures_of(client, viewer=request.user)
    context = {
        "client": client,
        "open": [one for one in found if one.row.resolved_on is None],
        "resolved": [one for one in found if one.row.resolved_on is not None],
        "may_log": may_log_rupture(request.user, client),
    }
    return render(request, "measures/ruptures.html", context)


@only(Role.THERAPIST)
@require_http_methods(["GET", "HEAD", "POST"])
def new_rupture(request: SignedIn, client_id: UUID, signal_id: UUID | None = None) -> HttpResponse:
    """Write down a rupture, from a signal or by itself."""
    client = record_for(request.user, client_id, Part.SIGNALS)
    signal = _signal(request, client, signal_id)
    sessions = sessions_so_far(client, viewer=request.user)
    first = {"session_number": signal.session_number} if signal else {}
    form = RuptureForm(request.POST or None, sessions=sessions, initial=first)
    if request.method == "POST" and form.is_valid():
        made = log_rupture(by=request.user, client=client, signal=signal, **form.cleaned_data)
        messages.success(request, "Kept. You can add steps as they are taken.")
        return redirect("measures:rupture", client_id=client.pk, rupture_id=made.pk)
    context = {
        "client": client,
        "form": form,
        "signal": signal,
        "sessions": sessions,
        "may_log": may_log_rupture(request.user, client),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "measures/rupture_new.html", context, status=status)


@only(*STAFF)
@require_safe
def rupture(request: SignedIn, client_id: UUID, rupture_id: UUID) -> HttpResponse:
    """Show one entry of the log."""
    client = record_for(request.user, client_id, Part.SIGNALS)
    return _page(request, client, rupture_id)


@only(Role.THERAPIST)
@require_POST
def step(request: SignedIn, client_id: UUID, rupture_id: UUID) -> HttpResponse:
    """Add a step towards repair."""
    client = record_for(request.user, client_id, Part.SIGNALS)
    form = StepForm(request.POST)
    if not form.is_valid():
        return _page(request, client, rupture_id, step_form=form, status=422)
    found = rupture_for(rupture_id, client, viewer=request.user)
    try:
        add_step(by=request.user, rupture=found.row, **form.cleaned_data)
    except Stale as clash:
        return _page(request, client, rupture_id, step_form=form, clash=str(clash), status=409)
    messages.success(request, "Kept.")
    return redirect("measures:rupture", client_id=client.pk, rupture_id=rupture_id)


@only(Role.THERAPIST)
@require_POST
def resolve(request: SignedIn, client_id: UUID, rupture_id: UUID) -> HttpResponse:
    """Keep the day on which a rupture was resolved."""
    client = record_for(request.user, client_id, Part.SIGNALS)
    form = ResolveForm(request.POST)
    if not form.is_valid():
        return _page(request, client, rupture_id, resolve_form=form, status=422)
    found = rupture_for(rupture_id, client, viewer=request.user)
    try:
        resolve_rupture(by=request.user, rupture=found.row, **form.cleaned_data)
    except Stale as clash:
        return _page(request, client, rupture_id, resolve_form=form, clash=str(clash), status=409)
    messages.success(request, "Kept. What helped may be worth telling each other.")
    return redirect("measures:rupture", client_id=client.pk, rupture_id=rupture_id)


def _signal(request: SignedIn, client: Client, signal_id: UUID | None) -> Signal | None:
    if signal_id is None:
        return None
    view = signal_for(signal_id, client, viewer=request.user).view
    if view.guess is not None:
        raise NotYours
    return view.row


def _page(
    request: SignedIn,
    client: Client,
    rupture_id: UUID,
    *,
    step_form: forms.Form | None = None,
    resolve_form: forms.Form | None = None,
    clash: str = "",
    status: int = 200,
) -> HttpResponse:
    found = rupture_for(rupture_id, client, viewer=request.user)
    context: dict[str, Any] = {
        "client": client,
        "found": found,
        "row": found.row,
        "step_form": step_form or StepForm(),
        "resolve_form": resolve_form or ResolveForm(initial={"on": timezone.localdate()}),
        "typed": step_form,
        "clash": clash,
        "may_go_on": may_go_on_with_rupture(request.user, client, found.row),
    }
    return render(request, "measures/rupture.html", context, status=status)
