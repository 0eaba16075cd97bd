"""Invite a client; come in by an invitation."""

from __future__ import annotations

from allauth.account.forms import LoginForm
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from holdfast_web.accounts.forms import ComeIn
from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.letters import address_of
from holdfast_web.accounts.models import Person, Role
from holdfast_web.accounts.queries import invitation_for
from holdfast_web.care.actions import come_in, take_on_client
from holdfast_web.care.forms import NewClient
from holdfast_web.lib.refusals import Refused


@only(Role.THERAPIST)
def new_client(request: SignedIn) -> HttpResponse:
    """Open a record for somebody and invite them to it."""
    form = NewClient(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            care, token = take_on_client(by=request.user, **told)
        except Refused as refused:
            form.add_error("email", str(refused))
        else:
            return render(
                request,
                "care/invited.html",
                {"name": told["name"], "link": address_of(f"/invitation/{token}/"), "care": care},
            )
    return render(request, "care/new_client.html", {"form": form})


@never_cache
@login_not_required
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let an invited person choose a password and come in."""
    found = invitation_for(token)
    person = Person(email=found.email, name=found.name, role=found.role)
    form = ComeIn(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password"]
        person = come_in(token=token, password=password)
        return _sign_in(request, person, password)
    return render(request, "care/invitation.html", {"form": form, "invitation": found})


def _sign_in(request: HttpRequest, person: Person, password: str) -> HttpResponse:
    """Sign in as the sign-in page does, so that this counts as a fresh sign-in."""
    form = LoginForm({"login": person.email, "password": password}, request=request)
    if not form.is_valid():
        return redirect("account_login")
    answer: HttpResponse = form.login(request, redirect_url="/")
    return answer
