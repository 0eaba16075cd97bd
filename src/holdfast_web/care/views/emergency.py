"""Opening a record in an emergency, and telling those who must know."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from holdfast_web.accounts.gate import SignedIn, fresh_sign_in, only
from holdfast_web.accounts.models import STAFF
from holdfast_web.accounts.rules import runs_the_practice
from holdfast_web.care.actions import note_emergency_seen, open_in_an_emergency
from holdfast_web.care.forms import Emergency
from holdfast_web.care.models import EmergencyAccess
from holdfast_web.care.queries import client_named
from holdfast_web.lib.refusals import NotYours, Refused


@only(*STAFF)
@fresh_sign_in
def emergency(request: SignedIn) -> HttpResponse:
    """Open a record that isn't yours."""
    form = Emergency(request.POST or None)
    if request.method == "POST" and form.is_valid():
        client = client_named(form.cleaned_data["name"], viewer=request.user)
        if client is None:
            form.add_error("name", "There is no record, or more than one, of exactly this name.")
        else:
            try:
                open_in_an_emergency(
                    by=request.user, client=client, reason=form.cleaned_data["reason"]
                )
            except Refused as refused:
                form.add_error("reason", str(refused))
            else:
                return redirect("dashboards:relationship", client_id=client.pk)
    return render(request, "care/emergency.html", {"form": form})


@only(*STAFF)
@require_POST
def seen(request: SignedIn, access_id: UUID) -> HttpResponse:
    """Note that the owner has looked at an emergency access."""
    if not runs_the_practice(request.user):
        raise NotYours
    access = get_object_or_404(EmergencyAccess, pk=access_id)
    note_emergency_seen(by=request.user, access=access)
    return redirect("home")
