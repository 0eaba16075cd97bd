"""Pages of portal."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role


@only(Role.CLIENT)
def today(request: SignedIn) -> HttpResponse:
    """Show the page."""
    return render(request, "portal/today.html")
