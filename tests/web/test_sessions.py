"""Sessions are planned, moved, held in their order, cancelled and missed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from holdfast_web.audit.models import Event
from holdfast_web.care.actions import begin_care, open_record
from holdfast_web.encounters.actions import (
    cancel_session,
    change_session,
    hold,
    miss_session,
    plan_again,
    plan_session,
    plan_weekly,
)
from holdfast_web.encounters.models import Session
from holdfast_web.encounters.queries import is_taken, next_session, sessions_ahead, sessions_of
from holdfast_web.encounters.rules import may_hold
from holdfast_web.lib.refusals import NotYours, Refused
from holdfast_web.vault.keys import opened
from tests.web.conftest import Cast

SignIn = Callable[[Any], Browser]


def ago(**span: float) -> datetime:
    return timezone.now() - timedelta(**span)


def planned(cast: Cast, starts_at: datetime | None = None) -> Session:
    return plan_session(by=cast.therapist, client=cast.client, starts_at=starts_at or ago(hours=1))


def held(cast: Cast, **span: float) -> Session:
    return hold(by=cast.therapist, session=planned(cast, ago(**span)))


def test_held_sessions_are_numbered_without_a_gap(cast: Cast) -> None:
    numbers = [held(cast, days=days).number for days in (30, 20)]
    missed = miss_session(by=cast.therapist, session=planned(cast, ago(days=15)))
    numbers.append(held(cast, days=10).number)
    assert (numbers, missed.number) == ([1, 2, 3], None)


def test_numbers_begin_anew_with_another_therapist(cast: Cast) -> None:
    held(cast, days=30)
    left_over = planned(cast, ago(days=1))
    cast.care.starts_at, cast.care.ends_at = ago(days=40), ago(hours=2)
    cast.care.save()
    care = begin_care(
        by=cast.owner, client=cast.client, therapist=cast.other_therapist, starts_at=ago(hours=2)
    )
    session = hold(by=cast.other_therapist, session=left_over)
    assert (session.number, session.care) == (1, care)


def test_a_session_is_held_on_its_day_and_not_before(cast: Cast) -> None:
    session = planned(cast, timezone.now() + timedelta(days=2))
    with pytest.raises(Refused, match="on its day"):
        hold(by=cast.therapist, session=session)


def test_a_second_click_finds_the_session_held(cast: Cast) -> None:
    session = planned(cast)
    hold(by=cast.therapist, session=session)
    with pytest.raises(Refused, match="held already, as session 1"):
        hold(by=cast.therapist, session=session)


def test_what_became_of_the_earlier_session_is_said_first(cast: Cast) -> None:
    earlier, later = planned(cast, ago(days=8)), planned(cast)
    assert may_hold(cast.therapist, later)
    with pytest.raises(Refused, match="Say first what became of the session of"):
        hold(by=cast.therapist, session=later)
    cancel_session(by=cast.therapist, session=earlier)
    assert hold(by=cast.therapist, session=later).number == 1


def test_no_session_is_planned_or_moved_before_one_that_was_held(cast: Cast) -> None:
    held(cast, days=3)
    with pytest.raises(Refused, match="numbered in their order"):
        planned(cast, ago(days=4))
    session = planned(cast)
    with pytest.raises(Refused, match="numbered in their order"):
        change_session(
            by=cast.therapist, session=session, starts_at=ago(days=4), minutes=50, place="room"
        )


def test_a_cancelled_session_can_be_planned_again(cast: Cast) -> None:
    session = cancel_session(by=cast.therapist, session=planned(cast))
    with pytest.raises(Refused, match="marked as cancelled"):
        hold(by=cast.therapist, session=session)
    again = plan_again(by=cast.therapist, session=session)
    assert hold(by=cast.therapist, session=again).number == 1


def test_what_has_not_begun_is_cancelled_and_not_missed(cast: Cast) -> None:
    session = planned(cast, timezone.now() + timedelta(hours=3))
    with pytest.raises(Refused, match="hasn’t begun"):
        miss_session(by=cast.therapist, session=session)


def test_weekly_sessions_keep_their_hour_when_the_clocks_change(cast: Cast) -> None:
    year = timezone.localdate().year + 1
    first = timezone.make_aware(datetime(year, 10, 20, 14))  # noqa: DTZ001 - made aware here
    made = plan_weekly(
        by=cast.therapist, client=cast.client, starts_at=first, minutes=50, place="room", times=4
    )
    assert [timezone.localtime(one.starts_at).hour for one in made] == [14, 14, 14, 14]
    assert len({one.starts_at.utctimetuple().tm_hour for one in made}) == 2


@pytest.mark.parametrize("who", ["other_therapist", "supervisor", "owner", "other_client_person"])
def test_nobody_else_plans_or_holds_a_session(cast: Cast, who: str) -> None:
    session = planned(cast)
    for act in (
        lambda: plan_session(by=cast[who], client=cast.client, starts_at=timezone.now()),
        lambda: hold(by=cast[who], session=session),
        lambda: cancel_session(by=cast[who], session=session),
        lambda: sessions_of(cast.client, viewer=cast[who]),
    ):
        with pytest.raises(NotYours):
            act()


def test_the_client_sees_their_sessions_and_does_not_change_them(cast: Cast) -> None:
    session = planned(cast, timezone.now() + timedelta(days=1))
    assert next_session(cast.client, viewer=cast.client_person) == session
    assert sessions_of(cast.client, viewer=cast.client_person) == (session,)
    with pytest.raises(Refused, match="Only the client's therapist"):
        cancel_session(by=cast.client_person, session=session)


def test_each_change_leaves_its_witness(cast: Cast) -> None:
    session = planned(cast)
    hold(by=cast.therapist, session=session)
    events = Event.objects.filter(client_id=cast.client.pk, subject__endswith=str(session.pk))
    assert list(events.order_by("place").values_list("what", flat=True)) == [
        "session.planned",
        "session.held",
    ]


def test_the_days_ahead_hold_ones_own_sessions_and_what_is_still_open(cast: Cast) -> None:
    still_open = planned(cast, ago(days=2))
    soon = planned(cast, timezone.now() + timedelta(days=1))
    planned(cast, timezone.now() + timedelta(days=60))
    plan_session(by=cast.other_therapist, client=cast.other_client, starts_at=timezone.now())
    assert sessions_ahead(viewer=cast.therapist) == (still_open, soon)


def test_a_time_is_taken_while_another_session_goes_on(cast: Cast) -> None:
    start = timezone.now() + timedelta(days=1)
    session = planned(cast, start)
    later = start + timedelta(minutes=30)
    assert is_taken(later, 50, viewer=cast.therapist)
    assert not is_taken(later, 50, viewer=cast.therapist, but=session)
    assert not is_taken(start + timedelta(minutes=50), 50, viewer=cast.therapist)
    assert not is_taken(later, 50, viewer=cast.other_therapist)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_give_one_number(cast: Cast) -> None:
    session = planned(cast)
    said: list[object] = []

    def click() -> None:
        try:
            with opened():
                said.append(hold(by=cast.therapist, session=session).number)
        except Refused as refusal:
            said.append(str(refusal))
        finally:
            connections.close_all()

    _at_once(click, click)
    assert sorted(map(str, said)) == ["1", "It was held already, as session 1."]


@pytest.mark.django_db(transaction=True)
def test_sessions_of_two_clients_held_at_once_lose_nothing(cast: Cast) -> None:
    def holds(therapist: Any, client: Any) -> Any:
        session = plan_session(by=therapist, client=client, starts_at=ago(hours=1))

        def click() -> None:
            try:
                with opened():
                    hold(by=therapist, session=session)
            finally:
                connections.close_all()

        return click

    _at_once(holds(cast.therapist, cast.client), holds(cast.other_therapist, cast.other_client))
    rows = Session.objects.for_the_practice("a test")
    assert [one.number for one in rows.filter(status=Session.Status.HELD)] == [1, 1]


def _at_once(*clicks: Any) -> None:
    threads = [threading.Thread(target=click) for click in clicks]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    connection.ensure_connection()


def plan_address(cast: Cast) -> str:
    return f"/clients/{cast.client.pk}/sessions/plan/"


def told(**changed: str) -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=7)
    return {
        "on": day.isoformat(),
        "at": "14:00",
        "minutes": "50",
        "place": "online",
        "times": "1",
        **changed,
    }


def test_a_session_is_planned_on_the_page(cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.therapist).post(plan_address(cast), told(), follow=True)
    page = response.content.decode()
    assert "The session is planned." in page
    session = Session.objects.seen_by(cast.therapist).get()
    assert (timezone.localtime(session.starts_at).hour, session.place) == (14, "online")


def test_several_are_planned_at_once(cast: Cast, sign_in: SignIn) -> None:
    sign_in(cast.therapist).post(plan_address(cast), told(times="4"))
    assert Session.objects.seen_by(cast.therapist).count() == 4


def test_the_page_says_that_a_time_is_taken_and_not_by_whom(cast: Cast, sign_in: SignIn) -> None:
    second = open_record(by=cast.therapist, name="Eve Else", therapist=cast.therapist)
    browser = sign_in(cast.therapist)
    browser.post(f"/clients/{second.client_id}/sessions/plan/", told())
    page = browser.post(plan_address(cast), told(at="14:30"), follow=True).content.decode()
    assert "You have another session at that time." in page
    assert "Eve Else" not in page


@pytest.mark.parametrize(
    "changed",
    [
        {"on": ""},
        {"on": "tomorrow"},
        {"on": "9999-12-31"},
        {"on": "0001-01-01"},
        {"at": "25:00"},
        {"minutes": "0"},
        {"minutes": "100000"},
        {"place": "moon"},
        {"times": "1000"},
    ],
)
def test_nonsense_plans_nothing(cast: Cast, sign_in: SignIn, changed: dict[str, str]) -> None:
    response = sign_in(cast.therapist).post(plan_address(cast), told(**changed))
    assert response.status_code == 400
    assert not Session.objects.seen_by(cast.therapist).exists()


def test_an_hour_that_the_clocks_leave_out_is_refused(cast: Cast, sign_in: SignIn) -> None:
    year = timezone.localdate().year + 1
    sunday = max(day for day in range(25, 32) if date(year, 3, day).weekday() == 6)
    changed = told(on=f"{year}-03-{sunday}", at="01:30")
    assert sign_in(cast.therapist).post(plan_address(cast), changed).status_code == 400


def test_a_refusal_of_the_calendar_stands_in_the_form(cast: Cast, sign_in: SignIn) -> None:
    held(cast, days=2)
    day = (timezone.localdate() - timedelta(days=9)).isoformat()
    response = sign_in(cast.therapist).post(plan_address(cast), told(on=day))
    assert response.status_code == 400
    assert "numbered in their order" in response.content.decode()


def test_a_session_is_moved_on_its_page(cast: Cast, sign_in: SignIn) -> None:
    session = planned(cast, timezone.now() + timedelta(days=1))
    there = f"/clients/{cast.client.pk}/sessions/{session.pk}/"
    browser = sign_in(cast.therapist)
    assert browser.get(f"{there}change/").status_code == 200
    response = browser.post(f"{there}change/", told(minutes="80"))
    assert response.status_code == 302
    moved = Session.objects.seen_by(cast.therapist).get()
    assert (moved.minutes, timezone.localtime(moved.starts_at).hour) == (80, 14)


def test_held_on_the_page_leads_to_the_guess(cast: Cast, sign_in: SignIn) -> None:
    session = planned(cast)
    browser = sign_in(cast.therapist)
    assert "Cleo Client" in browser.get("/sessions/").content.decode()
    response = browser.post(f"/sessions/{session.pk}/held/")
    after = f"/clients/{cast.client.pk}/sessions/{session.pk}/after/"
    assert response["Location"] == after
    again = browser.post(f"/sessions/{session.pk}/held/", follow=True)
    assert "It was held already, as session 1." in again.content.decode()


def test_a_button_that_is_grey_says_why(cast: Cast, sign_in: SignIn) -> None:
    planned(cast, ago(days=8))
    later = planned(cast, ago(minutes=5))
    browser = sign_in(cast.therapist)
    for there in ("/sessions/", f"/clients/{cast.client.pk}/sessions/{later.pk}/"):
        assert "Say first what became of the session of" in browser.get(there).content.decode()


def test_what_became_of_a_session_is_said_and_taken_back(cast: Cast, sign_in: SignIn) -> None:
    session = planned(cast)
    there = f"/clients/{cast.client.pk}/sessions/{session.pk}/"
    browser = sign_in(cast.therapist)
    for name, status in (("missed/", "missed"), ("again/", "planned"), ("cancelled/", "cancelled")):
        browser.post(there + name)
        assert Session.objects.seen_by(cast.therapist).get().status == status
    refused = browser.post(f"{there}missed/", follow=True).content.decode()
    assert "It was marked as cancelled." in refused


def test_a_link_does_not_change_a_session(cast: Cast, sign_in: SignIn) -> None:
    session = planned(cast)
    browser = sign_in(cast.therapist)
    there = f"/clients/{cast.client.pk}/sessions/{session.pk}/"
    for name in ("missed/", "again/", "cancelled/", "note/", "private-note/"):
        assert browser.get(there + name).status_code == 405
    assert browser.get(f"/sessions/{session.pk}/held/").status_code == 405


def test_more_sessions_take_no_more_queries(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.therapist)

    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            assert browser.get("/sessions/").status_code == 200
        return len(found.captured_queries)

    planned(cast, timezone.now() + timedelta(days=1))
    count()
    few = count()
    for days in range(2, 13):
        planned(cast, timezone.now() + timedelta(days=days))
    assert count() == few
