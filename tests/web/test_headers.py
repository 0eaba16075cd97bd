"""Every page keeps itself to itself; a practice that is open to people passes Django's checks."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Browser
from django.test import override_settings

from holdfast_web.accounts.models import Person
from tests.web.access import NOBODY, PEOPLE, anybody, who_may_open
from tests.web.addresses import OWN_PAGES, address, whole_record
from tests.web.conftest import Cast
from tests.web.homes import Home, at

SignIn = Callable[[Person | None], Browser]
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "manifest-src": "'self'",
}
OF_A_FILE = {"default-src": "'none'", "sandbox": ""}
"""For what somebody has sent: stricter, and it is handed over, never shown."""
LINKED = {"doi.org"}
"""Where links may lead that a person follows: to what a card rests on."""
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def problems(response: Any) -> list[str]:
    """Return what a page lacks."""
    parts = (part.strip() for part in response["Content-Security-Policy"].split(";"))
    told = {name: value for name, _, value in (part.partition(" ") for part in parts)}
    is_file = response.headers.get("Content-Disposition", "").startswith("attachment")
    found = [] if told == POLICY or (is_file and told == OF_A_FILE) else [f"policy {told}"]
    for name, value in HEADERS.items():
        if value not in response.headers.get(name, ""):
            found.append(f"{name}: {response.headers.get(name)}")
    html = response.content.decode() if "html" in response["Content-Type"] else ""
    scripts = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", html)
    # A block of JSON runs nothing; allauth's passkeys read theirs.
    found += [one for one in scripts if 'type="application/json"' not in one]
    found += re.findall(r"<style|\sstyle=|\son[a-z]+=\"", html)
    found += re.findall(r"""<(?!a\b)[^>]*\b(?:src|href|action)=["'](?:https?:)?//[^"']*""", html)
    ways_out = re.findall(r"""<a\b[^>]*\bhref=["'](?:https?:)?//([^/"']*)""", html)
    found += [f"a link to {one}" for one in ways_out if one not in LINKED]
    return found


def test_every_page_keeps_itself_to_itself(cast: Cast, sign_in: SignIn) -> None:
    record = whole_record(cast)
    found = []
    opened = set()
    for name in PEOPLE:
        browser = sign_in(None if name == NOBODY else cast[name])
        pages = {**who_may_open(), **dict.fromkeys(OWN_PAGES, anybody)}
        for route, who in pages.items():
            if name in who:
                response = browser.get(address(route, record))
                opened |= {route} if response.status_code == 200 else set()
                found += [f"/{route} for {name}: {one}" for one in problems(response)]
    assert not found, "\n".join(found)
    assert len(opened) > 70


@pytest.mark.parametrize("path", ["/no/such/page/", "/clients/1/", "/account/signup/"])
def test_pages_for_what_is_not_there_as_well(cast: Cast, sign_in: SignIn, path: str) -> None:
    for name in ("owner", "client_person"):
        assert not problems(sign_in(cast[name]).get(path))


@override_settings(
    SECURE_SSL_REDIRECT=True,
    SECURE_HSTS_SECONDS=31_536_000,
    SECURE_HSTS_INCLUDE_SUBDOMAINS=True,
    SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"),
    SESSION_COOKIE_SECURE=True,
    CSRF_COOKIE_SECURE=True,
)
def test_with_https_nothing_goes_without_it(cast: Cast) -> None:
    plain = Browser().get("/help/")
    assert plain.status_code == 301
    assert plain["Location"].startswith("https://")
    locked = Browser().get("/account/login/", headers={"x-forwarded-proto": "https"})
    assert "max-age=31536000" in locked["Strict-Transport-Security"]
    assert locked.cookies["csrftoken"]["secure"]


def test_cookies_are_for_this_site_and_no_script(cast: Cast, sign_in: SignIn) -> None:
    browser = Browser()
    page = browser.get("/account/login/")
    token = page.cookies["csrftoken"]
    assert (token["httponly"], token["samesite"]) == (True, "Lax")
    cast.client_person.set_password("a long and quiet harbour")
    cast.client_person.save()
    told = {"login": cast.client_person.email, "password": "a long and quiet harbour"}
    session = browser.post("/account/login/", told).cookies["sessionid"]
    assert (session["httponly"], session["samesite"], session["expires"]) == (True, "Lax", "")


OPEN_TO_PEOPLE = {
    "HOLDFAST_HTTPS": "1",
    "HOLDFAST_ADDRESS": "https://practice.example.org",
    "HOLDFAST_HOSTS": "practice.example.org",
}


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a practice as it would be opened to people."""
    return at(tmp_path_factory.mktemp("real") / "home", **OPEN_TO_PEOPLE).set_up()


def test_djangos_checks_for_deployment_find_nothing(real: Home) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "holdfast_web.manage", "check", "--deploy", "--fail-level", "DEBUG"],
        env=real.env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "no issues (0 silenced)" in ran.stdout


def test_no_change_of_the_database_is_forgotten(real: Home) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "holdfast_web.manage", "makemigrations", "--check", "--dry-run"],
        env=real.env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout


def test_the_command_says_in_plain_words_what_is_to_do(real: Home) -> None:
    said = real.run("check", code=1)
    assert "well   People come in by https://practice.example.org, encrypted" in said
    assert "well   Django's own checks for deployment find nothing." in said
    assert "to do  Nobody has called the numbers for help that every page shows." in said
    assert "to do  No deputy is named" in said
    assert "to do  E-mail goes nowhere but to the screen" in said
    assert "3 thing(s) to do before people come in." in said


CONFIRMED = """
from django.utils import timezone
from holdfast_web.accounts.models import Person
from holdfast_web.care.models import Practice
person = Person.objects.create_person(email="d@example.org", name="D", role="owner")
Practice.objects.update(deputy=person, crisis_confirmed_on=timezone.localdate())
"""


def test_a_practice_that_is_ready_is_told_so(tmp_path: Path) -> None:
    mail = {"HOLDFAST_SMTP_HOST": "mail.example.org"}
    ready = at(tmp_path / "home", **OPEN_TO_PEOPLE, **mail).set_up()
    ready.python(CONFIRMED)
    assert "All is well." in ready.run("check")


def test_what_would_open_a_practice_to_anybody_is_found(tmp_path: Path) -> None:
    home = at(
        tmp_path / "home", HOLDFAST_DEMO="1", HOLDFAST_DEBUG="1", HOLDFAST_HOSTS="elsewhere.org"
    )
    said = home.run("check", code=1)
    for one in (
        "HOLDFAST_DEBUG is on",
        "HOLDFAST_DEMO is on",
        "isn't encrypted on the way",
        "doesn't answer to 127.0.0.1",
        "The keys can't be read",
        "There is no practice in",
    ):
        assert one in said
