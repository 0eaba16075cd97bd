"""A client's change, for the present therapist who was told, and for the one who comes next."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Person, Role
from holdfast_web.care.parts import Part
from holdfast_web.care.records import record_for
from holdfast_web.handover import rules
from holdfast_web.handover.actions import settling
from holdfast_web.handover.actions.asking import take_change_back
from holdfast_web.handover.forms.changes import EditionForm, LetterForm, NextForm, SettleForm
from holdfast_web.handover.models import HandOver
from holdfast_web.handover.queries.changes import (
    change_known_to,
    change_row,
    change_waiting,
    changes_waiting,
    who_could_come,
)
from holdfast_web.handover.queries.documents import passed_on
from holdfast_web.lib.refusals import Refused, Stale


@only(Role.THERAPIST)
def hand_over(request: SignedIn, client_id: UUID) -> HttpResponse:
    """Show a client's change: to the present therapist, with the letter, or to the next one."""
    client = record_for(request.user, client_id, Part.CARE)
    found = change_known_to(request.user, client)
    if rules.came_by(request.user, found.row):
        passed = passed_on(found.row, viewer=request.user)
        context = {"client": client, "change": found, "passed": passed}
        return render(request, "handover/came.html", context)
    form = LetterForm(request.POST or None, initial={"words": found.letter})
    status, stale = 200, ""
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                settling.write_letter(by=request.user, change=found.row, **form.cleaned_data)
            except Stale as refused:
                status, stale = 409, str(refused)
                found = change_known_to(request.user, client)
            else:
                messages.success(request, "Kept. The client can read it now.")
                return redirect("handover:hand_over", client_id)
    context = {"client": client, "change": found, "form": form, "stale": stale}
    return render(request, "handover/letter.html", context, status=status)


@only(Role.THERAPIST, Role.OWNER)
def waiting(request: SignedIn) -> HttpResponse:
    """Show the changes that wait for me."""
    context = {"waiting": changes_waiting(viewer=request.user)}
    return render(request, "handover/waiting.html", context)


@only(Role.THERAPIST, Role.OWNER)
def settle(request: SignedIn, hand_over_id: UUID) -> HttpResponse:
    """Show one change that waits for me, and settle it, decline it, or propose who comes next."""
    found = change_waiting(hand_over_id, viewer=request.user)
    row = change_row(hand_over_id)
    people = who_could_come(row)
    form: Any = SettleForm(None)
    if request.method == "POST":
        form, done = _do(request, row, people)
        if done:
            messages.success(request, done)
            return redirect("handover:waiting")
    context = {"one": found, "people": people, "form": form}
    return render(request, "handover/settle.html", context, status=422 if form.errors else 200)


def _do(request: SignedIn, row: HandOver, people: tuple[Person, ...]) -> tuple[Any, str]:
    """Do what was asked; return the form with what has to be said about it, or what was done."""
    do = request.POST.get("do")
    told: dict[str, Any] = {"by": request.user, "change": row}
    if do == "propose":
        return _propose(request, told, people)
    if do == "take_back":
        take_change_back(**told)
        return EditionForm(), "Taken back. The care goes on as before; please tell both."
    if do == "decline":
        form: Any = EditionForm(request.POST)
        if form.is_valid():
            settling.decline_change(**told, **form.cleaned_data)
        return form, "The client is told that it can’t be now."
    form = SettleForm(request.POST)
    if form.is_valid():
        try:
            settling.settle_change(
                **told,
                edition=form.cleaned_data["edition"],
                starts_at=_midnight(form.cleaned_data["starts_on"]),
            )
        except Refused as refused:
            form.add_error("starts_on", str(refused))
    return form, "" if form.errors else "Settled. The care passes on without a gap."


def _propose(
    request: SignedIn, told: dict[str, Any], people: tuple[Person, ...]
) -> tuple[Any, str]:
    form = NextForm(request.POST, people=people)
    if form.is_valid() and form.cleaned_data["to"] is None:
        form.add_error("to", "Please choose somebody.")
    if not form.is_valid():
        return form, ""
    settling.propose_next(**told, **form.cleaned_data)
    return form, "Proposed. The client answers on their own page."


def _midnight(on: Any) -> datetime | None:
    return timezone.make_aware(datetime.combine(on, time.min)) if on else None
