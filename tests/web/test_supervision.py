"""A supervisor sees exactly what was shared, for as long as it was shared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from holdfast_web.audit.models import Event
from holdfast_web.care.models import Share
from holdfast_web.care.parts import Part
from holdfast_web.encounters.actions import plan_session, write_note, write_private_note
from holdfast_web.goals.actions import add_goal
from holdfast_web.measures.actions.noticing import log_rupture
from holdfast_web.measures.models import SafetyAnswer
from tests.web.agreeing import agreed_upon
from tests.web.conftest import Cast
from tests.web.ratings import check_ins, phq9, session_of, sheet_of
from tests.web.strangers import find_nothing

SignIn = Callable[[Any], Browser]
OF_PART = {
    Part.COURSE: ("How they work together", "PHQ-9"),
    Part.SIGNALS: ("A much lower check-in than last time", "I spoke over her."),
    Part.GOALS: ("Sleep through one night", "What helps"),
    Part.AGREEMENT: ("What we agreed", "Accepted by both"),
    Part.SESSIONS: ("the last was session 4", 'id="sessions"'),
}
"""What a page shows of each part, and of no other."""
NEVER = ("Noted: Leeds.", "Privately: cross.", "Thoughts of death", "Plan sessions", "/show/")


@pytest.fixture
def record(cast: Cast) -> Cast:
    check_ins(cast.care, [9, 9, 9, 3], guesses={2: 8.3, 3: 8})
    sheet = sheet_of(cast.care, 3, phq9(12), instrument="phq-9")
    told = {"instrument": "phq-9", "item": "q9", "kind": "risk", "title": "Thoughts of death"}
    SafetyAnswer.objects.create(client=cast.client, sheet=sheet, told=told)
    log_rupture(
        by=cast.therapist,
        client=cast.client,
        what="I spoke over her.",
        kind="withdrawal",
        session_number=4,
    )
    add_goal(by=cast.client_person, client=cast.client, words="Sleep through one night")
    agreed_upon(cast)
    session = session_of(cast.care, 4)
    write_note(by=cast.therapist, session=session, words="Noted: Leeds.", edition=0)
    write_private_note(
        by=cast.therapist,
        client=cast.client,
        session=session,
        words="Privately: cross.",
        edition=0,
    )
    plan_session(
        by=cast.therapist, client=cast.client, starts_at=timezone.now() + timedelta(days=1)
    )
    return cast


def share(cast: Cast, *parts: Part, **changed: Any) -> Share:
    return Share.objects.create(
        **{
            "client": cast.client,
            "therapist": cast.therapist,
            "supervisor": cast.supervisor,
            "parts": [str(one) for one in parts],
            "purpose": "To think about the dip.",
            "client_agreed_at": timezone.now(),
            "ends_at": timezone.now() + timedelta(days=30),
            **changed,
        }
    )


def address(cast: Cast) -> str:
    return f"/supervision/{cast.client.pk}/"


def read(cast: Cast, sign_in: SignIn) -> str:
    response = sign_in(cast.supervisor).get(address(cast))
    assert response.status_code == 200
    return str(response.content.decode()).split("<main")[1]


def test_the_first_page_says_what_for_until_when_and_which_parts(
    cast: Cast, sign_in: SignIn
) -> None:
    share(cast, Part.COURSE, Part.GOALS)
    page = sign_in(cast.supervisor).get("/").content.decode()
    assert "Cleo Client" in page
    assert "Shared by Tessa Therapist" in page
    assert "To think about the dip." in page
    assert "the course of the check-ins and questionnaires; goals, and what helps" in page
    assert address(cast) in page


def test_without_a_share_the_page_says_so(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.supervisor).get("/").content.decode()
    assert "Nothing is shared with you now." in page
    assert "Cleo" not in page


@pytest.mark.parametrize("part", OF_PART)
def test_each_part_is_there_if_it_was_shared_and_only_then(
    record: Cast, sign_in: SignIn, part: Part
) -> None:
    share(record, part)
    page = read(record, sign_in)
    for other, marks in OF_PART.items():
        for words in marks:
            assert (words in page) == (other is part), (other, words)
    for words in NEVER:
        assert words not in page


def test_all_parts_together_leave_out_what_is_never_shared(record: Cast, sign_in: SignIn) -> None:
    share(record, *Part)
    page = read(record, sign_in)
    for marks in OF_PART.values():
        for words in marks:
            assert words in page, words
    for words in NEVER:
        assert words not in page, words


def test_guesses_and_dips_go_with_the_signals(record: Cast, sign_in: SignIn) -> None:
    share(record, Part.COURSE)
    assert "guesses were" not in read(record, sign_in)
    assert "lower than before" not in read(record, sign_in)
    share(record, Part.SIGNALS)
    assert "guesses were" in read(record, sign_in)
    assert "lower than before" in read(record, sign_in)


def test_two_shares_add_up(record: Cast, sign_in: SignIn) -> None:
    share(record, Part.GOALS)
    share(record, Part.SESSIONS)
    page = read(record, sign_in)
    assert "Sleep through one night" in page
    assert "the last was session 4" in page
    assert "PHQ-9" not in page


@pytest.mark.parametrize(
    "changed",
    [
        {"client_agreed_at": None},
        {"ends_at": timezone.now() - timedelta(minutes=1)},
        {"withdrawn_at": timezone.now()},
    ],
)
def test_what_is_not_agreed_or_over_is_not_shared(
    record: Cast, sign_in: SignIn, changed: dict[str, Any]
) -> None:
    share(record, *Part, **changed)
    browser = sign_in(record.supervisor)
    assert browser.get(address(record)).status_code == 404
    assert "Cleo" not in browser.get("/").content.decode()


def test_a_share_opens_no_other_page_and_no_other_client(record: Cast, sign_in: SignIn) -> None:
    share(record, *Part)
    browser = sign_in(record.supervisor)
    assert browser.get(f"/clients/{record.client.pk}/").status_code == 404
    assert browser.get(f"/clients/{record.client.pk}/show/").status_code == 404
    assert browser.get(f"/supervision/{record.other_client.pk}/").status_code == 404
    session = session_of(record.care, 4)
    there = f"/clients/{record.client.pk}/sessions/{session.pk}/"
    assert browser.get(there).status_code == 404


def test_the_page_is_for_the_supervisor_alone(record: Cast, sign_in: SignIn) -> None:
    share(record, *Part)
    find_nothing(
        record, sign_in, address(record), "therapist", "owner", "client_person", "other_therapist"
    )


def test_each_look_is_witnessed_with_its_parts(record: Cast, sign_in: SignIn) -> None:
    share(record, Part.GOALS)
    read(record, sign_in)
    event = Event.objects.get(what="supervision.viewed")
    assert event.client_id == record.client.pk
    assert event.facts["parts"] == ["care", "goals"]
