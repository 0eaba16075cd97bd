"""Today: the client's first page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.care.records import own_record, therapist_now
from holdfast_web.portal.queries.today import today_of


@only(Role.CLIENT)
def today(request: SignedIn) -> HttpResponse:
    """Show what waits, what comes next, and what helps; on a first visit, the way in."""
    client = own_record(request.user)
    context = {
        "today": today_of(client, viewer=request.user),
        "therapist": therapist_now(client),
        "has_read": request.session.get("read_expect", False),
    }
    return render(request, "portal/today.html", context)
