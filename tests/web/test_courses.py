"""Courses: what the client rated, what the therapist guessed, and who sees which."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from holdfast_web.audit.models import Event
from holdfast_web.care.models import CareRelationship, Share
from holdfast_web.encounters.models import Session
from holdfast_web.engine.courses import CourseView, Rated, follow_courses, sparkline
from holdfast_web.lib.refusals import NotYours
from holdfast_web.measures.models import Sheet
from holdfast_web.measures.queries.noticing import courses_of, signals_of
from holdfast_web.measures.rules import may_see_rating
from tests.web.conftest import Cast
from tests.web.ratings import PENDING, all_at, check_ins, fill, look, phq9, session_of, sheet_of


def alliance(cast: Cast, who: str = "therapist") -> CourseView:
    return courses_of(cast.client, viewer=cast[who])[0]


def test_the_alliance_comes_first_and_outcomes_beside_it(cast: Cast) -> None:
    for number, total in enumerate((17, 14, 9), start=1):
        look(sheet_of(cast.care, number, phq9(total), instrument="phq-9"))
    check_ins(cast.care, (8, 9, 8))
    first, second = courses_of(cast.client, viewer=cast.therapist)
    assert (first.instrument, second.instrument) == ("check-in", "phq-9")
    assert [row.value for row in second.rows] == [17, 14, 9]
    assert second.change_in_words is not None
    assert second.change_in_words.startswith("From 17 to 9: 8 points better.")
    assert second.band_in_words == ("The last one, 9, lies in the range that is called “mild”.")
    assert first.change_in_words is None


def test_the_picture_has_no_style_no_script_and_its_numbers_as_rows(cast: Cast) -> None:
    check_ins(cast.care, (8, None, 9), guesses={1: 9})
    course = alliance(cast)
    assert course.picture.startswith("<svg")
    assert "style" not in course.picture
    assert "on" + "click" not in course.picture
    assert [(row.session, row.value, row.guess) for row in course.rows] == [
        (1, 8, 9),
        (2, None, None),
        (3, 9, None),
    ]
    assert all(row.date for row in course.rows)


def test_a_guess_that_is_to_come_keeps_the_rating_back(cast: Cast) -> None:
    check_ins(cast.care, (8, 3), guesses={1: 9, 2: PENDING})
    course = alliance(cast)
    assert [row.session for row in course.rows] == [1]
    assert course.waiting == (2,)
    assert may_see_rating(cast.therapist, session_of(cast.care, 1))
    refused = may_see_rating(cast.therapist, session_of(cast.care, 2))
    assert refused.reason == "Your guess comes first. You can also leave it out."


@pytest.mark.parametrize("how", ["handed in", "left out"])
def test_once_guessed_or_left_out_the_rating_is_there(cast: Cast, how: str) -> None:
    check_ins(cast.care, (8, 3), guesses={2: PENDING})
    guess = Sheet.objects.for_the_practice("a test").get(respondent="therapist")
    if how == "handed in":
        fill(guess, all_at(7))
    else:
        guess.skipped_at = timezone.now()
    guess.save()
    course = alliance(cast)
    assert [row.value for row in course.rows] == [8, 3]
    assert course.rows[1].guess == (7 if how == "handed in" else None)
    assert course.waiting == ()


def test_a_client_sees_their_own_ratings_and_no_guess_signal_or_drop(cast: Cast) -> None:
    check_ins(cast.care, (9, 9, 8, 3, 3, 3, 3), guesses={4: 9, 5: PENDING})
    course = alliance(cast, "client_person")
    assert [row.value for row in course.rows] == [9, 9, 8, 3, 3, 3, 3]
    assert not course.has_guesses
    assert not course.marks
    assert not course.trajectory.signals
    assert "not back yet" not in course.picture
    assert "flag" not in course.picture
    assert course.gap_in_words is None
    with pytest.raises(NotYours):
        signals_of(cast.client, viewer=cast.client_person)


def test_what_is_looked_at_together_is_as_the_client_sees_it(cast: Cast) -> None:
    check_ins(cast.care, (9, 9, 8, 3, 3), guesses={4: 9, 5: PENDING})
    course = courses_of(cast.client, viewer=cast.therapist, for_client=True)[0]
    assert [row.value for row in course.rows] == [9, 9, 8, 3]
    assert not course.has_guesses
    assert not course.marks


def test_a_therapist_sees_what_stands_out_by_number(cast: Cast) -> None:
    check_ins(cast.care, (9, 9, 8, 3, 3, 3, 3))
    course = alliance(cast)
    assert [mark.place for mark in course.marks] == list(range(1, len(course.marks) + 1))
    titles = [mark.title for mark in course.marks]
    assert {"It hasn't come back yet", "A much lower check-in than last time"} <= set(titles)
    assert "not back yet" in course.picture


def test_sheets_without_a_session_stand_where_they_came(cast: Cast) -> None:
    check_ins(cast.care, (8, 8))
    first, second = session_of(cast.care, 1).starts_at, session_of(cast.care, 2).starts_at
    before, between = first - timedelta(days=3), second - timedelta(days=1)
    look(sheet_of(cast.care, None, phq9(15), instrument="phq-9", at=before))
    look(sheet_of(cast.care, 2, phq9(12), instrument="phq-9"))
    sheet_of(cast.care, None, None, instrument="phq-9")
    look(sheet_of(cast.care, None, phq9(14), instrument="phq-9", at=between))
    outcome = courses_of(cast.client, viewer=cast.therapist)[1]
    assert [(row.session, row.value) for row in outcome.rows] == [(1, 14), (2, 12)]


def test_after_a_change_of_therapist_the_alliance_begins_anew_and_symptoms_go_on(
    cast: Cast,
) -> None:
    check_ins(cast.care, (9, 9))
    look(sheet_of(cast.care, 2, phq9(15), instrument="phq-9"))
    cast.care.starts_at = timezone.now() - timedelta(days=300)
    cast.care.ends_at = timezone.now() - timedelta(days=2)
    cast.care.save()
    new = CareRelationship.objects.create(client=cast.client, therapist=cast.other_therapist)
    for number in (1, 2):
        then = timezone.now() + timedelta(days=number)
        session_of(new, number, starts_at=then)
    check_ins(new, (4, 4))
    look(sheet_of(new, 2, phq9(9), instrument="phq-9"))
    theirs, outcome = courses_of(cast.client, viewer=cast.other_therapist)
    assert [(row.session, row.value) for row in theirs.rows] == [(3, 4), (4, 4)]
    assert [(row.session, row.value) for row in outcome.rows] == [(2, 15), (4, 9)]
    own = courses_of(cast.client, viewer=cast.client_person)[0]
    assert [row.value for row in own.rows] == [9, 9, 4, 4]
    names = {one.row.name for one in signals_of(cast.client, viewer=cast.other_therapist)}
    assert not names & {"dip", "strong_dip", "likely_fall"}


def test_an_instrument_without_a_number_has_no_course(cast: Cast) -> None:
    assert follow_courses("c", {"c-ssrs": [Rated(1, None)], "gone": [Rated(1, 3)]}) == ()


def test_a_planned_session_has_no_place_in_a_course(cast: Cast) -> None:
    check_ins(cast.care, (8, 8))
    Session.objects.create(
        client=cast.client, care=cast.care, starts_at=timezone.now() + timedelta(days=3)
    )
    assert len(alliance(cast).rows) == 2


def test_each_look_at_a_course_is_witnessed(cast: Cast) -> None:
    check_ins(cast.care, (8,))
    alliance(cast)
    event = Event.objects.filter(what="course.viewed").get()
    assert (event.client_id, event.actor_id) == (cast.client.pk, cast.therapist.pk)


@pytest.mark.parametrize("who", ["other_therapist", "owner", "supervisor", "other_client_person"])
def test_to_a_stranger_there_is_no_course(cast: Cast, who: str) -> None:
    check_ins(cast.care, (8,))
    with pytest.raises(NotYours):
        alliance(cast, who)


def test_a_supervisor_sees_the_course_that_was_shared(cast: Cast) -> None:
    check_ins(cast.care, (8, 3), guesses={2: PENDING})
    Share.objects.create(
        client=cast.client,
        therapist=cast.therapist,
        supervisor=cast.supervisor,
        parts=["course"],
        purpose="To learn.",
        client_agreed_at=timezone.now(),
        ends_at=timezone.now() + timedelta(days=30),
    )
    assert [row.value for row in alliance(cast, "supervisor").rows] == [8, 3]
    with pytest.raises(NotYours):
        signals_of(cast.client, viewer=cast.supervisor)


def test_a_course_is_read_with_few_queries_however_long(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    check_ins(cast.care, (8,) * 20, guesses=dict.fromkeys(range(1, 21), 8.0))
    with django_assert_max_num_queries(12):
        assert len(alliance(cast).rows) == 20


def test_a_small_line_says_its_last_value_and_direction_and_leaves_gaps() -> None:
    drawn = sparkline((9, None, 6, 7))
    assert 'aria-label="Last check-in 7, up from 6. 4 in all, 1 left open."' in drawn
    assert drawn.count("<polyline") == 1
    assert 'class="gap"' in drawn
    assert 'role="img"' in drawn
    assert "style" not in drawn
    assert "No check-ins yet." in sparkline(())
