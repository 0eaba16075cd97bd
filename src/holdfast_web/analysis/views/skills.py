"""Pages of skills over sessions: of one client, and for the therapist alone over all of them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.analysis.queries.skills import my_skills, skills_of
from holdfast_web.care.parts import Part
from holdfast_web.care.records import record_for


@only(Role.THERAPIST)
@require_safe
def skills(request: SignedIn, client_id: UUID) -> HttpResponse:
    """Show each skill over the sessions with one client."""
    client = record_for(request.user, client_id, Part.TRANSCRIPTS)
    found = skills_of(client, viewer=request.user)
    return render(request, "analysis/skills.html", {"client": client, "found": found})


@only(Role.THERAPIST)
@require_safe
def mine(request: SignedIn) -> HttpResponse:
    """Show somebody their own skills over all their own clients; there is no other way to them."""
    found = my_skills(viewer=request.user, by=request.GET.get("by", ""))
    return render(request, "analysis/my_skills.html", {"found": found})
