"""One client: the page to look at together, the page to show, and the one to put it away with."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import STAFF, Role
from holdfast_web.care.parts import Part
from holdfast_web.care.records import record_for
from holdfast_web.care.rules import is_therapist_of
from holdfast_web.dashboards import queries
from holdfast_web.fit.queries.intakes import intake_id_of
from holdfast_web.handover.queries.news import led_to
from holdfast_web.lib.refusals import NotYours


@only(*STAFF)
def relationship(request: SignedIn, client_id: UUID) -> HttpResponse:
    """Show a relationship to the therapist, or to whoever opened the record in an emergency."""
    client = queries.client_in_care(client_id, viewer=request.user)
    asked = intake_id_of(client, viewer=request.user)
    if client.waits_since is not None and asked is not None:
        # Opened in an emergency before anybody began care: what they told is all that there is.
        return redirect("fit:intake_told", asked)
    found = queries.relationship_of(client, viewer=request.user)
    mine = is_therapist_of(request.user, client)
    context = {
        "found": found,
        "client": client,
        "mine": mine,
        "asked": asked,
        "led_to": led_to(request.user, client) if mine else {},
    }
    return render(request, "dashboards/relationship.html", context)


@only(Role.THERAPIST)
def show(request: SignedIn, client_id: UUID) -> HttpResponse:
    """Show the same to client and therapist together: nothing private is on the page."""
    client = record_for(request.user, client_id, Part.CARE)
    if not is_therapist_of(request.user, client):
        raise NotYours
    found = queries.together(client, viewer=request.user)
    return render(request, "dashboards/show.html", {"found": found, "client": client})


@only(Role.THERAPIST)
def put_away(request: SignedIn, client_id: UUID) -> HttpResponse:
    """Show nothing, so that the screen can be turned before the own page comes back."""
    client = record_for(request.user, client_id, Part.CARE)
    if not is_therapist_of(request.user, client):
        raise NotYours
    return render(request, "dashboards/put_away.html", {"client_id": client.pk})


@only(Role.SUPERVISOR)
def supervised(request: SignedIn, client_id: UUID) -> HttpResponse:
    """Show a supervisor exactly what was shared with them."""
    client, parts = queries.client_shared(client_id, viewer=request.user)
    found = queries.shared(client, parts, viewer=request.user)
    return render(request, "dashboards/supervised.html", {"found": found, "client": client})
