"""Today: what waits, what comes next, and what helps; on a first visit, the way in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from holdfast_web.agreements.actions import give_consent
from holdfast_web.encounters.models import Session
from holdfast_web.goals.actions import add_help, set_help_status
from holdfast_web.lib.refusals import NotYours
from holdfast_web.portal.queries.today import today_of
from tests.web.agreeing import agreed_upon, offered
from tests.web.conftest import Cast
from tests.web.ratings import sheet_of
from tests.web.strangers import SignIn, find_nothing


def page_of(cast: Cast, sign_in: SignIn) -> str:
    return sign_in(cast.client_person).get("/").content.decode()


def test_a_first_visit_leads_through_what_to_expect_and_the_agreement(
    cast: Cast, sign_in: SignIn
) -> None:
    browser = sign_in(cast.client_person)
    page = browser.get("/").content.decode()
    assert "<h1>Welcome</h1>" in page
    assert page.index('href="/me/expect/">Begin here') < page.index("What we agree on")
    assert "Tessa Therapist goes through it with you" in page
    offered(cast)
    browser.get("/me/expect/")
    page = browser.get("/").content.decode()
    assert "Read it again" in page
    assert '<a class="button" href="/me/agreement/">Read it</a>' in page


def test_once_it_is_agreed_the_welcome_makes_room(cast: Cast, sign_in: SignIn) -> None:
    agreed_upon(cast)
    page = page_of(cast, sign_in)
    assert "<h1>Today</h1>" in page
    assert "<h1>Welcome</h1>" not in page


def test_after_a_first_session_there_is_no_welcome_either(cast: Cast, sign_in: SignIn) -> None:
    sheet_of(cast.care, 1, None)
    offered(cast)
    page = page_of(cast, sign_in)
    assert "<h1>Today</h1>" in page
    assert "Read it, ask about it, say yes or no." in page


def test_the_last_sessions_check_in_comes_first_with_one_big_button(
    cast: Cast, sign_in: SignIn
) -> None:
    older, last = sheet_of(cast.care, 4, None), sheet_of(cast.care, 5, None)
    form = sheet_of(cast.care, None, None, instrument="phq-9")
    page = page_of(cast, sign_in)
    assert page.count('class="button wide"') == 1
    assert f'<a class="button wide" href="/me/sheets/{last.pk}/">Say how it was</a>' in page
    assert "Takes less than a minute." in page
    assert page.index(str(last.pk)) < page.index(str(older.pk)) < page.index(str(form.pk))
    assert "Takes about 2 minutes." in page


def test_what_was_begun_is_gone_on_with(cast: Cast, sign_in: SignIn) -> None:
    sheet = sheet_of(cast.care, 5, None)
    sheet.started_at = timezone.now()
    sheet.save()
    assert "You have begun it; go on where you were." in page_of(cast, sign_in)


def test_consents_that_nobody_answered_are_asked_and_then_not_any_more(
    cast: Cast, sign_in: SignIn
) -> None:
    agreed_upon(cast)
    assert "Your yes or no is asked" in page_of(cast, sign_in)
    for kind in ("recording", "analysis", "supervision"):
        give_consent(by=cast.client_person, client=cast.client, kind=kind, given=False)
    page = page_of(cast, sign_in)
    assert "Your yes or no is asked" not in page
    assert "Nothing waits for you." in page


def test_the_next_session_says_when_and_where(cast: Cast, sign_in: SignIn) -> None:
    Session.objects.create(
        client=cast.client,
        care=cast.care,
        starts_at=timezone.now() + timedelta(days=1),
        place=Session.Place.ONLINE,
    )
    page = page_of(cast, sign_in)
    assert "Tomorrow, " in page
    assert "50 minutes, online, with Tessa Therapist" in page


def test_without_a_session_it_says_so(cast: Cast, sign_in: SignIn) -> None:
    assert "None is planned here yet." in page_of(cast, sign_in)


def test_what_helps_is_one_line_away(cast: Cast, sign_in: SignIn) -> None:
    assert "Write down something that helps" in page_of(cast, sign_in)
    row = add_help(by=cast.client_person, client=cast.client, words="Ring <b>Joan</b>")
    set_help_status(by=cast.client_person, help=row, status="kept", edition=1)
    page = page_of(cast, sign_in)
    assert "Ring &lt;b&gt;Joan&lt;/b&gt;" in page


def test_it_is_for_the_client_alone(cast: Cast, sign_in: SignIn) -> None:
    for person in (cast.therapist, cast.other_client_person, cast.owner):
        with pytest.raises(NotYours):
            today_of(cast.client, viewer=person)
    find_nothing(cast, sign_in, "/me/expect/", "owner")
    assert "<h1>Today</h1>" not in sign_in(cast.therapist).get("/").content.decode()


def test_a_client_without_a_record_finds_nothing(cast: Cast, sign_in: SignIn) -> None:
    cast.client.person = None
    cast.client.save()
    assert sign_in(cast.client_person).get("/").status_code == 404


def test_more_that_waits_costs_no_more_queries(
    cast: Cast, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    agreed_upon(cast)
    for number in range(1, 25):
        sheet_of(cast.care, number, None)
    browser = sign_in(cast.client_person)
    with django_assert_max_num_queries(45):
        assert browser.get("/").status_code == 200
