"""Changes of therapist for the practice's owner: how often, why where given, and one's own need."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.care.models import CareRelationship
from holdfast_web.care.queries import clients_in_care
from holdfast_web.handover import rules
from holdfast_web.handover.actions.asking import begin_for_practice
from holdfast_web.handover.forms.changes import NeedForm
from holdfast_web.handover.queries.changes import changes_waiting
from holdfast_web.handover.queries.counted import changes_counted


@only(Role.OWNER)
def changes(request: SignedIn) -> HttpResponse:
    """Show how often clients changed and why, and what waits for the practice."""
    context = {
        "counted": changes_counted(viewer=request.user),
        "waiting": changes_waiting(viewer=request.user),
        "clients": clients_in_care(viewer=request.user),
    }
    return render(request, "handover/changes.html", context)


@only(Role.OWNER)
def begin(request: SignedIn, care_id: UUID) -> HttpResponse:
    """Begin a change that the practice needs."""
    rows = CareRelationship.objects.select_related("client__person", "therapist")
    care = get_object_or_404(rows, pk=care_id, client__erased_at=None)
    form = NeedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        begin_for_practice(by=request.user, care=care, words=form.cleaned_data["words"])
        messages.success(request, "Begun. The client is told, and decides with you who comes next.")
        return redirect("handover:changes")
    context = {"care": care, "form": form, "may": rules.may_begin_for(request.user, care)}
    return render(request, "handover/begin.html", context, status=422 if form.errors else 200)
