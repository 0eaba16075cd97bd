"""The page of one relationship: everything for its therapist, nothing for a stranger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from holdfast_web.audit.models import Event
from holdfast_web.care.models import EmergencyAccess
from holdfast_web.dashboards.queries import relationship_of
from holdfast_web.encounters.actions import plan_session, write_note, write_private_note
from holdfast_web.encounters.models import Session
from holdfast_web.goals.actions import add_goal, add_help, say_progress
from holdfast_web.inbox.models import Concern
from holdfast_web.measures.actions.noticing import log_rupture
from holdfast_web.measures.models import SafetyAnswer, Signal
from tests.web.conftest import Cast
from tests.web.ratings import PENDING, check_ins, phq9, session_of, sheet_of

SignIn = Callable[[Any], Browser]
STRANGERS = ["other_therapist", "supervisor", "owner", "client_person", "other_client_person"]


def page_of(cast: Cast, name: str = "") -> str:
    return f"/clients/{cast.client.pk}/{name}"


def read(cast: Cast, sign_in: SignIn) -> str:
    response = sign_in(cast.therapist).get(page_of(cast))
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.fixture
def full(cast: Cast) -> Cast:
    """Give the client a course with a dip and a repair, an outcome, goals, notes and a rupture."""
    check_ins(cast.care, [9, 9, 9, 3, 8.5, 9], guesses={2: 8.3, 3: 7.2, 4: 8})
    for number, total in ((1, 17), (3, 14), (6, 8)):
        sheet_of(cast.care, number, phq9(total), instrument="phq-9")
    goal = add_goal(by=cast.client_person, client=cast.client, words="Sleep through one night")
    say_progress(by=cast.client_person, goal=goal, value=4, words="a little", edition=goal.edition)
    add_help(by=cast.client_person, client=cast.client, words="Walk to the river")
    log_rupture(
        by=cast.therapist,
        client=cast.client,
        what="I spoke over her.",
        kind="withdrawal",
        session_number=4,
    )
    session = session_of(cast.care, 6)
    write_note(by=cast.therapist, session=session, words="We spoke of Leeds.", edition=0)
    write_private_note(
        by=cast.therapist, client=cast.client, session=session, words="I was cross.", edition=0
    )
    plan_session(
        by=cast.therapist, client=cast.client, starts_at=timezone.now() + timedelta(days=1)
    )
    return cast


def test_the_page_shows_what_was_rated_and_what_became_of_a_dip(
    full: Cast, sign_in: SignIn
) -> None:
    page = read(full, sign_in)
    assert "Cleo Client" in page
    assert "Next session tomorrow" in page
    assert "the last was session 6" in page
    assert "<svg" in page
    assert "guesses were" in page
    assert "back at session" in page
    assert "What it may mean, and what to try" in page
    signal = Signal.objects.seen_by(full.therapist).get(name="strong_dip")
    assert f"/clients/{full.client.pk}/signals/{signal.pk}/" in page


def test_an_outcome_stands_with_its_change_in_words(full: Cast, sign_in: SignIn) -> None:
    page = read(full, sign_in)
    assert "PHQ-9" in page
    assert "From 17 to 8: 9 points better" in page
    assert "Reliably better" in page


def test_goals_helps_and_the_rupture_log_are_there(full: Cast, sign_in: SignIn) -> None:
    page = read(full, sign_in)
    assert "Sleep through one night" in page
    assert "4 of 10" in page
    assert "Walk to the river" in page
    assert "I spoke over her." in page


def test_a_list_says_that_there_is_a_note_and_not_what_it_says(full: Cast, sign_in: SignIn) -> None:
    page = read(full, sign_in)
    assert ">Note<" in page
    assert "Leeds" not in page
    assert "I was cross" not in page


def test_a_rating_waits_for_the_guess(cast: Cast, sign_in: SignIn) -> None:
    check_ins(cast.care, [8, 8, 2], guesses={3: PENDING})
    page = read(cast, sign_in)
    assert "Your guess for session 3" in page
    assert "Kept back until your guess is in" in page
    assert "A much lower check-in" not in page


def test_an_answer_to_see_and_a_concern_stand_at_the_top(cast: Cast, sign_in: SignIn) -> None:
    sheet = sheet_of(cast.care, None, None, instrument="phq-9")
    told = {"instrument": "phq-9", "item": "q9", "kind": "risk", "title": "Thoughts of death"}
    SafetyAnswer.objects.create(client=cast.client, sheet=sheet, told=told)
    Concern.objects.create(client=cast.client, wants="talk", words="Too fast for me.")
    page = read(cast, sign_in)
    top = page[: page.index("How we work together")]
    assert "that a person must see" in top
    assert "Something doesn’t feel right to Cleo Client" in top
    assert "Too fast" not in page


def test_a_new_client_has_a_page_that_is_not_empty_handed(cast: Cast, sign_in: SignIn) -> None:
    page = read(cast, sign_in)
    assert "No check-in yet" in page
    assert "No session is planned" in page
    assert "No working agreement yet" in page


def test_the_title_names_nobody(full: Cast, sign_in: SignIn) -> None:
    page = read(full, sign_in)
    assert "<title>A relationship · Holdfast</title>" in page


def test_what_a_client_wrote_is_escaped(cast: Cast, sign_in: SignIn) -> None:
    hostile = "<script>alert(1)</script>"
    add_goal(by=cast.client_person, client=cast.client, words=hostile)
    page = read(cast, sign_in)
    assert hostile not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("name", ["", "show/", "show/done/", "sessions/plan/", "private-note/"])
def test_to_everybody_else_there_is_no_such_page(
    full: Cast, sign_in: SignIn, who: str, name: str
) -> None:
    assert sign_in(full[who]).get(page_of(full, name)).status_code == 404


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("name", ["", "change/"])
def test_to_everybody_else_there_is_no_such_session(
    full: Cast, sign_in: SignIn, who: str, name: str
) -> None:
    session = session_of(full.care, 6)
    address = page_of(full, f"sessions/{session.pk}/{name}")
    assert sign_in(full[who]).get(address).status_code == 404


@pytest.mark.parametrize("name", ["note/", "private-note/", "cancelled/", "missed/", "again/"])
@pytest.mark.parametrize("who", STRANGERS)
def test_nobody_else_writes_or_changes_anything(
    full: Cast, sign_in: SignIn, who: str, name: str
) -> None:
    session = session_of(full.care, 6)
    address = page_of(full, f"sessions/{session.pk}/{name}")
    told = {"words": "Mine.", "edition": "1"}
    assert sign_in(full[who]).post(address, told).status_code == 404
    assert sign_in(full[who]).post(f"/sessions/{session.pk}/held/").status_code == 404


def test_who_is_signed_out_is_asked_to_sign_in(full: Cast, sign_in: SignIn) -> None:
    response = sign_in(None).get(page_of(full))
    assert response.status_code == 302
    assert "/account/login/" in response["Location"]


def test_a_client_that_is_not_there_is_as_one_that_is_not_yours(
    cast: Cast, sign_in: SignIn
) -> None:
    browser = sign_in(cast.therapist)
    assert browser.get(f"/clients/{uuid4()}/").status_code == 404
    assert browser.get(f"/clients/{cast.other_client.pk}/").status_code == 404
    assert browser.get("/clients/not-a-uuid/").status_code == 404


@pytest.mark.parametrize("who", ["owner", "other_therapist"])
def test_an_emergency_opens_the_page_and_not_the_private_notes(
    full: Cast, sign_in: SignIn, who: str
) -> None:
    EmergencyAccess.objects.create(
        client=full.client,
        person=full[who],
        reason="On the bridge.",
        ends_at=timezone.now() + timedelta(hours=1),
    )
    browser = sign_in(full[who])
    page = browser.get(page_of(full)).content.decode()
    assert "Opened in an emergency" in page
    assert "I spoke over her." in page
    assert "Plan sessions" not in page
    session = session_of(full.care, 6)
    notes = browser.get(page_of(full, f"sessions/{session.pk}/")).content.decode()
    assert "We spoke of Leeds." in notes
    assert "I was cross." not in notes
    assert "Private note" not in notes
    assert "Only the client&#x27;s therapist can do this." in notes
    assert browser.get(page_of(full, "show/")).status_code == 404
    assert browser.get(page_of(full, "private-note/")).status_code == 404


def test_each_look_is_witnessed(full: Cast, sign_in: SignIn) -> None:
    read(full, sign_in)
    seen = Event.objects.filter(actor_id=full.therapist.pk, client_id=full.client.pk)
    assert {"relationship.viewed", "course.viewed", "sessions.viewed", "goals.viewed"} <= set(
        seen.values_list("what", flat=True)
    )


def test_more_sessions_take_no_more_queries(full: Cast, sign_in: SignIn) -> None:
    browser = sign_in(full.therapist)
    browser.get(page_of(full))
    few = _queries(browser, page_of(full))
    check_ins(full.care, [8, 8.5, 3, 8, 9, 8, 7, 8], first=7)
    many = _queries(browser, page_of(full))
    assert many == few


def test_the_page_reads_the_record_with_one_way_in(full: Cast) -> None:
    found = relationship_of(full.client, viewer=full.therapist)
    assert found.sessions is not None
    assert found.sessions.last == Session.objects.seen_by(full.therapist).get(number=6)
    assert [one.session for course in found.alliance for one in course.dips] == [4]


def _queries(browser: Browser, address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert browser.get(address).status_code == 200
    return len(found.captured_queries)
