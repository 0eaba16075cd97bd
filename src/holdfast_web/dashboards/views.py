"""Pages of dashboards."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role


@only(Role.THERAPIST)
def caseload(request: SignedIn) -> HttpResponse:
    """Show the page."""
    return render(request, "dashboards/caseload.html")


@only(Role.SUPERVISOR)
def supervision(request: SignedIn) -> HttpResponse:
    """Show the page."""
    return render(request, "dashboards/supervision.html")


@only(Role.OWNER)
def overview(request: SignedIn) -> HttpResponse:
    """Show the page."""
    return render(request, "dashboards/overview.html")
