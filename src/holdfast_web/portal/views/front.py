"""Today: the client's first page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.care.models import Client
from holdfast_web.care.records import own_record, therapist_now
from holdfast_web.handover.queries.news import PUT_AWAY, session_to_ask_after
from holdfast_web.portal.queries.today import today_of


@only(Role.CLIENT)
def today(request: SignedIn) -> HttpResponse:
    """Show what waits, what comes next, and what helps; on a first visit, the way in."""
    client = own_record(request.user)
    context = {
        "today": today_of(client, viewer=request.user),
        "therapist": therapist_now(client),
        "has_read": request.session.get("read_expect", False),
        "may_change_line": _may_change_line(request, client),
    }
    return render(request, "portal/today.html", context)


def _may_change_line(request: SignedIn, client: Client) -> bool:
    """Say whether the page reminds somebody that they can change therapist."""
    after = session_to_ask_after(client, viewer=request.user)
    return after is not None and request.COOKIES.get(PUT_AWAY) != str(after)
