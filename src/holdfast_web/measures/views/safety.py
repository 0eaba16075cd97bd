"""Pages of answers that a person must see: for the therapist, and for who stands in."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import STAFF, Role
from holdfast_web.care.context import reads_intakes
from holdfast_web.care.parts import Part
from holdfast_web.care.records import record_for
from holdfast_web.lib.refusals import NotYours, Stale
from holdfast_web.measures.actions.noticing import acknowledge_safety
from holdfast_web.measures.forms.noticing import DoneForm
from holdfast_web.measures.queries.noticing import (
    open_safety_for,
    safety_answer_for,
    safety_of,
    stands_in,
)


@only(*STAFF)
@require_safe
def safety(request: SignedIn) -> HttpResponse:
    """Show the answers that wait for somebody."""
    deputy = stands_in(request.user)
    if request.user.role != Role.THERAPIST and not deputy and not reads_intakes(request.user):
        raise NotYours
    found = open_safety_for(request.user)
    context = {
        "urgent": [one for one in found if one.urgent],
        "notes": [one for one in found if not one.urgent],
        "deputy": deputy,
    }
    return render(request, "measures/safety.html", context)


@only(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def safety_answer(request: SignedIn, answer_id: UUID) -> HttpResponse:
    """Show one answer, and keep what was done about it."""
    found = safety_answer_for(answer_id, request.user)
    form, clash, status = DoneForm(request.POST or None), "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                acknowledge_safety(by=request.user, answer=found.row, **form.cleaned_data)
            except Stale as stale:
                clash, status = str(stale), 409
                found = safety_answer_for(answer_id, request.user)
            else:
                messages.success(request, "Kept, with your name and the time.")
                return redirect("measures:safety")
    context = {"one": found, "form": form, "clash": clash}
    return render(request, "measures/safety_answer.html", context, status=status)


@only(*STAFF)
@require_safe
def client_safety(request: SignedIn, client_id: UUID) -> HttpResponse:
    """Show a client's answers that a person had to see, and what was done."""
    client = record_for(request.user, client_id, Part.SIGNALS)
    found = safety_of(client, viewer=request.user)
    return render(request, "measures/client_safety.html", {"client": client, "found": found})
