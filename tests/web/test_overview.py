"""The owner sees counts and completeness, and not a word of anybody's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from holdfast_web.accounts.models import Invitation
from holdfast_web.agreements.models import Version
from holdfast_web.care.actions import open_record
from holdfast_web.care.models import EmergencyAccess, Practice
from holdfast_web.dashboards.queries import desk_of, overview
from holdfast_web.inbox.models import Concern
from holdfast_web.measures.models import SafetyAnswer, Sheet
from tests.web.agreeing import agreed_upon
from tests.web.conftest import Cast
from tests.web.ratings import check_ins, sheet_of

SignIn = Callable[[Any], Browser]


def read(cast: Cast, sign_in: SignIn) -> str:
    response = sign_in(cast.owner).get("/")
    assert response.status_code == 200
    return str(response.content.decode())


def test_clients_and_agreements_are_counted(cast: Cast) -> None:
    agreed_upon(cast)
    counts = overview()
    assert (counts.in_care, counts.agreed, counts.offered, counts.not_agreed) == (2, 1, 0, 1)
    Version.objects.for_the_practice("a test").update(review_on=timezone.localdate())
    assert overview().reviews_overdue == 1


def test_a_client_whose_care_has_ended_is_not_counted(cast: Cast) -> None:
    cast.other_care.starts_at = timezone.now() - timedelta(days=9)
    cast.other_care.ends_at = timezone.now() - timedelta(days=1)
    cast.other_care.save()
    assert overview().in_care == 1


def test_check_ins_of_the_last_four_weeks_are_counted(cast: Cast) -> None:
    check_ins(cast.care, [8, None, 7], guesses={1: 8})
    sheet_of(cast.care, None, None, instrument="phq-9")
    old = sheet_of(cast.other_care, 1, None)
    Sheet.objects.for_the_practice("a test").filter(pk=old.pk).update(
        due_at=timezone.now() - timedelta(weeks=5)
    )
    counts = overview()
    assert (counts.asked, counts.answered) == (3, 2)


def test_invitations_are_counted_while_they_wait(cast: Cast) -> None:
    now = timezone.now()
    for place, ends in enumerate((now + timedelta(days=3), now - timedelta(days=1))):
        Invitation.objects.create(
            email="new@example.org",
            name="New",
            role="client",
            token_hash=str(place),
            invited_by=cast.therapist,
            expires_at=ends,
        )
    counts = overview()
    assert (counts.invited, counts.lapsed) == (1, 1)


def test_answers_that_nobody_saw_to_are_counted_with_how_long(cast: Cast, sign_in: SignIn) -> None:
    sheet = sheet_of(cast.care, None, None, instrument="phq-9")
    told = {"instrument": "phq-9", "item": "q9", "kind": "risk", "title": "Thoughts of death"}
    answer = SafetyAnswer.objects.create(
        client=cast.client,
        sheet=sheet,
        told=told,
        came_at=timezone.now() - timedelta(hours=3, minutes=1),
    )
    page = read(cast, sign_in)
    assert "1 answer that a person must see" in page
    assert "has waited 3" in page
    assert "Thoughts of death" not in page
    answer.acknowledged_at = timezone.now()
    answer.save(update_fields=("acknowledged_at",))
    assert overview().safety == 0


def test_an_emergency_is_looked_at_by_the_owner(cast: Cast, sign_in: SignIn) -> None:
    EmergencyAccess.objects.create(
        client=cast.client,
        person=cast.other_therapist,
        reason="She was on the bridge.",
        ends_at=timezone.now() + timedelta(hours=1),
    )
    page = read(cast, sign_in)
    assert "Otto Other" in page
    assert "She was on the bridge." in page
    assert overview().emergencies == 1


def test_nothing_that_was_said_or_scored_is_on_the_page(cast: Cast, sign_in: SignIn) -> None:
    check_ins(cast.care, [9, 9, 9, 3.5])
    Concern.objects.create(client=cast.client, wants="else", to_practice=True, words="Too fast.")
    page = read(cast, sign_in)
    for words in ("Cleo", "Dara", "Tessa", "Otto", "Too fast", "3.5", "lower check-in", "<svg cl"):
        assert words not in page.split("<main")[1], words


def test_the_deputy_is_led_to_what_waits(cast: Cast, sign_in: SignIn) -> None:
    page = read(cast, sign_in)
    assert 'href="/safety/"' in page
    assert 'href="/inbox/"' in page


@pytest.mark.parametrize("who", ["therapist", "supervisor"])
def test_whoever_is_the_deputy_finds_it_on_their_first_page(
    cast: Cast, sign_in: SignIn, who: str
) -> None:
    main = sign_in(cast[who]).get("/").content.decode().split("<main")[1]
    assert "You stand in for the practice" not in main
    Practice.objects.update(deputy=cast[who])
    main = sign_in(cast[who]).get("/").content.decode().split("<main")[1]
    assert "You stand in for the practice" in main
    assert 'href="/safety/"' in main


def test_nobody_else_has_that_desk(cast: Cast) -> None:
    assert desk_of(cast.owner)
    assert not desk_of(cast.therapist)


def test_the_counts_take_as_many_queries_for_more_clients(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.owner)

    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            assert browser.get("/").status_code == 200
        return len(found.captured_queries)

    count()
    few = count()
    for place in range(5):
        check_ins(open_record(by=cast.therapist, name=f"C {place}", therapist=cast.therapist), [8])
    assert count() == few
