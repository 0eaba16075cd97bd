"""Goals are the client's own, in their own words; their therapist may suggest and look along."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from holdfast_web.audit.models import Event
from holdfast_web.care.models import Share
from holdfast_web.care.parts import Part
from holdfast_web.goals.actions import add_goal, reword_goal, say_progress, set_goal_status
from holdfast_web.goals.models import Goal
from holdfast_web.goals.queries import goals_of
from holdfast_web.lib.refusals import NotYours, Refused, Stale
from tests.web.conftest import Cast
from tests.web.strangers import STRANGERS, SignIn, find_nothing

MINE = "/me/goals/"
WORDS = "Go a whole evening without checking"
SCRIPT = "<script>alert('x')</script> & \u202eright to left"


@pytest.fixture
def goal(cast: Cast) -> Goal:
    return add_goal(by=cast.client_person, client=cast.client, words=WORDS)


def theirs(cast: Cast) -> str:
    return f"/clients/{cast.client.pk}/goals/"


def now(cast: Cast) -> Goal:
    found: Goal = Goal.objects.seen_by(cast.client_person).get()
    return found


def test_a_client_adds_a_goal_in_their_own_words(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.client_person)
    response = browser.post(MINE, {"words": f"  {WORDS} "}, follow=True)
    assert response.redirect_chain == [(MINE, 302)]
    assert WORDS in response.content.decode()
    assert now(cast).words == WORDS
    assert Event.objects.filter(what="goal.added", client_id=cast.client.pk).count() == 1


def test_the_words_lie_sealed_in_the_database(cast: Cast, goal: Goal) -> None:
    raw = Goal._base_manager.values_list("words", flat=True).get()
    assert b"evening" not in bytes(raw)


def test_a_client_says_how_far_it_feels_and_sees_it_with_the_word(
    cast: Cast, sign_in: SignIn, goal: Goal
) -> None:
    browser = sign_in(cast.client_person)
    typed = {"do": "progress", "edition": 1, "value": 7, "words": "Two evenings this week"}
    response = browser.post(f"{MINE}{goal.pk}/", typed)
    assert response.status_code == 302
    assert response["Location"] == f"{MINE}#goal-{goal.pk}"
    page = browser.get(MINE).content.decode()
    assert "7 of 10" in page
    assert "Two evenings this week" in page


def test_without_a_number_the_word_is_kept_and_the_page_asks_for_one(
    cast: Cast, sign_in: SignIn, goal: Goal
) -> None:
    browser = sign_in(cast.client_person)
    typed = {"do": "progress", "edition": 1, "words": "Nearly there"}
    response = browser.post(f"{MINE}{goal.pk}/", typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Please tap a number first." in page
    assert 'value="Nearly there"' in page
    assert now(cast).progress == []


@pytest.mark.parametrize("value", ["-1", "11", "seven", "1e3"])
def test_a_number_beyond_the_scale_is_not_kept(
    cast: Cast, sign_in: SignIn, goal: Goal, value: str
) -> None:
    typed = {"do": "progress", "edition": 1, "value": value}
    response = sign_in(cast.client_person).post(f"{MINE}{goal.pk}/", typed)
    assert response.status_code == 422
    assert "Please tap one of the numbers." in response.content.decode()


def test_a_goal_is_reached_put_aside_and_taken_up_again(
    cast: Cast, sign_in: SignIn, goal: Goal
) -> None:
    browser = sign_in(cast.client_person)
    for edition, status in enumerate(("reached", "active", "aside"), start=1):
        typed = {"do": "status", "status": status, "edition": edition}
        assert browser.post(f"{MINE}{goal.pk}/", typed).status_code == 302
        assert now(cast).status == status
    events = Event.objects.filter(client_id=cast.client.pk, what__startswith="goal.")
    told = list(events.order_by("place").values_list("what", flat=True))
    assert told == ["goal.added", "goal.reached", "goal.taken_up", "goal.put_aside"]


def test_a_goal_that_was_laid_down_takes_no_progress(cast: Cast, goal: Goal) -> None:
    aside = set_goal_status(by=cast.client_person, goal=goal, status="aside", edition=1)
    with pytest.raises(Refused, match="Take it up again first"):
        say_progress(by=cast.client_person, goal=aside, value=3, edition=2)


def test_both_may_write_and_it_shows_who_did(cast: Cast, sign_in: SignIn, goal: Goal) -> None:
    browser = sign_in(cast.therapist)
    browser.post(theirs(cast), {"words": "Ring the sister once a week"})
    typed = {"do": "progress", "edition": 1, "value": 4, "words": ""}
    browser.post(f"{theirs(cast)}{goal.pk}/", typed)
    first, second = goals_of(cast.client, viewer=cast.client_person)
    assert (first.who, second.who) == ("you", "Tessa Therapist")
    assert first.latest is not None
    assert first.latest.who == "Tessa Therapist"
    assert goals_of(cast.client, viewer=cast.therapist)[1].who == "you"


def test_a_therapist_changes_their_own_words_and_not_the_clients(cast: Cast, goal: Goal) -> None:
    with pytest.raises(Refused, match="client’s own words"):
        reword_goal(by=cast.therapist, goal=goal, words="Other words", edition=1)
    suggested = add_goal(by=cast.therapist, client=cast.client, words="Suggested")
    reword_goal(by=cast.therapist, goal=suggested, words="Better said", edition=1)
    reword_goal(by=cast.client_person, goal=suggested, words="In my words", edition=2)


def test_what_somebody_else_changed_is_shown_and_what_was_typed_is_kept(
    cast: Cast, sign_in: SignIn, goal: Goal
) -> None:
    say_progress(by=cast.therapist, goal=goal, value=2, edition=1)
    typed = {"do": "progress", "edition": 1, "value": 8, "words": "Much better today"}
    response = sign_in(cast.client_person).post(f"{MINE}{goal.pk}/", typed)
    page = response.content.decode()
    assert response.status_code == 409
    assert "This was changed in the meantime" in page
    assert "2 of 10" in page
    assert 'value="Much better today"' in page
    assert 'name="edition" value="2"' in page
    assert [one["value"] for one in now(cast).progress] == [2]


def test_an_old_edition_overwrites_nothing(cast: Cast, goal: Goal) -> None:
    reword_goal(by=cast.client_person, goal=goal, words="First", edition=1)
    with pytest.raises(Stale):
        reword_goal(by=cast.client_person, goal=goal, words="Second", edition=1)
    assert now(cast).words == "First"


def test_hostile_words_are_shown_as_text(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.client_person)
    page = browser.post(MINE, {"words": SCRIPT}, follow=True).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; \u202e" in page
    assert '<h3 class="said" dir="auto">' in page


def test_ten_thousand_characters_are_refused_kindly_and_stay_in_the_form(
    cast: Cast, sign_in: SignIn
) -> None:
    long = "all of it " * 1000
    response = sign_in(cast.client_person).post(MINE, {"words": long})
    page = response.content.decode()
    assert response.status_code == 422
    assert "What you wrote is still there: please shorten it." in page
    assert long.strip() in page
    assert not goals_of(cast.client, viewer=cast.client_person)


def test_a_goal_without_words_is_asked_for_words(cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.client_person).post(MINE, {"words": " \n "})
    assert response.status_code == 422
    assert "There are no words yet." in response.content.decode()


def test_strangers_find_nothing(cast: Cast, sign_in: SignIn, goal: Goal) -> None:
    find_nothing(cast, sign_in, theirs(cast))
    find_nothing(cast, sign_in, f"{theirs(cast)}{goal.pk}/", post=True)
    find_nothing(cast, sign_in, theirs(cast), "client_person")
    find_nothing(cast, sign_in, MINE, "owner", "supervisor", "therapist")
    find_nothing(cast, sign_in, f"{MINE}{goal.pk}/", *STRANGERS, "therapist", post=True)


def test_a_goal_is_not_found_under_another_client(cast: Cast, sign_in: SignIn, goal: Goal) -> None:
    url = f"/clients/{cast.other_client.pk}/goals/{goal.pk}/"
    assert sign_in(cast.other_therapist).post(url, {"do": "status"}).status_code == 404
    with pytest.raises(NotYours):
        say_progress(by=cast.other_client_person, goal=goal, value=3, edition=1)


def test_a_supervisor_reads_what_was_shared_and_writes_nothing(
    cast: Cast, sign_in: SignIn, goal: Goal
) -> None:
    Share.objects.create(
        client=cast.client,
        therapist=cast.therapist,
        supervisor=cast.supervisor,
        parts=[Part.GOALS],
        purpose="To think about the goals together.",
        client_agreed_at=timezone.now(),
        ends_at=timezone.now() + timedelta(days=7),
    )
    browser = sign_in(cast.supervisor)
    page = browser.get(theirs(cast)).content.decode()
    assert WORDS in page
    assert "<textarea" not in page
    assert "Only the client and their therapist can do this." in page
    assert browser.post(theirs(cast), {"words": "From outside"}).status_code == 403
    assert browser.post(f"{theirs(cast)}{goal.pk}/", {"do": "status"}).status_code == 404


def test_an_unknown_change_is_not_found(cast: Cast, sign_in: SignIn, goal: Goal) -> None:
    response = sign_in(cast.client_person).post(f"{MINE}{goal.pk}/", {"do": "erase"})
    assert response.status_code == 404


def test_more_goals_cost_no_more_queries(
    cast: Cast,
    sign_in: SignIn,
    goal: Goal,
    django_assert_max_num_queries: Any,
) -> None:
    browser = sign_in(cast.client_person)
    for number in range(30):
        one = add_goal(by=cast.therapist, client=cast.client, words=f"Goal {number}")
        say_progress(by=cast.therapist, goal=one, value=5, edition=1)
    with django_assert_max_num_queries(16):
        assert browser.get(MINE).status_code == 200
