"""What a review for security found: each was a hole once, and stays closed."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from datetime import timedelta
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.test import RequestFactory
from django.utils import timezone

from holdfast_web.accounts.actions import invite
from holdfast_web.accounts.models import Person, Role
from holdfast_web.audit.models import Event
from holdfast_web.care.models import EmergencyAccess
from holdfast_web.lib.logs import NoWords
from holdfast_web.measures.actions.asking import make_link, save_answers
from tests.web.asking import held, sent, sheet_of
from tests.web.conftest import Cast
from tests.web.strangers import SignIn

PASSWORD = "four words in a row"
SECRET_WORDS = "I have not told anybody about the letter"


def signed_in_with_a_password(person: Person) -> Browser:
    person.set_password(PASSWORD)
    person.save()
    browser = Browser()
    browser.post("/account/login/", {"login": person.email, "password": PASSWORD})
    return browser


def test_whoever_holds_the_tablet_never_gets_what_was_saved_elsewhere(cast: Cast) -> None:
    held(cast)
    sheet = sheet_of(cast)
    _, token = make_link(by=cast.therapist, sheet=sheet)
    told = {"note": SECRET_WORDS, "bond": 1}
    save_answers(by=cast.client_person, sheet=sheet, answers=told, edition=sheet.edition)
    page = Browser().post(f"/w/{token}/", sent(sheet, {"goal": 5}, as_it_is="yes"))
    assert page.status_code == 409
    assert SECRET_WORDS not in page.content.decode()
    assert page.content.decode().count(" checked") == 1


def test_nobody_gives_themselves_an_address_without_proof_that_it_is_theirs(cast: Cast) -> None:
    before = cast.client_person.email
    browser = signed_in_with_a_password(cast.client_person)
    wanted = "next.therapist@example.org"
    browser.post("/account/email/", {"action_add": "", "email": wanted})
    browser.post("/account/email/", {"action_primary": "", "email": wanted})
    cast.client_person.refresh_from_db()
    assert cast.client_person.email == before
    invite(by=cast.owner, email=wanted, name="Next", role=Role.THERAPIST)


@pytest.mark.parametrize("taken", ["therapist", "other_client_person"])
def test_an_address_of_somebody_else_is_never_taken_over(cast: Cast, taken: str) -> None:
    browser = signed_in_with_a_password(cast.client_person)
    wanted = cast[taken].email
    for action in ("action_add", "action_primary"):
        answer = browser.post("/account/email/", {action: "", "email": wanted})
        assert answer.status_code == 404
    cast.client_person.refresh_from_db()
    assert cast.client_person.email != wanted


def test_a_second_factor_that_was_taken_away_is_asked_for_again_at_once(cast: Cast) -> None:
    browser = signed_in_with_a_password(cast.therapist)
    made = TOTP.activate(cast.therapist, generate_totp_secret())
    assert browser.get("/").status_code == 200
    browser.post("/account/2fa/totp/deactivate/", {})
    assert not Authenticator.objects.filter(pk=made.instance.pk).exists()
    assert browser.get("/")["Location"] == "/account/2fa/totp/activate/"


def test_no_token_of_a_link_stands_in_the_log(cast: Cast, sign_in: SignIn) -> None:
    held(cast)
    _, token = make_link(by=cast.therapist, sheet=sheet_of(cast))
    _, letter = invite(by=cast.owner, email="n@example.org", name="N", role=Role.THERAPIST)
    out = StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(NoWords())
    django = logging.getLogger("django")
    django.addHandler(handler)
    try:
        assert sign_in(cast.therapist).get(f"/w/{token}/").status_code == 403
        careless = Browser(enforce_csrf_checks=True)
        assert careless.post(f"/invitation/{letter}/", {"password": "x"}).status_code == 403
        reset = "/account/password/reset/key/1-secret-key/"
        assert careless.post(reset, {}).status_code == 403
    finally:
        django.removeHandler(handler)
    assert "Forbidden" in out.getvalue()
    assert token not in out.getvalue()
    assert letter not in out.getvalue()
    assert "secret-key" not in out.getvalue()


def test_nothing_that_a_stranger_uploads_reaches_the_disk() -> None:
    big = SimpleUploadedFile("big.bin", b"x" * (3 * 1024 * 1024))
    request = RequestFactory().post("/account/login/", {"login": "a", "file": big})
    assert request.POST["login"] == "a"
    assert not request.FILES


def test_names_are_not_tried_out_one_after_the_other(
    cast: Cast, sign_in: SignIn, settings: object
) -> None:
    settings.ACCOUNT_REAUTHENTICATION_REQUIRED = False  # type: ignore[attr-defined]
    browser = signed_in_with_a_password(cast.other_therapist)
    TOTP.activate(cast.other_therapist, generate_totp_secret())
    reason = "Somebody rang and this can’t wait."
    for number in range(10):
        page = browser.post("/emergency/", {"name": f"Guess {number}", "reason": reason})
        assert "no record" in page.content.decode()
    page = browser.post("/emergency/", {"name": "Cleo Client", "reason": reason})
    assert page.status_code == 403
    assert not EmergencyAccess.objects.exists()
    Event.objects.filter(what="clients.searched").update(at=timezone.now() - timedelta(hours=2))
    page = browser.post("/emergency/", {"name": "Cleo Client", "reason": reason})
    assert page.status_code == 302


def test_the_owner_leaves_a_trace_when_they_read_why_a_record_was_opened(
    cast: Cast, sign_in: SignIn
) -> None:
    EmergencyAccess(
        client=cast.client,
        person=cast.other_therapist,
        reason=SECRET_WORDS,
        ends_at=timezone.now() + timedelta(hours=1),
    ).save()
    page = sign_in(cast.owner).get("/").content.decode()
    assert SECRET_WORDS in page
    assert Event.objects.filter(actor_id=cast.owner.pk, client_id=cast.client.pk).exists()


def test_behind_a_proxy_one_address_cannot_close_the_door_for_all() -> None:
    asked = "from django.conf import settings; print(settings.ALLAUTH_TRUSTED_PROXY_COUNT)"
    for https, expected in (("1", "1"), ("0", "0")):
        env = os.environ | {
            "HOLDFAST_HTTPS": https,
            "HOLDFAST_DEMO": "0",
            "DJANGO_SETTINGS_MODULE": "holdfast_web.settings",
        }
        told = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-c", asked], env=env, capture_output=True, text=True, check=True
        )
        assert told.stdout.strip() == expected


def test_an_edition_of_thousands_of_digits_breaks_nothing(cast: Cast, sign_in: SignIn) -> None:
    url = f"/clients/{cast.client.pk}/agreement/change/fees/leave/"
    assert sign_in(cast.therapist).post(url, {"edition": "9" * 5000}).status_code < 500


def test_an_invitation_to_an_address_that_came_in_meanwhile_is_refused_kindly(cast: Cast) -> None:
    _, token = invite(by=cast.owner, email="n@example.org", name="N", role=Role.THERAPIST)
    Person.objects.create_person(email="n@example.org", name="Other", role=Role.THERAPIST)
    answer = Browser().post(f"/invitation/{token}/", {"password": PASSWORD})
    assert answer.status_code in (403, 404)
    assert not mail.outbox
