"""A link opens one sheet on a tablet in the waiting room: for a while, once, without a name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from holdfast_web.audit.models import Event
from holdfast_web.lib.refusals import NotYours, Refused
from holdfast_web.measures.actions.asking import (
    assign_instrument,
    hand_in,
    hand_in_by_link,
    make_link,
    save_answers,
    skip_sheet,
)
from holdfast_web.measures.models import Link, SafetyAnswer, Sheet
from holdfast_web.measures.tokens import hash_of, token_of
from tests.web.asking import all_at, held, sent, sheet_of
from tests.web.conftest import Cast
from tests.web.strangers import SignIn, find_nothing

NOTE = "Only on paper do I dare to say it"


@pytest.fixture
def sheet(cast: Cast) -> Sheet:
    held(cast)
    return sheet_of(cast)


@pytest.fixture
def token(cast: Cast, sheet: Sheet) -> str:
    _, made = make_link(by=cast.therapist, sheet=sheet)
    return made


def tablet(token: str) -> str:
    return f"/w/{token}/"


def test_the_therapist_sees_a_code_and_an_address(
    cast: Cast, sign_in: SignIn, sheet: Sheet
) -> None:
    browser = sign_in(cast.therapist)
    url = f"/clients/{cast.client.pk}/sheets/{sheet.pk}/link/"
    response = browser.post(url)
    page = browser.get(response["Location"]).content.decode()
    link = Link.objects.seen_by(cast.therapist).get()
    assert f"http://testserver/w/{token_of(link.pk)}/" in page
    code = page.split('class="code"')[1].split("</svg>")[0]
    assert "<svg" in code
    assert "style=" not in page
    find_nothing(cast, sign_in, response["Location"], "client_person", "other_therapist", "owner")
    find_nothing(cast, sign_in, url, "client_person", "other_therapist", "owner", post=True)


def test_the_database_has_only_its_hash(cast: Cast, sheet: Sheet, token: str) -> None:
    link = Link.objects.seen_by(cast.therapist).get()
    assert link.token_hash == hash_of(token)
    assert token not in str(list(Link._base_manager.values()))
    assert len(token) == 43


def test_it_opens_the_sheet_to_whoever_is_not_signed_in_and_names_nobody(token: str) -> None:
    response = Browser().get(tablet(token))
    page = response.content.decode()
    assert response.status_code == 200
    assert "We gave our time to what is important to me." in page
    assert "Cleo" not in page
    assert "Tessa" not in page
    assert "Session 1" not in page
    assert response["Cache-Control"] == "no-store"
    assert Event.objects.get(what="link.opened").actor_id is None


def test_what_was_saved_on_a_phone_is_not_shown_on_the_tablet(
    cast: Cast, sheet: Sheet, token: str
) -> None:
    save_answers(by=cast.client_person, sheet=sheet, answers={"note": NOTE, "goal": 3}, edition=1)
    page = Browser().get(tablet(token)).content.decode()
    assert NOTE not in page
    assert " checked" not in page


def test_handed_in_once_it_says_thank_you_and_is_used_up(
    cast: Cast, sheet: Sheet, token: str
) -> None:
    browser = Browser()
    response = browser.post(tablet(token), sent(sheet, all_at(6) | {"note": NOTE}))
    assert response["Location"] == "/waiting-room/thanks/"
    page = browser.get(response["Location"]).content.decode()
    assert "Thank you" in page
    assert NOTE not in page
    assert "carry this alone" not in page
    assert sheet_of(cast).answers["note"] == NOTE
    assert sheet_of(cast).result["value"] == 6
    assert browser.get(tablet(token)).status_code == 404
    assert browser.post(tablet(token), sent(sheet, all_at(1))).status_code in (404, 409)
    assert sheet_of(cast).result["value"] == 6
    assert Event.objects.get(what="link.used").actor_id is None


def test_an_alarming_answer_shows_help_first_there_too(cast: Cast) -> None:
    assign_instrument(by=cast.therapist, client=cast.client, instrument="phq-9")
    sheet = sheet_of(cast, "phq-9")
    _, token = make_link(by=cast.therapist, sheet=sheet)
    browser = Browser()
    answers = {f"q{number}": 0 for number in range(1, 9)} | {"q9": 3}
    page = browser.post(tablet(token), sent(sheet, answers), follow=True).content.decode()
    assert "carry this alone" in page
    assert "999" in page
    assert SafetyAnswer.objects.seen_by(cast.therapist).get().urgent
    assert "carry this alone" not in Browser().get("/waiting-room/thanks/").content.decode()


@pytest.mark.parametrize("wrong", ["x", "a" * 43, "a" * 500, "%00", "-", "..%2F..%2F"])
def test_a_wrong_token_finds_nothing(token: str, wrong: str) -> None:
    assert Browser().get(f"/w/{wrong}/").status_code == 404
    assert Browser().post(f"/w/{wrong}/", {}).status_code == 404


def test_after_half_an_hour_it_finds_nothing(cast: Cast, sheet: Sheet, token: str) -> None:
    link = Link.objects.seen_by(cast.therapist).get()
    assert link.ends_at - link.made_at == timedelta(minutes=30)
    link.ends_at = timezone.now()
    link.save(update_fields=["ends_at"])
    assert Browser().get(tablet(token)).status_code == 404
    with pytest.raises(NotYours):
        hand_in_by_link(by=None, token=token, answers=all_at(5), edition=sheet.edition)


def test_a_new_link_ends_the_one_before(cast: Cast, sheet: Sheet, token: str) -> None:
    _, newer = make_link(by=cast.therapist, sheet=sheet)
    assert newer != token
    assert Browser().get(tablet(token)).status_code == 404
    assert Browser().get(tablet(newer)).status_code == 200


def test_it_ends_when_the_client_answers_elsewhere(cast: Cast, sheet: Sheet, token: str) -> None:
    hand_in(by=cast.client_person, sheet=sheet, answers=all_at(9), edition=1)
    assert Browser().get(tablet(token)).status_code == 404
    response = Browser().post(tablet(token), sent(sheet, all_at(1) | {"note": NOTE}))
    assert response.status_code == 409
    assert NOTE in response.content.decode()
    assert sheet_of(cast).answers == all_at(9)


def test_what_was_typed_stays_when_the_sheet_was_saved_elsewhere(
    cast: Cast, sheet: Sheet, token: str
) -> None:
    save_answers(by=cast.client_person, sheet=sheet, answers={"goal": 3}, edition=1)
    response = Browser().post(tablet(token), sent(sheet, all_at(5) | {"note": NOTE}))
    assert response.status_code == 409
    assert NOTE in response.content.decode()
    assert Browser().get(tablet(token)).status_code == 200


def test_whoever_is_signed_in_is_told_not_to_hand_the_device_over(
    cast: Cast, sign_in: SignIn, sheet: Sheet, token: str
) -> None:
    for name in ("therapist", "owner", "client_person"):
        browser = sign_in(cast[name])
        assert browser.get(tablet(token)).status_code == 403
        assert browser.post(tablet(token), sent(sheet, all_at(10))).status_code == 403
    assert sheet_of(cast).handed_in_at is None


def test_only_the_clients_therapist_makes_one_and_only_for_what_waits(
    cast: Cast, sheet: Sheet
) -> None:
    with pytest.raises(NotYours):
        make_link(by=cast.other_therapist, sheet=sheet)
    with pytest.raises(Refused):
        make_link(by=cast.client_person, sheet=sheet)
    with pytest.raises(Refused, match="guess"):
        make_link(by=cast.therapist, sheet=sheet_of(cast, respondent="therapist"))
    skip_sheet(by=cast.client_person, sheet=sheet)
    with pytest.raises(Refused):
        make_link(by=cast.therapist, sheet=sheet)


def test_the_form_on_the_tablet_still_needs_its_own_token_against_forgery(token: str) -> None:
    browser = Browser(enforce_csrf_checks=True)
    assert browser.post(tablet(token), {"item-goal": "1"}).status_code == 403
