"""What to expect: words only, for everybody, before and after signing in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.fit.problems import shipped_pages
from holdfast_web.portal.words import expect


@login_not_required
def what_to_expect(request: HttpRequest) -> HttpResponse:
    """Show what to expect; no sign-in is asked for."""
    return _page(request, mine=False)


@only(Role.CLIENT)
def my_what_to_expect(request: SignedIn) -> HttpResponse:
    """Show a client what to expect, with the way onward."""
    request.session["read_expect"] = True
    return _page(request, mine=True)


def _page(request: HttpRequest, *, mine: bool) -> HttpResponse:
    context = {"sections": expect(), "problems": shipped_pages().values(), "mine": mine}
    return render(request, "portal/expect.html", context)
