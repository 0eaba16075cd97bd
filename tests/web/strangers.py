"""Who must find nothing at an address that belongs to one client and their therapist."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client as Browser

from holdfast_web.accounts.models import Person
from tests.web.conftest import Cast

SignIn = Callable[[Person | None], Browser]
STRANGERS = ("owner", "supervisor", "other_therapist", "other_client_person")
"""Everybody but the client and their therapist; the owner is the practice's deputy."""


def find_nothing(cast: Cast, sign_in: SignIn, url: str, *people: str, post: bool = False) -> None:
    """Check that an address is 404 for people, and leads to the sign-in without one."""
    for name in people or STRANGERS:
        browser = sign_in(cast[name])
        response = browser.post(url, {}) if post else browser.get(url)
        assert response.status_code == 404, f"{name} got {response.status_code} at {url}"
    response = sign_in(None).post(url, {}) if post else sign_in(None).get(url)
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")
