"""The audit as the owner sees it, and a button that checks its chain."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.keeping.actions import check_chain
from holdfast_web.keeping.forms import TrailForm
from holdfast_web.keeping.queries.trail import trail


@only(Role.OWNER)
@require_GET
def audit(request: SignedIn) -> HttpResponse:
    """Show who did what and when; of clients their numbers alone."""
    form = TrailForm(request.GET)
    asked = form.asked()
    found = trail(asked, viewer=request.user)
    chosen = {"who": asked.who, "what": asked.what, "client": asked.client}
    kept = urlencode({key: value for key, value in chosen.items() if value})
    context = {"form": form, "trail": found, "kept": kept, "paged": asked.before is not None}
    return render(request, "keeping/audit.html", context)


@only(Role.OWNER)
@require_POST
def check(request: SignedIn) -> HttpResponse:
    """Look through the chain, and say what was found."""
    found = check_chain(by=request.user)
    context = {"check": found, "problems": found.problems[:20]}
    return render(request, "keeping/check.html", context)
