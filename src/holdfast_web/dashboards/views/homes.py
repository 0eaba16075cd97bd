"""The first pages: a therapist's clients, what was shared with a supervisor, the practice."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.agreements.queries import shared_with
from holdfast_web.analysis.queries.shares import sessions_shared_with
from holdfast_web.care.queries import emergencies_unseen
from holdfast_web.dashboards import queries, rules
from holdfast_web.handover.queries.news import changes_waiting_for


@only(Role.THERAPIST)
def caseload(request: SignedIn) -> HttpResponse:
    """Show a therapist's clients, those first that need care first."""
    groups = queries.caseload(viewer=request.user)
    return render(
        request,
        "dashboards/caseload.html",
        {
            "groups": groups,
            "summary": rules.summary(groups),
            "changes_waiting": changes_waiting_for(request.user),
            "desk": queries.desk_of(request.user),
        },
    )


@only(Role.SUPERVISOR)
def supervision(request: SignedIn) -> HttpResponse:
    """Show what was shared with a supervisor."""
    return render(
        request,
        "dashboards/supervision.html",
        {
            "shares": shared_with(viewer=request.user),
            "sessions": sessions_shared_with(viewer=request.user),
            "desk": queries.desk_of(request.user),
        },
    )


@only(Role.OWNER)
def overview(request: SignedIn) -> HttpResponse:
    """Show the practice in counts."""
    return render(
        request,
        "dashboards/overview.html",
        {
            "counts": queries.overview(),
            "changes_waiting": changes_waiting_for(request.user),
            "emergencies": emergencies_unseen(viewer=request.user),
            "desk": queries.desk_of(request.user),
        },
    )
