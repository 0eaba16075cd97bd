"""Nobody signs up alone: a person comes in by an invitation, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client as Browser
from django.utils import timezone

from holdfast_web.accounts.actions import accept_invitation, invite
from holdfast_web.accounts.models import Invitation, Person, Role
from holdfast_web.care.actions import come_in, take_on_client
from holdfast_web.care.models import Practice
from holdfast_web.lib.refusals import NotYours, Refused
from tests.web.conftest import Cast

SignIn = Callable[[Person | None], Browser]
PASSWORD = "four words in a row"


def invited(cast: Cast, email: str = "new@example.org") -> str:
    return invite(by=cast.owner, email=email, name="Nia New", role=Role.THERAPIST)[1]


def test_a_therapist_opens_a_record_and_the_client_comes_in(
    cast: Cast,
    sign_in: SignIn,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    browser = sign_in(cast.therapist)
    told = {"name": "Mo Newcomer", "email": "Mo@Example.org", "brings": "Sleepless nights"}
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        page = browser.post("/clients/new/", told).content.decode()
    token = page.split("/invitation/")[1].split("/")[0]
    assert f"/invitation/{token}/" in mail.outbox[0].body
    assert "Sleepless" not in mail.outbox[0].body + mail.outbox[0].subject
    newcomer = Browser()
    assert "Mo Newcomer" in newcomer.get(f"/invitation/{token}/").content.decode()
    answer = newcomer.post(f"/invitation/{token}/", {"password": PASSWORD})
    assert answer.status_code == 302
    person = Person.objects.get(email="mo@example.org")
    assert person.client.name == "Mo Newcomer"
    assert newcomer.get("/").status_code == 200


def test_an_invitation_works_once(cast: Cast) -> None:
    token = invited(cast)
    accept_invitation(token=token, password=PASSWORD)
    with pytest.raises(NotYours):
        accept_invitation(token=token, password=PASSWORD)
    assert Browser().get(f"/invitation/{token}/").status_code == 404


def test_an_invitation_expires(cast: Cast) -> None:
    token = invited(cast)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert Browser().get(f"/invitation/{token}/").status_code == 404


def test_a_second_invitation_takes_the_place_of_the_first(cast: Cast) -> None:
    first, second = invited(cast), invited(cast)
    assert Browser().get(f"/invitation/{first}/").status_code == 404
    assert Browser().get(f"/invitation/{second}/").status_code == 200


def test_a_token_is_not_kept_in_the_database(cast: Cast) -> None:
    token = invited(cast)
    assert token not in str(list(Invitation.objects.values()))


def test_a_weak_password_is_refused_and_the_invitation_stays(cast: Cast) -> None:
    token = invited(cast)
    page = Browser().post(f"/invitation/{token}/", {"password": "password"})
    assert "too short" in page.content.decode()
    accept_invitation(token=token, password=PASSWORD)


def test_an_address_that_is_here_already_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="already"):
        invited(cast, cast.therapist.email.upper())


@pytest.mark.parametrize("role", [Role.OWNER, Role.SUPERVISOR, Role.THERAPIST])
def test_only_the_owner_invites_people_of_the_practice(cast: Cast, role: Role) -> None:
    for name in ("supervisor", "therapist", "client_person"):
        with pytest.raises(Refused):
            invite(by=cast[name], email="x@example.org", name="X", role=role)


def test_a_record_is_not_opened_when_its_client_cannot_be_invited(cast: Cast) -> None:
    with pytest.raises(Refused):
        take_on_client(by=cast.therapist, name="Twice", email=cast.client_person.email)
    assert "Twice" not in [care.client.name for care in cast.therapist.care.all()]


def test_a_client_who_comes_in_sees_only_their_own_record(cast: Cast) -> None:
    care, token = take_on_client(by=cast.therapist, name="Mo", email="mo@example.org")
    person = come_in(token=token, password=PASSWORD)
    assert person.role == Role.CLIENT
    assert person.client == care.client


def test_sign_up_is_closed(practice: Practice) -> None:
    page = Browser().get("/account/signup/")
    assert b"password" not in page.content


def test_the_address_of_someone_unknown_is_not_given_away(cast: Cast) -> None:
    known = Browser().post("/account/login/", {"login": cast.owner.email, "password": "x"})
    unknown = Browser().post("/account/login/", {"login": "no@example.org", "password": "x"})
    assert known.status_code == unknown.status_code == 200
    assert ("errorlist" in known.content.decode()) == ("errorlist" in unknown.content.decode())
