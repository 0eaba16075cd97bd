"""Standings: where each relationship stands, for a caseload that is read in five seconds."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from holdfast_web.audit.models import Event
from holdfast_web.care.actions import open_record
from holdfast_web.measures.actions.noticing import stand_anew
from holdfast_web.measures.models import Sheet, Standing
from holdfast_web.measures.queries.noticing import standings
from holdfast_web.vault.keys import opened
from tests.web.conftest import Cast
from tests.web.ratings import PENDING, all_at, check_ins, fill


def trend(cast: Cast, who: str = "therapist") -> dict[str, Any]:
    found: dict[str, Any] = standings(viewer=cast[who])[cast.client.pk]
    return found


def test_a_standing_holds_the_last_twelve_check_ins_with_their_gaps(cast: Cast) -> None:
    check_ins(cast.care, (1, 2, 8, 8, None, 8, 8, 8, 8, 8, 8, 8, 9, 7))
    assert trend(cast) == {
        "values": [8, 8, None, 8, 8, 8, 8, 8, 8, 8, 9, 7],
        "last": 7,
        "usual": 8.2,
        "sessions": 14,
        "waiting": 0,
    }


def test_a_rating_that_waits_for_the_guess_is_left_out_for_the_therapist_alone(cast: Cast) -> None:
    check_ins(cast.care, (9, 8, 3), guesses={3: PENDING})
    found = trend(cast)
    assert found["values"] == [9, 8]
    assert (found["last"], found["usual"], found["sessions"]) == (8, 9, 2)
    assert found["waiting"] == 1
    guess = Sheet.objects.for_the_practice("a test").get(respondent="therapist")
    fill(guess, all_at(8))
    guess.save()
    assert trend(cast)["values"] == [9, 8, 3]


def test_what_is_shown_is_not_what_is_kept(cast: Cast) -> None:
    check_ins(cast.care, (9, 8, 3), guesses={3: PENDING})
    trend(cast)
    kept = Standing.objects.for_the_practice("a test").get()
    assert kept.trend["values"] == [9, 8, 3]


def test_a_standing_can_be_made_anew_from_the_sheets(cast: Cast) -> None:
    check_ins(cast.care, (9, 8))
    Standing.objects.for_the_practice("a test").delete()
    stand_anew(by=None, client_id=cast.client.pk)
    assert trend(cast)["values"] == [9, 8]


@pytest.mark.parametrize("who", ["other_therapist", "owner", "supervisor"])
def test_nobody_sees_the_standing_of_a_stranger(cast: Cast, who: str) -> None:
    check_ins(cast.care, (9,))
    assert cast.client.pk not in standings(viewer=cast[who])


def test_each_client_is_witnessed_once(cast: Cast) -> None:
    check_ins(cast.care, (9,))
    standings(viewer=cast.therapist)
    events = Event.objects.filter(what="caseload.viewed")
    assert [one.client_id for one in events] == [cast.client.pk]


def test_a_caseload_of_sixty_asks_as_few_questions_as_one_of_two(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    def grow(number: int) -> None:
        care = open_record(by=cast.therapist, name=f"Client {number}", therapist=cast.therapist)
        Standing.objects.create(
            client=care.client,
            trend={"values": [8], "numbers": [1], "ids": ["x"], "last": 8},
        )

    check_ins(cast.care, (9, 8), guesses={2: PENDING})
    grow(1)
    with opened(), django_assert_max_num_queries(20) as few:
        cast.therapist.__dict__.pop("_open_records", None)
        assert len(standings(viewer=cast.therapist)) == 2
    for number in range(2, 60):
        grow(number)
    with opened(), django_assert_max_num_queries(len(few.captured_queries)):
        cast.therapist.__dict__.pop("_open_records", None)
        found = standings(viewer=cast.therapist)
        assert len(found) == 60
        assert all(one["values"] for one in found.values())


def test_a_standing_says_when_it_changed(cast: Cast) -> None:
    check_ins(cast.care, (9,))
    changed = Standing.objects.for_the_practice("a test").get().changed_at
    assert (timezone.now() - changed).total_seconds() < 60
