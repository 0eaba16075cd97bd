"""What to expect: plain words for everybody; and how a client is reached."""

from __future__ import annotations

import pytest

from holdfast_web.audit.models import Event
from holdfast_web.care.models import Client
from holdfast_web.inbox.words import answers, grouped, sentences, with_borrowed
from holdfast_web.lib.refusals import NotYours, Refused
from holdfast_web.portal.actions import note_emergencies, set_contact
from holdfast_web.portal.words import expect, section
from tests.web.conftest import Cast
from tests.web.strangers import SignIn, find_nothing

CONTACT = "/me/contact/"


def now(cast: Cast) -> Client:
    found: Client = Client.objects.seen_by(cast.client_person).get()
    return found


def test_everybody_may_read_it_without_signing_in(sign_in: SignIn, db: None) -> None:
    response = sign_in(None).get("/expect/")
    page = response.content.decode()
    assert response.status_code == 200
    for one in expect():
        assert f'id="{one.key}"' in page
    assert "Sign in" in page


def test_a_client_reads_it_with_the_way_onward(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.client_person)
    page = browser.get("/me/expect/").content.decode()
    assert "On to today" in page
    assert "Sign in" not in page
    find_nothing(cast, sign_in, "/me/expect/", "owner", "supervisor", "therapist")


def test_no_section_is_too_long_for_a_tired_person() -> None:
    for one in expect():
        assert len(" ".join(one.paragraphs).split()) <= 120, one.key


def test_what_claims_research_names_its_source() -> None:
    for one in expect():
        if any("studies" in words or "trials" in words for words in one.paragraphs):
            assert one.source is not None, one.key
            assert one.source.url.startswith("https://doi.org/")


def test_the_question_about_discomfort_can_be_answered_where_it_arises() -> None:
    assert section("discomfort").title == "Is it normal to feel uncomfortable?"


def test_there_are_fourteen_sentences_to_borrow_and_six_for_an_answer() -> None:
    assert len(sentences()) == 14
    assert len(answers()) == 6
    assert sum(len(members) for _, members in grouped()) == 14


def test_a_sentence_is_borrowed_once_and_an_unknown_one_not_at_all() -> None:
    first = sentences()[0]
    once = with_borrowed("", first.key, sentences())
    assert once == first.words
    assert with_borrowed(once, first.key, sentences()) == once
    assert with_borrowed("Mine.", "unheard_of", sentences()) == "Mine."


def test_a_client_wants_no_e_mail_and_leaves_a_number(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.client_person)
    assert "checked" in browser.get(CONTACT).content.decode()
    page = browser.post(CONTACT, {"phone": "01632 960117"}, follow=True).content.decode()
    assert "Saved." in page
    row = now(cast)
    assert (row.no_email, row.phone) == (True, "01632 960117")
    browser.post(CONTACT, {"email": "on", "phone": ""})
    row = now(cast)
    assert (row.no_email, row.phone) == (False, None)
    assert Event.objects.filter(what="contact.set").count() == 2


@pytest.mark.parametrize("phone", ["call me", "<script>", "0" * 400, "12"])
def test_what_is_no_number_is_shown_again_with_a_kind_word(
    cast: Cast, sign_in: SignIn, phone: str
) -> None:
    response = sign_in(cast.client_person).post(CONTACT, {"phone": phone})
    assert response.status_code == 422
    assert "<script>" not in response.content.decode().partition("<main")[2]
    assert now(cast).phone is None


def test_nobody_settles_it_for_the_client(cast: Cast, sign_in: SignIn) -> None:
    find_nothing(cast, sign_in, CONTACT, "owner", "supervisor", "therapist")
    find_nothing(cast, sign_in, "/me/more/", "owner", "supervisor", "therapist")
    with pytest.raises(Refused):
        set_contact(by=cast.therapist, client=cast.client, no_email=True)
    with pytest.raises(NotYours):
        set_contact(by=cast.other_client_person, client=cast.client, no_email=True)
    with pytest.raises(Refused):
        note_emergencies(by=cast.therapist, client=cast.client)


def test_more_leads_to_all_that_is_not_in_the_navigation(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.client_person).get("/me/more/").content.decode()
    for way in ("agreement", "expect", "opened", "export", "contact", "not-right"):
        assert f'href="/me/{way}/"' in page
