"""The two doors to an intake: the person's own link, and their account."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.care.context import the_practice
from holdfast_web.care.records import own_record
from holdfast_web.fit.actions.beginning import begin_own_intake
from holdfast_web.fit.opening import Door
from holdfast_web.fit.queries.intakes import has_intake
from holdfast_web.fit.rules.intakes import somebody_reads
from holdfast_web.fit.views import telling
from holdfast_web.fit.views.begin import SIGNED_IN
from holdfast_web.lib.refusals import Refused

WAYS = ["GET", "HEAD", "POST"]


@never_cache
@login_not_required
@require_http_methods(WAYS)
def intake(request: HttpRequest, token: str) -> HttpResponse:
    """Show where somebody is in their intake, to who holds the link."""
    return telling.front(request, by_link(request, token))


@never_cache
@login_not_required
@require_http_methods(WAYS)
def page(request: HttpRequest, token: str, step: str) -> HttpResponse:
    """Show one page of an intake, to who holds the link."""
    return telling.page(request, by_link(request, token), step)


@never_cache
@login_not_required
@require_http_methods(WAYS)
def result(request: HttpRequest, token: str) -> HttpResponse:
    """Show the result, to who holds the link."""
    return telling.result(request, by_link(request, token))


@only(Role.CLIENT)
@require_http_methods(WAYS)
def my_intake(request: SignedIn) -> HttpResponse:
    """Show a client's own intake, or begin one."""
    if has_intake(request.user):
        return telling.front(request, Door(request.user))
    client, may = own_record(request.user), somebody_reads(the_practice())
    if request.method == "POST" and may:
        begin_own_intake(by=request.user, client=client)
        return redirect(Door(request.user).front)
    return render(request, "fit/intake/begin_own.html", {"may": may})


@only(Role.CLIENT)
@require_http_methods(WAYS)
def my_page(request: SignedIn, step: str) -> HttpResponse:
    """Show one page of a client's own intake."""
    if not has_intake(request.user):
        return redirect("fit:my_intake")
    return telling.page(request, Door(request.user), step)


@only(Role.CLIENT)
@require_http_methods(WAYS)
def my_result(request: SignedIn) -> HttpResponse:
    """Show a client the result of their own intake."""
    if not has_intake(request.user):
        return redirect("fit:my_intake")
    return telling.result(request, Door(request.user))


def by_link(request: HttpRequest, token: str) -> Door:
    """Return the door of a link; it stays shut to somebody who has signed in."""
    if request.user.is_authenticated:
        raise Refused(SIGNED_IN)
    return Door(token=token)
