"""The therapist's page about what a client is asked: choose, end, take back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.records import record_for
from holdfast_web.engine.forms import Known, known_instruments
from holdfast_web.lib.refusals import Refused
from holdfast_web.measures.actions.asking import (
    CHECK_IN,
    assign_instrument,
    end_assignment,
    withdraw_sheet,
)
from holdfast_web.measures.forms.asking import AskForm
from holdfast_web.measures.queries.asking import asked_of, assignment_for, sheet_to_answer
from holdfast_web.measures.rules import may_ask


@only(Role.THERAPIST)
@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: SignedIn, client_id: UUID) -> HttpResponse:
    """Show what a client is asked, or ask something more."""
    client = record_for(request.user, client_id, Part.COURSE)
    if request.method != "POST":
        return _page(request, client, AskForm(offered=_offered()))
    form = AskForm(request.POST, offered=_offered())
    if form.is_valid():
        told = form.cleaned_data
        try:
            assign_instrument(
                by=request.user,
                client=client,
                instrument=told["instrument"],
                every_sessions=told["every_sessions"],
            )
        except Refused as refusal:
            form.add_error("instrument", str(refusal))
        else:
            messages.success(request, "It is asked from now on. The first one is waiting.")
            return redirect("measures:asked", client.pk)
    return _page(request, client, form, status=422)


@only(Role.THERAPIST)
@require_POST
def end(request: SignedIn, client_id: UUID, assignment_id: UUID) -> HttpResponse:
    """Stop asking a questionnaire."""
    client = record_for(request.user, client_id, Part.COURSE)
    end_assignment(
        by=request.user, assignment=assignment_for(client, assignment_id, viewer=request.user)
    )
    messages.success(request, "It isn’t asked any more. What was answered stays.")
    return redirect("measures:asked", client.pk)


@only(Role.THERAPIST)
@require_POST
def withdraw(request: SignedIn, client_id: UUID, sheet_id: UUID) -> HttpResponse:
    """Take back what is waiting for an answer."""
    client = record_for(request.user, client_id, Part.COURSE)
    withdraw_sheet(by=request.user, sheet=sheet_to_answer(request.user, sheet_id, of=client))
    messages.success(request, "It isn’t waiting any more.")
    return redirect("measures:asked", client.pk)


def _offered() -> tuple[Known, ...]:
    return tuple(one for one in known_instruments() if one.askable and one.name != CHECK_IN)


def _page(request: SignedIn, client: Client, form: AskForm, status: int = 200) -> HttpResponse:
    found = asked_of(client, viewer=request.user)
    taken = {assignment.instrument for assignment, _ in found.regular}
    context = {
        "client": client,
        "asked": found,
        "form": form,
        "offered": [one for one in _offered() if one.name not in taken],
        "may": may_ask(request.user, client),
        "chosen": form["instrument"].value(),
        "often": form["how_often"].value(),
    }
    return render(request, "measures/asked.html", context, status=status)
