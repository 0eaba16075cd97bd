"""What a therapist's clients said yes or no to, on one page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.analysis.queries.consents import consents_at_a_glance


@only(Role.THERAPIST)
@require_safe
def consents(request: SignedIn) -> HttpResponse:
    """Show who said yes, who said no, and who was never asked."""
    found = consents_at_a_glance(viewer=request.user)
    return render(request, "analysis/consents.html", {"found": found})
