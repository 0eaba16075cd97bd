"""The front door, the help that everybody can reach, and the pages for what went wrong."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdfast_web.accounts.gate import SignedIn
from holdfast_web.accounts.models import Role
from holdfast_web.dashboards import views as dashboards
from holdfast_web.lib.refusals import NotYours
from holdfast_web.portal import views as portal

HOMES = {
    Role.CLIENT: portal.today,
    Role.THERAPIST: dashboards.caseload,
    Role.SUPERVISOR: dashboards.supervision,
    Role.OWNER: dashboards.overview,
}


def home(request: SignedIn) -> HttpResponse:
    """Show each person the page they come for."""
    return HOMES[Role(request.user.role)](request)


@login_not_required
def help_now(request: HttpRequest) -> HttpResponse:
    """Show crisis help; no sign-in is asked for."""
    return render(request, "help.html")


def closed(request: SignedIn) -> HttpResponse:  # noqa: ARG001
    """Show nothing: a page of allauth that this practice does without."""
    raise NotYours


@login_not_required
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Say that there is no such page."""
    return render(request, "404.html", status=404)


@login_not_required
def went_wrong(request: HttpRequest) -> HttpResponse:
    """Say that something broke, and what to do."""
    return render(request, "500.html", status=500)


@login_not_required
def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Say that a form was open for too long; Django calls it when its token no longer fits."""
    return render(request, "form_too_old.html", status=403)
