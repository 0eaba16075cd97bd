"""The doors of a demo: look as anybody; only in an invented practice."""

from __future__ import annotations

from uuid import UUID

from allauth.account.forms import LoginForm
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from holdfast_web.demo import queries
from holdfast_web.demo.past.founding import PASSWORD

CHANGED = "The password of {name} was changed here. Sign in with it, or begin with a fresh demo."


@never_cache
@login_not_required
@require_safe
def doors(request: HttpRequest) -> HttpResponse:
    """Show everybody whom one can look as."""
    context = {"doors": queries.doors(), "links": queries.links(), "password": PASSWORD}
    return render(request, "demo/doors.html", context)


@login_not_required
@require_POST
def enter(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Sign in as somebody, the way that the sign-in page does."""
    person = queries.person_behind(person_id)
    logout(request)
    form = LoginForm({"login": person.email, "password": PASSWORD}, request=request)
    if not form.is_valid():
        messages.info(request, CHANGED.format(name=person.name))
        return redirect("account_login")
    answer: HttpResponse = form.login(request, redirect_url="/")
    return answer
