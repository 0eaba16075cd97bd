"""A second factor for staff, a sign-out after idle time, a fresh sign-in before what is grave."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client as Browser

from holdfast_web.accounts.models import Person
from tests.web.conftest import Cast

SignIn = Callable[[Person | None], Browser]
PASSWORD = "four words in a row"


@pytest.fixture(autouse=True)
def _no_rate_limit_from_another_test() -> None:
    cache.clear()


def with_password(person: Person) -> Person:
    person.set_password(PASSWORD)
    person.save()
    return person


def signed_in_with_a_password(person: Person) -> Browser:
    browser = Browser()
    browser.post("/account/login/", {"login": person.email, "password": PASSWORD})
    return browser


@pytest.mark.parametrize("name", ["owner", "supervisor", "therapist"])
def test_staff_go_nowhere_before_their_second_factor(cast: Cast, name: str) -> None:
    browser = signed_in_with_a_password(with_password(cast[name]))
    answer = browser.get("/")
    assert answer.status_code == 302
    assert answer["Location"] == "/account/2fa/totp/activate/"


def test_a_client_may_come_in_without_a_second_factor(cast: Cast) -> None:
    browser = signed_in_with_a_password(with_password(cast.client_person))
    assert browser.get("/").status_code == 200


def test_with_a_second_factor_a_password_alone_lets_nobody_in(cast: Cast) -> None:
    TOTP.activate(with_password(cast.therapist), generate_totp_secret())
    browser = signed_in_with_a_password(cast.therapist)
    assert browser.get("/")["Location"].startswith("/account/login/")
    assert Authenticator.objects.filter(user=cast.therapist).count() == 1


def test_too_many_wrong_passwords_close_the_door_for_a_while(cast: Cast) -> None:
    with_password(cast.client_person)
    for _ in range(6):
        Browser().post("/account/login/", {"login": cast.client_person.email, "password": "no"})
    browser = signed_in_with_a_password(cast.client_person)
    assert browser.get("/").status_code == 302


def test_who_does_nothing_for_a_while_is_signed_out(
    cast: Cast, sign_in: SignIn, settings: object
) -> None:
    browser = sign_in(cast.client_person)
    browser.get("/")
    session = browser.session
    session["last_seen"] = int(time.time()) - settings.IDLE_SECONDS - 1  # type: ignore[attr-defined]
    session.save()
    answer = browser.get("/")
    assert answer["Location"] == "/account/login/"
    assert "_auth_user_id" not in browser.session


def test_a_page_that_looks_again_by_itself_keeps_nobody_signed_in(
    cast: Cast, sign_in: SignIn, settings: object
) -> None:
    browser = sign_in(cast.client_person)
    browser.get("/")
    session = browser.session
    seen = session["last_seen"] = int(time.time()) - settings.IDLE_SECONDS + 60  # type: ignore[attr-defined]
    session.save()
    browser.get("/", headers={"HX-Request": "true"})
    assert browser.session["last_seen"] == seen
    browser.get("/", headers={"HX-Request": "true", "HX-Boosted": "true"})
    assert browser.session["last_seen"] > seen
    session = browser.session
    session["last_seen"] = seen - 120
    session.save()
    answer = browser.get("/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == "/account/login/"
    assert "_auth_user_id" not in browser.session


def test_a_part_of_a_page_never_becomes_the_sign_in(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.client_person)
    browser.logout()
    answer = browser.get("/me/sessions/", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert answer["HX-Redirect"] == "/account/login/?next=/me/sessions/"
    assert answer.content == b""


@pytest.mark.parametrize("path", ["/emergency/", "/practice/people/{other}/"])
def test_what_is_grave_asks_to_sign_in_anew(cast: Cast, sign_in: SignIn, path: str) -> None:
    browser = sign_in(with_password(cast.owner))
    answer = browser.get(path.format(other=cast.therapist.pk))
    assert answer.status_code == 302
    assert "reauthenticate" in answer["Location"]


def test_a_closed_account_is_out_at_once(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.therapist)
    assert browser.get("/").status_code == 200
    Person.objects.filter(pk=cast.therapist.pk).update(is_active=False)
    assert browser.get("/")["Location"].startswith("/account/login/")


def test_a_form_that_waited_too_long_is_said_kindly(cast: Cast) -> None:
    browser = Browser(enforce_csrf_checks=True)
    answer = browser.post("/account/login/", {"login": "x", "password": "y"})
    assert answer.status_code == 403
    assert "open for a long time" in answer.content.decode()
