"""Signs out who has been idle, leads to the sign-in, and asks staff for a second factor first."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.mfa.signals import authenticator_removed
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

Respond = Callable[[HttpRequest], HttpResponse]
LAST_SEEN = "last_seen"
HAS_SECOND = "has_second_factor"
EVERY_SECONDS = 60


class SignInIsAPage:
    """Leads the whole page to the sign-in where a script has asked for a part of it."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        response = self.get_response(request)
        where = response.headers.get("Location", "")
        if where and _is_by_script(request) and _is_the_sign_in(where):
            return HttpResponseClientRedirect(where)
        return response


class IdleSignOut:
    """Ends a session in which nothing happened for the practice's idle time."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or sign out first."""
        if request.user.is_authenticated:
            now, last = int(time.time()), request.session.get(LAST_SEEN)
            if last is not None and now - last > settings.IDLE_SECONDS:
                logout(request)
                messages.info(request, "You were signed out because nothing happened for a while.")
                return redirect("account_login")
            # Written once a minute: a session row for each click would make every read a write.
            if last is None or (now - last >= EVERY_SECONDS and not _looks_again(request)):
                request.session[LAST_SEEN] = now
        return self.get_response(request)


def _is_the_sign_in(where: str) -> bool:
    doors = {reverse("account_login"), resolve_url(settings.LOGIN_URL)}
    return where.partition("?")[0] in doors


def _is_by_script(request: HttpRequest) -> bool:
    return "HX-Request" in request.headers


def _looks_again(request: HttpRequest) -> bool:
    """Say whether a page looks again by itself: with nobody there, that isn't something."""
    by_hand = request.method != "GET" or "HX-Boosted" in request.headers
    return _is_by_script(request) and not by_hand


@receiver(authenticator_removed)
def ask_again(request: HttpRequest, **_: Any) -> None:
    """Look again for a second factor, once one was taken away."""
    request.session.pop(HAS_SECOND, None)


class SecondFactor:
    """Lets staff go nowhere but to their account's pages until a second factor is set up."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or lead to the set-up."""
        person = request.user
        if (
            person.is_authenticated
            and person.is_staff_member
            and not settings.DEMO
            and not request.path.startswith(("/account/", settings.STATIC_URL))
            and not request.session.get(HAS_SECOND)
        ):
            if not is_mfa_enabled(person):
                return redirect(reverse("mfa_activate_totp"))
            request.session[HAS_SECOND] = True
        return self.get_response(request)
