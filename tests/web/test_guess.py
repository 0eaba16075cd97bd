"""After a session the therapist guesses first; only then they see how it was for the client."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from holdfast_web.audit.models import Event
from holdfast_web.care.models import Share
from holdfast_web.care.parts import Part
from holdfast_web.encounters.models import Session
from holdfast_web.lib.refusals import NotYours, Refused
from holdfast_web.measures.actions.asking import hand_in, hold_session, skip_sheet
from holdfast_web.measures.queries.asking import guess_to_make, rating_and_guess, sheet_for
from tests.web.asking import all_at, held, sent, sheet_of
from tests.web.conftest import Cast
from tests.web.strangers import SignIn, find_nothing

NOTE = "I nearly cancelled today"


@pytest.fixture
def session(cast: Cast) -> Session:
    return held(cast)


def after(session: Session) -> str:
    return f"/clients/{session.client_id}/sessions/{session.pk}/after/"


def rate(cast: Cast) -> None:
    sheet = sheet_of(cast)
    answers = all_at(4) | {"note": NOTE, "uncomfortable": 1}
    hand_in(by=cast.client_person, sheet=sheet, answers=answers, edition=sheet.edition)


def test_before_the_guess_nothing_of_the_rating_is_shown(
    cast: Cast, sign_in: SignIn, session: Session
) -> None:
    rate(cast)
    browser = sign_in(cast.therapist)
    page = browser.get(after(session)).content.decode()
    assert "How was this session for your client?" in page
    assert NOTE not in page
    assert " checked" not in page
    with pytest.raises(Refused, match="guess comes first"):
        rating_and_guess(session, viewer=cast.therapist)
    with pytest.raises(Refused, match="guess comes first"):
        sheet_for(cast.therapist, sheet_of(cast).pk)
    answers = f"/clients/{cast.client.pk}/sheets/{sheet_of(cast).pk}/"
    assert browser.get(answers).status_code == 403


def test_once_guessed_the_two_stand_beside_each_other(
    cast: Cast, sign_in: SignIn, session: Session
) -> None:
    rate(cast)
    browser, guess = sign_in(cast.therapist), sheet_of(cast, respondent="therapist")
    response = browser.post(after(session), sent(guess, all_at(7)))
    assert response["Location"] == after(session)
    page = browser.get(after(session)).content.decode()
    assert NOTE in page
    assert "<strong>4</strong>" in page
    assert page.count('<td class="count">3</td>') == 6
    assert Event.objects.filter(what="rating.viewed").count() == 1


def test_without_a_guess_the_rating_is_shown_and_none_can_be_made_any_more(
    cast: Cast, sign_in: SignIn, session: Session
) -> None:
    rate(cast)
    browser = sign_in(cast.therapist)
    guess = sheet_of(cast, respondent="therapist")
    page = browser.post(after(session), {"do": "skip"}, follow=True).content.decode()
    assert NOTE in page
    assert "Your guess" not in page
    browser.post(after(session), sent(sheet_of(cast, respondent="therapist"), all_at(7)))
    assert sheet_of(cast, respondent="therapist").handed_in_at is None
    with pytest.raises(Refused, match="left this guess out"):
        hand_in(by=cast.therapist, sheet=guess, answers=all_at(7), edition=guess.edition + 1)


def test_a_guess_is_saved_part_way(cast: Cast, sign_in: SignIn, session: Session) -> None:
    browser, guess = sign_in(cast.therapist), sheet_of(cast, respondent="therapist")
    url = f"{after(session)}kept/"
    assert browser.post(url, sent(guess, {"goal": 6}, changed="goal")).status_code == 200
    page = browser.get(after(session)).content.decode()
    assert 'name="item-goal" value="6" checked' in page
    skip_sheet(by=cast.therapist, sheet=guess)
    assert browser.post(url, sent(guess, {"goal": 6}, changed="goal")).status_code == 404


def test_without_a_script_a_button_saves_it_and_nothing_is_handed_in(
    cast: Cast, sign_in: SignIn, session: Session
) -> None:
    browser, guess = sign_in(cast.therapist), sheet_of(cast, respondent="therapist")
    response = browser.post(after(session), sent(guess, {"goal": 6}, do="keep"))
    assert response["Location"] == "/"
    kept = sheet_of(cast, respondent="therapist")
    assert kept.answers == {"goal": 6}
    assert kept.handed_in_at is None
    assert browser.post(after(session), sent(guess, {"goal": 2}, do="keep")).status_code == 409


def test_before_the_client_has_answered_the_page_says_so(
    cast: Cast, sign_in: SignIn, session: Session
) -> None:
    browser, guess = sign_in(cast.therapist), sheet_of(cast, respondent="therapist")
    hand_in(by=cast.therapist, sheet=guess, answers=all_at(7), edition=1)
    assert "hasn’t answered the check-in yet" in browser.get(after(session)).content.decode()
    skip_sheet(by=cast.client_person, sheet=sheet_of(cast))
    assert "There is no check-in for this session" in browser.get(after(session)).content.decode()


def test_a_guess_has_a_value_and_raises_nothing(cast: Cast, session: Session) -> None:
    guess = sheet_of(cast, respondent="therapist")
    done = hand_in(
        by=cast.therapist, sheet=guess, answers=all_at(7) | {"uncomfortable": 2}, edition=1
    )
    assert done.result["value"] == 7
    assert not done.safety_answers.for_the_practice("a test").exists()


def test_a_guess_left_open_in_part_is_pointed_out_once(
    cast: Cast, sign_in: SignIn, session: Session
) -> None:
    browser, guess = sign_in(cast.therapist), sheet_of(cast, respondent="therapist")
    response = browser.post(after(session), sent(guess, {"goal": 6}))
    assert response.status_code == 422
    assert "5 questions are still open" in response.content.decode()
    done = browser.post(after(session), sent(guess, {"goal": 6}, as_it_is="yes"))
    assert done.status_code == 302
    assert sheet_of(cast, respondent="therapist").result["value"] is None


def test_a_guess_handed_in_twice_loses_nothing(
    cast: Cast, sign_in: SignIn, session: Session
) -> None:
    browser, guess = sign_in(cast.therapist), sheet_of(cast, respondent="therapist")
    hand_in(by=cast.therapist, sheet=guess, answers=all_at(7), edition=1)
    response = browser.post(after(session), sent(guess, all_at(2)))
    assert response["Location"] == after(session)
    assert sheet_of(cast, respondent="therapist").answers == all_at(7)


def test_the_guess_is_the_therapists_alone(cast: Cast, sign_in: SignIn, session: Session) -> None:
    everybody = ("owner", "supervisor", "other_therapist", "client_person", "other_client_person")
    find_nothing(cast, sign_in, after(session), *everybody)
    find_nothing(cast, sign_in, after(session), *everybody, post=True)
    find_nothing(cast, sign_in, f"{after(session)}kept/", *everybody, post=True)
    guess = sheet_of(cast, respondent="therapist")
    with pytest.raises(NotYours):
        hand_in(by=cast.other_therapist, sheet=guess, answers=all_at(7), edition=1)
    with pytest.raises(NotYours):
        sheet_for(cast.client_person, guess.pk)


def test_a_share_of_the_course_opens_no_single_answers(
    cast: Cast, sign_in: SignIn, session: Session
) -> None:
    rate(cast)
    now = timezone.now()
    Share.objects.create(
        client=cast.client,
        therapist=cast.therapist,
        supervisor=cast.supervisor,
        parts=[Part.COURSE, Part.SESSIONS],
        purpose="supervision",
        client_agreed_at=now,
        ends_at=now + timedelta(days=1),
    )
    find_nothing(cast, sign_in, after(session), "supervisor")
    answers = f"/clients/{cast.client.pk}/sheets/{sheet_of(cast).pk}/"
    find_nothing(cast, sign_in, answers, "supervisor")


def test_a_session_of_another_client_is_not_found_under_ones_own(
    cast: Cast, sign_in: SignIn, session: Session
) -> None:
    url = f"/clients/{cast.other_client.pk}/sessions/{session.pk}/after/"
    assert sign_in(cast.other_therapist).get(url).status_code == 404


def test_a_session_is_held_once(cast: Cast, session: Session) -> None:
    with pytest.raises(Refused, match="held already"):
        hold_session(by=cast.therapist, session=session)
    assert guess_to_make(session, viewer=cast.therapist) is not None
