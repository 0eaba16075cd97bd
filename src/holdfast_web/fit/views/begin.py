"""Where somebody asks for help: a page for everybody, if the practice has opened it."""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from holdfast_web.care.context import the_practice
from holdfast_web.fit.actions.beginning import begin_intake
from holdfast_web.fit.forms.intakes import BeginForm
from holdfast_web.fit.opening import Door
from holdfast_web.fit.rules.intakes import may_begin
from holdfast_web.lib.refusals import Refused

TOO_MANY = "Several people have begun from where you are just now. Please ring us, or wait an hour."
SIGNED_IN = (
    "You are signed in on this device. What somebody tells here is theirs alone: please sign out "
    "first, or use another browser."
)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Say what happens with what one tells, and begin."""
    practice = the_practice()
    may = may_begin(practice)
    form = BeginForm(request.POST or None)
    if request.method == "POST":
        if request.user.is_authenticated:
            raise Refused(SIGNED_IN)
        if may and form.is_valid():
            # Counted for each address, so that nobody fills the list of who reads these.
            if not ratelimit.consume(request, action="begin_intake"):
                raise Refused(TOO_MANY)
            return redirect(Door(token=begin_intake(by=None, **form.cleaned_data)).front)
    reader = practice.intake if practice and may else None
    context = {"form": form, "may": may, "reader": reader}
    return render(request, "fit/intake/begin.html", context)
