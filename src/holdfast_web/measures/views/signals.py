"""Pages of signals: what stands out, what one will do about it, how it looked afterwards."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import STAFF, Role
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.records import record_for
from holdfast_web.care.rules import is_therapist_of
from holdfast_web.lib.refusals import Stale
from holdfast_web.measures.actions.noticing import answer_signal, close_signal, read_signal
from holdfast_web.measures.forms.noticing import AnswerForm, CloseForm
from holdfast_web.measures.queries.noticing import signal_for, signals_of
from holdfast_web.measures.queries.signals import SignalPage, SignalView
from holdfast_web.measures.rules import (
    may_answer_signal,
    may_close_signal,
    may_log_rupture,
    may_see_safety_of,
)

WEEK = dt.timedelta(days=7)


@only(*STAFF)
@require_safe
def signals(request: SignedIn, client_id: UUID) -> HttpResponse:
    """Show all that stands out in a client's courses."""
    client = record_for(request.user, client_id, Part.SIGNALS)
    found = signals_of(client, viewer=request.user)
    context = {
        "client": client,
        "may_see_safety": may_see_safety_of(request.user, client),
        **_sorted(found),
    }
    return render(request, "measures/signals.html", context)


@only(*STAFF)
@require_safe
def signal(request: SignedIn, client_id: UUID, signal_id: UUID) -> HttpResponse:
    """Show a signal with its card and the ratings around it."""
    client = record_for(request.user, client_id, Part.SIGNALS)
    page = signal_for(signal_id, client, viewer=request.user)
    if page.view.guess is None and page.view.unread and is_therapist_of(request.user, client):
        read_signal(by=request.user, signal=page.view.row)
    return _page(request, client, page)


@only(Role.THERAPIST)
@require_POST
def answer(request: SignedIn, client_id: UUID, signal_id: UUID) -> HttpResponse:
    """Keep what the therapist will do."""
    client = record_for(request.user, client_id, Part.SIGNALS)
    page = signal_for(signal_id, client, viewer=request.user)
    form = AnswerForm(request.POST, others=_others(page))
    if not form.is_valid():
        return _page(request, client, page, answer_form=form, status=422)
    try:
        answer_signal(by=request.user, signal=page.view.row, **form.cleaned_data)
    except Stale as clash:
        fresh = signal_for(signal_id, client, viewer=request.user)
        return _page(request, client, fresh, answer_form=form, clash=str(clash), status=409)
    messages.success(request, "Kept. You will be asked how it looked afterwards.")
    return redirect("measures:signal", client_id=client.pk, signal_id=signal_id)


@only(Role.THERAPIST)
@require_POST
def close(request: SignedIn, client_id: UUID, signal_id: UUID) -> HttpResponse:
    """Keep how it looked afterwards."""
    client = record_for(request.user, client_id, Part.SIGNALS)
    page = signal_for(signal_id, client, viewer=request.user)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _page(request, client, page, close_form=form, status=422)
    try:
        close_signal(by=request.user, signal=page.view.row, **form.cleaned_data)
    except Stale as clash:
        fresh = signal_for(signal_id, client, viewer=request.user)
        return _page(request, client, fresh, close_form=form, clash=str(clash), status=409)
    messages.success(request, "Kept.")
    return redirect("measures:signal", client_id=client.pk, signal_id=signal_id)


def _page(
    request: SignedIn,
    client: Client,
    page: SignalPage,
    *,
    answer_form: AnswerForm | None = None,
    close_form: CloseForm | None = None,
    clash: str = "",
    status: int = 200,
) -> HttpResponse:
    if page.view.guess is not None:
        return render(request, "measures/signal_waits.html", {"client": client, "view": page.view})
    row = page.view.row
    context: dict[str, Any] = {
        "client": client,
        "page": page,
        "row": row,
        "view": page.view,
        "answer_form": answer_form or _answer_form(page),
        "close_form": close_form or CloseForm(),
        "typed": answer_form or close_form,
        "clash": clash,
        "mine": is_therapist_of(request.user, client),
        "may_answer": may_answer_signal(request.user, client, row),
        "may_close": may_close_signal(request.user, client, row),
        "may_log": may_log_rupture(request.user, client),
    }
    return render(request, "measures/signal.html", context, status=status)


def _answer_form(page: SignalPage) -> AnswerForm:
    row = page.view.row
    return AnswerForm(
        others=_others(page),
        initial={
            "intent": row.intent or "",
            "by_when": row.by_when or timezone.localdate() + WEEK,
            "also": [one.id for one in page.others],
        },
    )


def _others(page: SignalPage) -> list[tuple[UUID, str]]:
    return [(one.id, one.title) for one in page.others]


def _sorted(found: tuple[SignalView, ...]) -> dict[str, list[SignalView]]:
    """Sort signals by what they ask of the therapist now."""
    return {
        "think": [one for one in found if one.status == "open" and one.alert],
        "follow": [one for one in found if one.to_follow_up],
        "decided": [one for one in found if one.status == "answered" and not one.to_follow_up],
        "notes": [one for one in found if one.status == "open" and not one.alert],
        "closed": [one for one in found if one.status == "closed"],
    }
