"""Pages of who reads the intakes: the list, one intake, an answer; and of who sends them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.letters import address_of
from holdfast_web.accounts.models import STAFF, Role
from holdfast_web.care.actions import change_practice
from holdfast_web.care.context import the_practice
from holdfast_web.fit.actions.answering import close_intake, decide_intake, see_intake, take_on
from holdfast_web.fit.actions.beginning import invite_to_intake
from holdfast_web.fit.forms.intakes import AnswerForm, InviteForm, PracticeIntakeForm
from holdfast_web.fit.laid_out import laid_out
from holdfast_web.fit.opening import token_of
from holdfast_web.fit.queries.intakes import Told, intake_for, waiting_intakes
from holdfast_web.fit.rules.intakes import (
    may_close_intake,
    may_decide,
    may_invite_to_intake,
    may_take_on,
)
from holdfast_web.fit.showing import promised_by
from holdfast_web.lib.refusals import NotYours, Stale
from holdfast_web.measures.queries.noticing import open_safety_for

NOT_INVITED = (
    "They are in your care. No invitation went out: there is no address to write to, or it has an "
    "account already. Tell them yourself."
)


@only(*STAFF)
@require_safe
def intakes(request: SignedIn) -> HttpResponse:
    """Show the intakes that wait."""
    found = waiting_intakes(viewer=request.user)
    context = {
        "open": [one for one in found if not one.intake.decision],
        "answered": [one for one in found if one.intake.decision],
    }
    return render(request, "fit/intakes/list.html", context)


@only(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def intake(request: SignedIn, intake_id: UUID) -> HttpResponse:
    """Show all that somebody told, and answer it."""
    told = intake_for(intake_id, viewer=request.user)
    row = told.intake
    if request.method == "POST" and not may_decide(request.user, row):
        raise NotYours
    form = AnswerForm(request.POST or None, initial=_before(told))
    clash, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                written = decide_intake(by=request.user, intake=row, **form.cleaned_data)
            except Stale as stale:
                clash, status = str(stale), 409
                told = intake_for(intake_id, viewer=request.user)
            else:
                messages.success(request, _kept(written))
                return redirect("fit:intake_told", row.pk)
    return _page(request, told, form, clash, status)


@only(*STAFF)
@require_POST
def seen(request: SignedIn, intake_id: UUID) -> HttpResponse:
    """Note that one has read it."""
    see_intake(by=request.user, intake=_to_answer(request, intake_id))
    return redirect("fit:intake_told", intake_id)


@only(*STAFF)
@require_POST
def take(request: SignedIn, intake_id: UUID) -> HttpResponse:
    """Begin care with somebody who asked for help."""
    care, invited = take_on(by=request.user, intake=_to_answer(request, intake_id))
    said = "They are in your care, and invited to their own record." if invited else NOT_INVITED
    messages.success(request, said)
    return redirect("dashboards:relationship", care.client_id)


@only(*STAFF)
@require_POST
def close(request: SignedIn, intake_id: UUID) -> HttpResponse:
    """Close a record in which no care began."""
    close_intake(by=request.user, intake=_to_answer(request, intake_id))
    messages.success(request, "Closed. It is kept as long as your practice keeps records.")
    return redirect("fit:intakes")


@only(Role.THERAPIST, Role.OWNER)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: SignedIn) -> HttpResponse:
    """Send the questions to somebody."""
    may, form, link = may_invite_to_intake(request.user, the_practice()), InviteForm(), ""
    if request.method == "POST":
        form = InviteForm(request.POST)
        if form.is_valid():
            made = invite_to_intake(by=request.user, **form.cleaned_data)
            link = address_of(reverse("fit:intake", args=(token_of(made.pk),)))
            form = InviteForm()
    status = 422 if form.errors else 200
    context = {"form": form, "may": may, "link": link}
    return render(request, "fit/intakes/invite.html", context, status=status)


@only(Role.OWNER)
@require_http_methods(["GET", "HEAD", "POST"])
def practice_intake(request: SignedIn) -> HttpResponse:
    """Open or close the public page, and name who reads what is told."""
    practice = the_practice()
    if practice is None:
        raise NotYours
    before = {"intake": practice.intake, "intake_is_open": practice.intake_is_open}
    form = PracticeIntakeForm(request.POST or None, initial=before)
    if request.method == "POST" and form.is_valid():
        change_practice(by=request.user, practice=practice, values=form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("fit:practice_intake")
    context = {"form": form, "address": address_of(reverse("fit:begin"))}
    status = 422 if form.errors else 200
    return render(request, "fit/intakes/practice.html", context, status=status)


def _to_answer(request: SignedIn, intake_id: UUID) -> Any:
    found = intake_for(intake_id, viewer=request.user).intake
    if not may_decide(request.user, found):
        raise NotYours
    return found


def _page(request: SignedIn, told: Told, form: AnswerForm, clash: str, status: int) -> HttpResponse:
    row, viewer = told.intake, request.user
    context = {
        "told": told,
        "laid": laid_out(told),
        "by_when": promised_by(row, told.assessment),
        "safety": open_safety_for(viewer, of=row.client_id),
        "form": form,
        "clash": clash,
        "may_decide": may_decide(viewer, row),
        "may_take_on": may_take_on(viewer, row),
        "may_close": may_close_intake(viewer, row),
    }
    return render(request, "fit/intakes/intake.html", context, status=status)


def _before(told: Told) -> dict[str, Any]:
    row = told.intake
    return {
        "decision": row.decision,
        "words": row.decision_words or "",
        "urgency": row.urgency,
        "edition": row.edition,
    }


def _kept(written: bool) -> str:
    if written:
        return "Kept. A letter tells them that there is something to read."
    return "Kept. No letter went out: there is no address to write to. They see it at their link."
