"""A look at how it goes: each writes, both read it together, and they settle what comes next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from holdfast_web.audit.models import Event
from holdfast_web.care.models import CareRelationship
from holdfast_web.dashboards.queries import caseload
from holdfast_web.fit.actions.reviews import Words, open_review, settle_review, write_review
from holdfast_web.fit.assessment import Facts, assess
from holdfast_web.fit.assessment.keeping import kept
from holdfast_web.fit.clockwork import open_due_reviews
from holdfast_web.fit.due import review_waiting
from holdfast_web.fit.models import Intake, Review
from holdfast_web.fit.reviewing import AT, Due, Standing, due
from holdfast_web.fit.rules.reviews import may_read_others_words
from holdfast_web.keeping.record.looked import review_facts
from holdfast_web.lib.refusals import NotYours, Refused, Stale
from holdfast_web.measures.models import Signal
from tests.web.conftest import Cast
from tests.web.ratings import look, phq9, session_of, sheet_of
from tests.web.strangers import STRANGERS, SignIn, find_nothing

THEN = datetime(2026, 1, 1, tzinfo=UTC)
MINE = "/me/reviews/"
WORDS = "I sleep again, and I would like to go slower"


def met(care: CareRelationship, times: int) -> None:
    for number in range(1, times + 1):
        session_of(care, number)


@pytest.fixture
def review(cast: Cast) -> Review:
    met(cast.care, 4)
    return open_review(by=cast.client_person, client=cast.client)


def now(cast: Cast) -> Review:
    found: Review = Review.objects.seen_by(cast.client_person).get()
    return found


def typed(do: str, edition: int = 0, when: str = "both", **words: str) -> dict[str, Any]:
    return {"do": do, "edition": edition, "when": when, **words}


def told(words: str = WORDS, **how: bool) -> Words:
    return Words({"helping": words}, **how)


@pytest.mark.parametrize("held", range(30))
def test_a_review_is_due_at_four_eight_and_twelve_and_not_twice(held: int) -> None:
    found = due(Standing(held=held, since=THEN))
    latest = max((one for one in AT if one <= held), default=0)
    assert found == (Due(latest, Review.Why.SESSION) if latest else None)
    made = Standing(held=held, since=THEN, last_number=latest, settled_at=THEN)
    assert due(made) is None


def test_a_signal_calls_for_one_sooner_but_not_right_after_the_last() -> None:
    later = THEN + timedelta(days=1)
    told: dict[str, Any] = {"since": THEN, "signal_at": later}
    assert due(Standing(held=3, **told)) == Due(3, Review.Why.SIGNAL)
    settled: dict[str, Any] = {"last_number": 4, "settled_at": THEN}
    assert due(Standing(held=5, **settled, **told)) is None
    assert due(Standing(held=6, **settled, **told)) == Due(6, Review.Why.SIGNAL)
    assert due(Standing(held=6, last_number=4, **told)) is None, "one that is open looks at all"
    seen: dict[str, Any] = {"last_number": 4, "settled_at": later + timedelta(days=1)}
    assert due(Standing(held=7, **seen, **told)) is None, "the last one has looked at it"


def test_no_reliable_change_by_session_eight_calls_for_one(cast: Cast) -> None:
    for number in range(1, 10):
        look(sheet_of(cast.care, number, phq9(15), instrument="phq-9"))
    names = Signal.objects.for_the_practice("a test").values_list("name", flat=True)
    assert "discuss" in names
    review = open_review(by=cast.therapist, client=cast.client)
    assert review.session_number == 8


def test_client_and_therapist_open_one_and_the_same(cast: Cast, review: Review) -> None:
    again = open_review(by=cast.therapist, client=cast.client)
    assert again.pk == review.pk
    assert (review.session_number, review.why) == (4, "session")
    assert Event.objects.filter(what="review.opened", client_id=cast.client.pk).count() == 1


def test_either_may_look_sooner_but_not_before_the_first_session(cast: Cast) -> None:
    with pytest.raises(Refused, match="after the first session"):
        open_review(by=cast.client_person, client=cast.client)
    met(cast.care, 2)
    early = open_review(by=cast.client_person, client=cast.client)
    assert (early.session_number, early.why) == (2, "asked")


def test_the_clockwork_opens_what_is_due_once(cast: Cast) -> None:
    assert open_due_reviews() == 0
    met(cast.care, 4)
    met(cast.other_care, 3)
    assert open_due_reviews() == 1
    assert open_due_reviews() == 0
    assert now(cast).session_number == 4


def test_a_client_begins_saves_part_way_and_goes_on(cast: Cast, sign_in: SignIn) -> None:
    met(cast.care, 4)
    browser = sign_in(cast.client_person)
    assert "It is time to look" in browser.get(MINE).content.decode()
    response = browser.post(MINE)
    address = f"{MINE}{now(cast).pk}/"
    assert response["Location"] == address
    browser.post(address, typed("save", helping=WORDS))
    assert WORDS in browser.get(address).content.decode()
    assert now(cast).client_at is None
    browser.post(address, typed("done", edition=1, helping=WORDS, next="A pause in June"))
    assert now(cast).client_at is not None
    page = browser.get(address).content.decode()
    assert "A pause in June" in page
    assert "Tessa Therapist hasn’t finished yet" in page


def test_the_words_lie_sealed(cast: Cast, review: Review) -> None:
    write_review(by=cast.client_person, review=review, words=told(), edition=0)
    raw: Any = Review._base_manager.values_list("client_words", flat=True).get()
    assert b"sleep" not in bytes(raw)


def test_neither_reads_the_other_before_both_have_finished(
    cast: Cast, sign_in: SignIn, review: Review
) -> None:
    theirs = f"/clients/{cast.client.pk}/reviews/{review.pk}/"
    write_review(by=cast.client_person, review=review, words=told(done=True), edition=0)
    page = sign_in(cast.therapist).get(theirs).content.decode()
    assert WORDS not in page
    assert "Cleo Client has finished. You read it once you have finished yours" in page
    write_review(by=cast.therapist, review=review, words=told("Slower, yes", done=True), edition=0)
    assert WORDS in sign_in(cast.therapist).get(theirs).content.decode()
    assert "Slower, yes" in sign_in(cast.client_person).get(f"{MINE}{review.pk}/").content.decode()


def test_who_shows_it_at_once_is_read_at_once(cast: Cast, sign_in: SignIn, review: Review) -> None:
    theirs = f"/clients/{cast.client.pk}/reviews/{review.pk}/"
    shown = told(shows=True)
    write_review(by=cast.client_person, review=review, words=shown, edition=0)
    assert WORDS not in sign_in(cast.therapist).get(theirs).content.decode()
    finished = told(shows=True, done=True)
    write_review(by=cast.client_person, review=review, words=finished, edition=1)
    assert WORDS in sign_in(cast.therapist).get(theirs).content.decode()


def test_to_leave_all_open_is_an_answer(cast: Cast, sign_in: SignIn, review: Review) -> None:
    browser = sign_in(cast.client_person)
    browser.post(f"{MINE}{review.pk}/", typed("done"))
    assert "You left it out this time" in browser.get(f"{MINE}{review.pk}/").content.decode()


def test_two_windows_dont_overwrite_each_other(cast: Cast, sign_in: SignIn, review: Review) -> None:
    browser = sign_in(cast.client_person)
    browser.post(f"{MINE}{review.pk}/", typed("save", helping="First"))
    response = browser.post(f"{MINE}{review.pk}/", typed("save", helping="Second"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "First" in page
    assert "Second" in page
    assert now(cast).client_words["helping"] == "First"
    # What the therapist writes meanwhile is no conflict.
    write_review(by=cast.therapist, review=review, words=told("Mine"), edition=0)
    write_review(by=cast.client_person, review=review, words=told("Third"), edition=1)


def test_words_that_are_too_long_are_kept_on_the_page(
    cast: Cast, sign_in: SignIn, review: Review
) -> None:
    long = "so " * 1_000
    response = sign_in(cast.client_person).post(f"{MINE}{review.pk}/", typed("done", helping=long))
    assert response.status_code == 422
    assert "please shorten it" in response.content.decode()
    assert long.strip() in response.content.decode()


def test_what_the_two_settle_is_noted_by_one_and_seen_by_the_other(
    cast: Cast, sign_in: SignIn, review: Review
) -> None:
    theirs = f"/clients/{cast.client.pk}/reviews/{review.pk}/"
    therapist = sign_in(cast.therapist)
    empty = therapist.post(theirs, {"do": "settle", "edition": 1})
    assert "Please tap one of the four first." in empty.content.decode()
    settled = {"do": "settle", "edition": 1, "choice": "change", "words": "Every other week"}
    assert therapist.post(theirs, settled).status_code == 302
    page = sign_in(cast.client_person).get(f"{MINE}{review.pk}/").content.decode()
    assert "Go on, and change something" in page
    assert "Every other week" in page
    assert "Noted by Tessa Therapist" in page
    assert "What we agreed: propose a change" in page
    with pytest.raises(Stale):
        settle_review(
            by=cast.client_person, review=review, choice="end", words="", edition=review.edition
        )
    settle_review(by=cast.client_person, review=review, choice="other", words="", edition=2)
    page = sign_in(cast.client_person).get(f"{MINE}{review.pk}/").content.decode()
    assert "/help-for/anxiety/" in page
    assert "/me/change/" in page
    settle_review(by=cast.client_person, review=review, choice="end", words="", edition=3)
    assert f"/clients/{cast.client.pk}/ending/" in therapist.get(theirs).content.decode()
    with pytest.raises(Refused, match="settled this one"):
        write_review(by=cast.client_person, review=review, words=told(), edition=0)


def test_beside_it_stand_the_outcome_in_words_and_the_goals(
    cast: Cast, sign_in: SignIn, review: Review
) -> None:
    for number, total in enumerate((17, 15, 12, 9), start=1):
        look(sheet_of(cast.care, number, phq9(total), instrument="phq-9"))
    for person, address in (
        (cast.client_person, f"{MINE}{review.pk}/"),
        (cast.therapist, f"/clients/{cast.client.pk}/reviews/{review.pk}/"),
    ):
        page = sign_in(person).get(address).content.decode()
        assert "From 17 to 9: 8 points better." in page
        assert "That is more than this questionnaire changes by itself." in page
        assert "None are written down." in page
        assert "Another way is possible" not in page


def test_what_the_rules_newly_say_is_said_and_what_has_not_moved(
    cast: Cast, sign_in: SignIn
) -> None:
    for number in range(1, 10):
        at = timezone.now() - timedelta(days=30 - number)
        look(sheet_of(cast.care, number, phq9(18), instrument="phq-9", at=at))
    review = open_review(by=cast.therapist, client=cast.client)
    mine = sign_in(cast.client_person).get(f"{MINE}{review.pk}/").content.decode()
    assert "What is worth a thought by now" in mine
    assert "Another way is possible" in mine
    assert "is our choice" in mine


def test_how_it_began_stands_beside_and_is_not_news(cast: Cast, sign_in: SignIn) -> None:
    then = timezone.now() - timedelta(days=60)
    began = assess(Facts({"phq-9": 18, "phq-9.q9": 0}))
    Intake.objects.create(
        client=cast.client,
        token_hash="0" * 64,
        ends_at=then,
        handed_in_at=then,
        said={"answers": {}, "problems": ["low_mood"]},
        result=kept(began),
    )
    look(sheet_of(cast.care, 1, phq9(18), instrument="phq-9"))
    review = open_review(by=cast.client_person, client=cast.client)
    page = sign_in(cast.client_person).get(f"{MINE}{review.pk}/").content.decode()
    assert "When help was asked for" in page
    assert began.outcome.heading in page
    assert "What is worth a thought by now" not in page
    # An answer that was a no then, and isn't now, is news, with the way to help.
    look(sheet_of(cast.care, 2, phq9(18, item9=2), instrument="phq-9"))
    page = sign_in(cast.client_person).get(f"{MINE}{review.pk}/").content.decode()
    assert "What is worth a thought by now" in page
    assert "Help now" in page


def test_the_copy_holds_what_the_client_may_read(cast: Cast, review: Review) -> None:
    write_review(by=cast.client_person, review=review, words=told(), edition=0)
    mine = told("Not yet", done=True)
    write_review(by=cast.therapist, review=review, words=mine, edition=0)
    before = review_facts(cast.client)[0]
    assert before["you_wrote"][0]["words"] == WORDS
    assert before["therapist_wrote"] == []
    write_review(by=cast.client_person, review=review, words=told(done=True), edition=1)
    assert review_facts(cast.client)[0]["therapist_wrote"][0]["words"] == "Not yet"


def test_everybody_else_finds_nothing(cast: Cast, sign_in: SignIn, review: Review) -> None:
    find_nothing(cast, sign_in, f"/clients/{cast.client.pk}/reviews/")
    find_nothing(cast, sign_in, f"/clients/{cast.client.pk}/reviews/{review.pk}/")
    others = tuple(one for one in STRANGERS if one != "other_client_person")
    find_nothing(cast, sign_in, f"{MINE}{review.pk}/", *others, "other_client_person")
    with pytest.raises(NotYours):
        write_review(by=cast.other_therapist, review=review, words=told(), edition=0)


def test_the_next_therapist_reads_no_review_with_the_one_before(
    cast: Cast, sign_in: SignIn, review: Review
) -> None:
    cast.care.ends_at = timezone.now()
    cast.care.save()
    CareRelationship.objects.create(client=cast.client, therapist=cast.other_therapist)
    find_nothing(cast, sign_in, f"/clients/{cast.client.pk}/reviews/{review.pk}/", "therapist")
    address = f"/clients/{cast.client.pk}/reviews/{review.pk}/"
    assert sign_in(cast.other_therapist).get(address).status_code == 404
    page = sign_in(cast.client_person).get(f"{MINE}{review.pk}/").content.decode()
    assert "care that has ended" in page
    # With the next one it begins anew, and never from the sessions with the one before.
    with pytest.raises(Refused, match="after the first session"):
        open_review(by=cast.client_person, client=cast.client)


def test_who_has_nobody_now_still_reads_what_was_written(
    cast: Cast, sign_in: SignIn, review: Review
) -> None:
    cast.care.ends_at = timezone.now()
    cast.care.save()
    page = sign_in(cast.client_person).get(MINE).content.decode()
    assert "Nobody works with you here at the moment." in page
    assert "After session 4" in page
    assert sign_in(cast.client_person).post(MINE).status_code == 403


@pytest.mark.parametrize("case", range(16))
def test_words_are_read_in_no_state_but_finished_and_shown_or_both(
    cast: Cast, review: Review, case: int
) -> None:
    mine_at, other_at, i_show, other_shows = (bool(case & 1 << bit) for bit in range(4))
    review.client_at = THEN if mine_at else None
    review.therapist_at = THEN if other_at else None
    review.client_shows, review.therapist_shows = i_show, other_shows
    client = may_read_others_words(cast.client_person, review)
    therapist = may_read_others_words(cast.therapist, review)
    assert bool(client) is (other_at and (mine_at or other_shows))
    assert bool(therapist) is (mine_at and (other_at or i_show))


def test_today_and_the_therapists_pages_say_that_it_is_time(cast: Cast, sign_in: SignIn) -> None:
    met(cast.care, 4)
    client, therapist = sign_in(cast.client_person), sign_in(cast.therapist)
    relationship = f"/clients/{cast.client.pk}/"
    assert "A look at how it goes" in client.get("/").content.decode()
    assert "a look at how it goes" in therapist.get("/").content.decode()
    assert f"{relationship}reviews/" in therapist.get(relationship).content.decode()
    review = open_review(by=None, client=cast.client)
    assert f"{MINE}{review.pk}/" in client.get("/").content.decode()
    write_review(by=cast.client_person, review=review, words=told(done=True), edition=0)
    assert "A look at how it goes" not in client.get("/").content.decode()
    waiting = review_waiting(cast.client)
    assert waiting is not None
    assert waiting.for_therapist == "a look at how it goes"
    write_review(by=cast.therapist, review=review, words=told(done=True), edition=0)
    lines = [line for group in caseload(viewer=cast.therapist) for line in group.lines]
    assert "a look at how it goes, to settle together" in lines[0].said


def test_more_reviews_take_no_more_queries(cast: Cast, sign_in: SignIn, review: Review) -> None:
    browser = sign_in(cast.client_person)
    few = _queries(browser, MINE), _queries(browser, f"{MINE}{review.pk}/")
    for number in (5, 6, 7):
        session_of(cast.care, number)
        Review.objects.create(
            client=cast.client, care=cast.care, session_number=number, why="asked"
        )
        look(sheet_of(cast.care, number, phq9(9), instrument="phq-9"))
    many = _queries(browser, MINE), _queries(browser, f"{MINE}{review.pk}/")
    assert many[0] <= few[0]
    assert many[1] <= few[1] + 2


def _queries(browser: Any, address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert browser.get(address).status_code == 200
    return len(found.captured_queries)
