"""Who opened my record: every trace in plain words, grouped so that a tired person can read it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from holdfast_web.audit.chain import Entry, append
from holdfast_web.audit.models import Event
from holdfast_web.audit.witness import witness
from holdfast_web.audit.words import sentences
from holdfast_web.care.models import EmergencyAccess
from holdfast_web.goals.queries import goals_of
from holdfast_web.lib.refusals import NotYours
from holdfast_web.portal.queries import opened
from holdfast_web.portal.queries.opened import opened_of
from tests.web.conftest import Cast
from tests.web.strangers import SignIn, find_nothing

MINE = "/me/opened/"


def test_a_look_into_the_record_is_told_with_a_name_and_in_plain_words(
    cast: Cast, sign_in: SignIn
) -> None:
    goals_of(cast.client, viewer=cast.therapist)
    page = sign_in(cast.client_person).get(MINE).content.decode()
    assert "Tessa Therapist" in page
    assert "Looked at your goals." in page
    assert "goals.viewed" not in page


def test_the_same_thing_within_an_hour_is_told_once_with_a_count(cast: Cast) -> None:
    for _ in range(3):
        goals_of(cast.client, viewer=cast.therapist)
    (day,) = opened_of(cast.client, viewer=cast.client_person).days
    (doer,) = day.doers
    line = next(one for one in doer.lines if one.what == "goals.viewed")
    assert line.times == 3


def test_after_more_than_an_hour_it_is_told_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    noon = timezone.localtime().replace(hour=12, minute=0)
    for minutes in (0, 50, 100, 200):
        monkeypatch.setattr(timezone, "now", lambda at=noon + timedelta(minutes=minutes): at)
        witness("goals.viewed", by=cast.therapist, client_id=cast.client.pk)
    days = opened_of(cast.client, viewer=cast.client_person).days
    lines = [one for day in days for doer in day.doers for one in doer.lines]
    assert [one.times for one in lines if one.what == "goals.viewed"] == [1, 3]


def test_days_and_people_are_kept_apart(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    noon = timezone.localtime().replace(hour=12, minute=0)
    for days, who in ((2, cast.therapist), (1, cast.therapist), (1, cast.supervisor)):
        monkeypatch.setattr(timezone, "now", lambda at=noon - timedelta(days=days): at)
        witness("goals.viewed", by=who, client_id=cast.client.pk)
    monkeypatch.undo()
    found = opened_of(cast.client, viewer=cast.client_person).days
    told = [[doer.name for doer in day.doers] for day in found if day.on < noon.date()]
    assert told == [["Sunny Supervisor", "Tessa Therapist"], ["Tessa Therapist"]]


def test_what_i_did_myself_is_left_out_until_i_ask(cast: Cast, sign_in: SignIn) -> None:
    goals_of(cast.client, viewer=cast.client_person)
    browser = sign_in(cast.client_person)
    assert "<h3>You" not in browser.get(MINE).content.decode()
    assert "<h3>You" in browser.get(f"{MINE}?own=yes").content.decode()


def test_what_the_practice_does_by_itself_is_told_so(cast: Cast, sign_in: SignIn) -> None:
    witness("course.noticed", by=None, client_id=cast.client.pk)
    page = sign_in(cast.client_person).get(MINE).content.decode()
    assert "Holdfast, by itself" in page
    assert sentences()["course.noticed"] in page


def test_an_event_without_words_does_not_break_the_page(cast: Cast, sign_in: SignIn) -> None:
    append([Entry("thing.undreamt", cast.therapist.pk, cast.client.pk)])
    page = sign_in(cast.client_person).get(MINE)
    assert page.status_code == 200
    assert "Did something with your record" in page.content.decode()


def test_an_emergency_is_explained_and_then_known_to_be_seen(cast: Cast, sign_in: SignIn) -> None:
    access = EmergencyAccess.objects.create(
        client=cast.client,
        person=cast.owner,
        reason="A neighbour rang, worried.",
        ends_at=timezone.now() + timedelta(hours=1),
    )
    witness("emergency.opened", by=cast.owner, client_id=cast.client.pk, subject=access)
    browser = sign_in(cast.client_person)
    assert "Your record was opened in an emergency" in browser.get("/").content.decode()
    page = browser.get(MINE).content.decode()
    assert "Olive Owner opened your record today at" in page
    assert "neighbour" not in page
    access.refresh_from_db()
    assert access.seen_by_client_at is not None
    assert "Your record was opened in an emergency" not in browser.get("/").content.decode()
    again = browser.get(MINE).content.decode()
    assert "<h2>Opened in an emergency</h2>" not in again
    assert "In an emergency somebody of the practice may do that" in again


def test_it_is_told_page_by_page(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened, "A_PAGE", 5)
    done = [f"thing.number_{number}" for number in range(12)]
    append([Entry(what, cast.therapist.pk, cast.client.pk) for what in done])
    told: list[str] = []
    before: int | None = None
    while True:
        page = opened_of(cast.client, viewer=cast.client_person, before=before)
        told += [one.what for day in page.days for doer in day.doers for one in doer.lines]
        before = page.earlier
        if before is None:
            break
    assert told == [*reversed(done), "care.began", "record.opened"]
    browser = sign_in(cast.client_person)
    last = Event.objects.order_by("-place")[4].place
    assert f'href="?before={last}"' in browser.get(MINE).content.decode()
    assert "Back to the latest" in browser.get(f"{MINE}?before={last}").content.decode()


@pytest.mark.parametrize("before", ["0", "-3", "x", "9" * 40, "²", "%00"])
def test_a_page_that_cannot_be_is_no_error(cast: Cast, sign_in: SignIn, before: str) -> None:
    assert sign_in(cast.client_person).get(f"{MINE}?before={before}").status_code == 200


def test_nobody_reads_it_for_another(cast: Cast, sign_in: SignIn) -> None:
    goals_of(cast.client, viewer=cast.therapist)
    page = sign_in(cast.other_client_person).get(MINE).content.decode()
    assert "Tessa" not in page
    find_nothing(cast, sign_in, MINE, "owner", "supervisor", "therapist")
    for person in (cast.therapist, cast.other_client_person):
        with pytest.raises(NotYours):
            opened_of(cast.client, viewer=person)


def test_many_events_cost_no_more_queries(
    cast: Cast, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    for _ in range(30):
        goals_of(cast.client, viewer=cast.therapist)
        goals_of(cast.client, viewer=cast.client_person)
    browser = sign_in(cast.client_person)
    with django_assert_max_num_queries(12):
        assert browser.get(f"{MINE}?own=yes").status_code == 200
