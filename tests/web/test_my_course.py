"""My course: one calm picture, my own words beside it, and no verdict."""

from __future__ import annotations

from typing import Any

import pytest

from holdfast_web.audit.models import Event
from holdfast_web.lib.refusals import NotYours
from holdfast_web.portal.queries.course import course_of
from tests.web.conftest import Cast
from tests.web.ratings import all_at, check_ins, phq9, sheet_of
from tests.web.strangers import SignIn, find_nothing

MINE = "/me/course/"


def page_of(cast: Cast, sign_in: SignIn) -> str:
    return sign_in(cast.client_person).get(MINE).content.decode()


def test_too_little_yet_is_said(cast: Cast, sign_in: SignIn) -> None:
    assert "There is nothing to see yet." in page_of(cast, sign_in)
    check_ins(cast.care, [7])
    page = page_of(cast, sign_in)
    assert "One check-in is a start." in page
    assert "<svg viewBox" not in page.partition("<main")[2].partition("</main>")[0]


def test_my_check_ins_are_one_picture_and_a_table(cast: Cast, sign_in: SignIn) -> None:
    check_ins(cast.care, [7, None, 8])
    page = page_of(cast, sign_in)
    assert page.count('class="course"') == 1
    assert "The numbers as a table" in page
    assert "left open" in page


def test_guesses_signals_and_drops_stay_out(cast: Cast, sign_in: SignIn) -> None:
    check_ins(cast.care, [9, 9, 8, 3], guesses={1: 2, 2: 2, 3: 2, 4: 2})
    page = page_of(cast, sign_in)
    main = page.partition("<main")[2].partition("</main>")[0]
    for word in ("guess", "dip", "signal", "slide", "drop"):
        assert word not in main.casefold(), word


def test_my_own_notes_stand_beside_their_sessions(cast: Cast, sign_in: SignIn) -> None:
    sheet_of(cast.care, 1, {**all_at(7), "note": "You waited. <b>Good</b>."})
    sheet_of(cast.care, 2, all_at(8))
    page = page_of(cast, sign_in)
    assert "Session 1, " in page
    assert "You waited. &lt;b&gt;Good&lt;/b&gt;." in page
    assert page.count("All I answered then") == 1


def test_a_change_is_said_plainly_and_without_a_verdict(cast: Cast, sign_in: SignIn) -> None:
    sheet_of(cast.care, 1, phq9(17), instrument="phq-9")
    sheet_of(cast.care, 5, phq9(9), instrument="phq-9")
    page = page_of(cast, sign_in)
    assert "From 17 to 9: 8 points better. That is more than this questionnaire changes" in page
    for word in ("recovered", "clinical", "caseness", "cut-off", "moderate", "severe", "Jacobson"):
        assert word not in page, word


@pytest.mark.parametrize(
    ("totals", "means"),
    [
        ((10, 9), "may come from the questionnaire itself"),
        ((5, 15), "it is worth talking about"),
        ((9, 9), "From 9 to 9: no change."),
    ],
)
def test_small_changes_and_worse_ones_are_said_kindly(
    cast: Cast, sign_in: SignIn, totals: tuple[int, int], means: str
) -> None:
    for number, total in enumerate(totals, start=1):
        sheet_of(cast.care, number, phq9(total), instrument="phq-9")
    assert means in page_of(cast, sign_in)


def test_where_no_rule_is_known_that_is_said(cast: Cast, sign_in: SignIn) -> None:
    for number, value in enumerate((2, 4), start=1):
        answers = {f"q{place}": value for place in range(1, 6)}
        sheet_of(cast.care, number, answers, instrument="who-5")
    assert "isn’t known for this questionnaire" in page_of(cast, sign_in)


def test_looking_leaves_a_trace_of_the_clients_own(cast: Cast, sign_in: SignIn) -> None:
    check_ins(cast.care, [7, 8])
    page_of(cast, sign_in)
    (event,) = Event.objects.filter(what="course.viewed", client_id=cast.client.pk)
    assert event.actor_id == cast.client_person.pk


def test_it_is_for_the_client_alone(cast: Cast, sign_in: SignIn) -> None:
    find_nothing(cast, sign_in, MINE, "owner", "supervisor", "therapist")
    check_ins(cast.care, [7, 8])
    assert "nothing to see yet" in sign_in(cast.other_client_person).get(MINE).content.decode()
    for person in (cast.therapist, cast.other_client_person):
        with pytest.raises(NotYours):
            course_of(cast.client, viewer=person)


def test_a_long_course_costs_no_more_queries(
    cast: Cast, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    for number in range(1, 21):
        sheet_of(cast.care, number, {**all_at(7), "note": f"Note {number}"})
    browser = sign_in(cast.client_person)
    with django_assert_max_num_queries(27):
        assert browser.get(MINE).status_code == 200
