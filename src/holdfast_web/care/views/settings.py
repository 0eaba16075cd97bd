"""The owner's settings: the practice, its deputy, its crisis help."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.care.actions import change_practice
from holdfast_web.care.context import the_practice
from holdfast_web.care.forms import LINE, CrisisCountry, CrisisHelp, PracticeSettings
from holdfast_web.care.help_lines import suggested
from holdfast_web.care.models import Practice
from holdfast_web.lib.refusals import NotYours

FIELDS = ("name", "phone", "email", "time_zone", "deputy")


@only(Role.OWNER)
def settings(request: SignedIn) -> HttpResponse:
    """Show and change what the practice says of itself."""
    practice = _practice()
    form = PracticeSettings(
        request.POST or None, initial={name: getattr(practice, name) for name in FIELDS}
    )
    if request.method == "POST" and form.is_valid():
        change_practice(by=request.user, practice=practice, values=form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("care:settings")
    return _page(request, practice, form=form)


@only(Role.OWNER)
@require_POST
def crisis(request: SignedIn) -> HttpResponse:
    """Change the crisis help that every page shows."""
    practice = _practice()
    form = CrisisHelp(request.POST)
    if not form.is_valid():
        return _page(request, practice, crisis=form)
    told = form.cleaned_data
    values = {
        "crisis": {
            "country": practice.crisis.get("country", ""),
            "emergency": told["emergency"],
            "lines": told["lines"],
        },
        "crisis_confirmed_on": timezone.localdate() if told["called"] else None,
    }
    change_practice(by=request.user, practice=practice, values=values)
    messages.success(request, "Saved. Clients see it on every page.")
    return redirect("care:settings")


@only(Role.OWNER)
@require_POST
def country(request: SignedIn) -> HttpResponse:
    """Begin anew with the suggestions for a country."""
    practice, form = _practice(), CrisisCountry(request.POST)
    if form.is_valid():
        chosen = form.cleaned_data["country"]
        values = {"country": chosen, "crisis": suggested(chosen), "crisis_confirmed_on": None}
        change_practice(by=request.user, practice=practice, values=values)
    return redirect("care:settings")


def _practice() -> Practice:
    practice = the_practice()
    if practice is None:
        raise NotYours
    return practice


def _page(
    request: SignedIn,
    practice: Practice,
    *,
    form: PracticeSettings | None = None,
    crisis: CrisisHelp | None = None,
) -> HttpResponse:
    told = practice.crisis
    lines = "\n".join(
        " | ".join(line.get(key, "") for key in LINE).removesuffix(" | ")
        for line in told.get("lines", ())
    )
    return render(
        request,
        "care/settings.html",
        {
            "form": form
            or PracticeSettings(initial={name: getattr(practice, name) for name in FIELDS}),
            "crisis": crisis
            or CrisisHelp(initial={"emergency": told.get("emergency", ""), "lines": lines}),
            "country": CrisisCountry(initial={"country": practice.country}),
        },
    )
