"""Every version there was."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from holdfast_web.accounts.gate import SignedIn
from holdfast_web.agreements.queries import version_of, versions_of
from holdfast_web.agreements.views.place import Place


@require_safe
def versions(request: SignedIn, place: Place) -> HttpResponse:
    """Show who proposed and accepted what, and when."""
    cares = versions_of(place.client, viewer=request.user)
    return render(request, "agreements/versions.html", {"place": place, "cares": cares})


@require_safe
def version(request: SignedIn, place: Place, version_id: UUID) -> HttpResponse:
    """Show one version, and what it changed of the one before."""
    found = version_of(place.client, version_id, viewer=request.user)
    return render(request, "agreements/version.html", {"place": place, "view": found})
