"""How far the coder and the people agree, and their corrections as a file."""

from __future__ import annotations

import json

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.analysis.queries.agreement import own_agreement, practice_agreement
from holdfast_web.analysis.queries.exporting import corrections_to_export


@only(Role.THERAPIST)
@require_safe
def coder(request: SignedIn) -> HttpResponse:
    """Show how the coder and a therapist agree, over the therapist's own sessions."""
    page = own_agreement(viewer=request.user)
    return render(request, "analysis/coder.html", {"page": page, "whole_practice": False})


@only(Role.OWNER)
@require_safe
def practice_coder(request: SignedIn) -> HttpResponse:
    """Show the same over the whole practice: counts, and nobody's name."""
    page = practice_agreement(viewer=request.user)
    return render(request, "analysis/coder.html", {"page": page, "whole_practice": True})


@only(Role.THERAPIST)
@require_safe
def export(request: SignedIn) -> HttpResponse:
    """Give the therapist's corrections as JSON lines."""
    lines = corrections_to_export(viewer=request.user)
    told = "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in lines)
    answer = HttpResponse(told, content_type="application/jsonl; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="corrections.jsonl"'
    return answer
