"""After a session the client says how it was: part-way saved, handed in once, never lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser

from holdfast_web.audit.models import Event
from holdfast_web.lib.refusals import NotYours, Refused, Stale
from holdfast_web.measures.actions.asking import hand_in, save_answers, skip_sheet
from holdfast_web.measures.models import SafetyAnswer, Sheet
from holdfast_web.measures.queries.asking import sheets_due
from tests.web.asking import all_at, held, mine, sent, sheet_of
from tests.web.conftest import Cast
from tests.web.strangers import SignIn, find_nothing

NOTE = "The silence after I mentioned my brother was long"


@pytest.fixture
def sheet(cast: Cast) -> Sheet:
    held(cast)
    return sheet_of(cast)


def test_a_held_session_sends_a_check_in_and_a_guess(cast: Cast) -> None:
    session = held(cast)
    sheets = Sheet.objects.seen_by(cast.therapist).filter(session=session)
    assert {(one.instrument, one.respondent) for one in sheets} == {
        ("check-in", "client"),
        ("check-in", "therapist"),
    }
    (due,) = sheets_due(cast.client, viewer=cast.client_person)
    assert due.is_check_in
    assert due.session == session
    (guess,) = sheets_due(cast.client, viewer=cast.therapist)
    assert guess.is_guess


def test_the_page_asks_six_lines_of_eleven_numbers_and_none_is_chosen(
    sheet: Sheet, cast: Cast, sign_in: SignIn
) -> None:
    page = sign_in(cast.client_person).get(mine(sheet)).content.decode()
    assert page.count('value="10"') == 6
    assert " checked" not in page
    assert "that is normal" in page
    assert "Not at all" in page
    assert "<title>Check-in" in page


def test_words_take_turns_with_the_sessions(cast: Cast, sign_in: SignIn) -> None:
    browser, seen = sign_in(cast.client_person), []
    for _ in range(3):
        held(cast, hours_ago=1)
        page = browser.get(mine(sheet_of(cast))).content.decode()
        seen.append([text for text in TURNS if text in page])
    assert sorted(seen) == sorted([[text] for text in TURNS])


TURNS = (
    "We worked on what matters to me.",
    "We gave our time to what is important to me.",
    "This session dealt with things I care about.",
)


def test_each_answer_is_saved_and_found_again_on_another_device(
    sheet: Sheet, cast: Cast, sign_in: SignIn
) -> None:
    phone, laptop = sign_in(cast.client_person), sign_in(cast.client_person)
    response = phone.post(f"{mine(sheet)}kept/", sent(sheet, {"goal": 7}, changed="goal"))
    assert response.status_code == 200
    assert "1 of 7" in response.content.decode()
    assert 'name="edition" value="2"' in response.content.decode()
    page = laptop.get(mine(sheet)).content.decode()
    assert 'id="item-goal-7" name="item-goal" value="7" checked' in page
    assert sheet_of(cast).handed_in_at is None


def test_the_fragment_is_small_and_no_whole_page(sheet: Sheet, cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.client_person).post(f"{mine(sheet)}kept/", sent(sheet, {"goal": 7}))
    assert "<html" not in response.content.decode()


def test_an_answer_can_be_cleared_again(sheet: Sheet, cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.client_person)
    browser.post(f"{mine(sheet)}kept/", sent(sheet, {"goal": 7, "task": 5}, changed="task"))
    sheet.refresh_from_db(fields=["edition"])
    browser.post(f"{mine(sheet)}kept/", sent(sheet, {"task": 5}, changed="goal"))
    assert sheet_of(cast).answers == {"task": 5}


def test_two_devices_add_to_each_other_and_the_page_is_shown_anew(
    sheet: Sheet, cast: Cast, sign_in: SignIn
) -> None:
    browser, url = sign_in(cast.client_person), f"{mine(sheet)}kept/"
    browser.post(url, sent(sheet, {"goal": 7}, changed="goal"))
    late = browser.post(url, sent(sheet, {"bond": 3, "goal": 2}, changed="bond"))
    assert late.headers["HX-Refresh"] == "true"
    assert sheet_of(cast).answers == {"goal": 7, "bond": 3}


def test_without_a_script_a_button_saves_and_leads_to_today(
    sheet: Sheet, cast: Cast, sign_in: SignIn
) -> None:
    response = sign_in(cast.client_person).post(
        mine(sheet), sent(sheet, {"goal": 4, "note": f" {NOTE}\r\nand I left "}, do="keep")
    )
    assert response["Location"] == "/"
    assert sheet_of(cast).answers == {"goal": 4, "note": f"{NOTE}\nand I left"}
    raw = Sheet._base_manager.values_list("answers", flat=True).get(pk=sheet.pk)
    assert b"brother" not in bytes(raw)


def test_a_whole_check_in_is_handed_in_and_thanked_for_without_a_verdict(
    sheet: Sheet, cast: Cast, sign_in: SignIn
) -> None:
    browser = sign_in(cast.client_person)
    response = browser.post(
        mine(sheet), sent(sheet, all_at(8) | {"uncomfortable": 1, "note": NOTE})
    )
    assert response["Location"] == f"{mine(sheet)}thanks/"
    page = browser.get(response["Location"]).content.decode()
    assert "Thank you" in page
    assert "Tessa Therapist will see your answers" in page
    assert "8" not in page.split("<main")[1].split("</main")[0].replace(str(sheet.pk), "")
    done = sheet_of(cast)
    assert done.result["value"] == 8
    assert done.result["lowest_item"] == 8
    assert Event.objects.filter(what="sheet.handed_in", client_id=cast.client.pk).count() == 1


def test_what_is_left_open_is_said_once_and_may_stay_open(
    sheet: Sheet, cast: Cast, sign_in: SignIn
) -> None:
    browser = sign_in(cast.client_person)
    some = all_at(6) | {"note": NOTE}
    del some["safe"], some["bond"]
    asked = browser.post(mine(sheet), sent(sheet, some))
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "2 questions are still open" in page
    assert page.count('<a href="#item-') == 2
    assert NOTE in page
    assert sheet_of(cast).handed_in_at is None
    done = browser.post(mine(sheet), sent(sheet, some, as_it_is="yes"))
    assert done.status_code == 302
    assert sheet_of(cast).result["value"] is None
    assert sheet_of(cast).result["missing"] == 2


def test_an_empty_one_is_not_handed_in_and_leaving_out_is_offered(
    sheet: Sheet, cast: Cast, sign_in: SignIn
) -> None:
    response = sign_in(cast.client_person).post(mine(sheet), sent(sheet, {}, as_it_is="yes"))
    assert response.status_code == 422
    assert "Nothing is answered yet" in response.content.decode()
    with pytest.raises(Refused, match="Nothing is answered"):
        hand_in(by=cast.client_person, sheet=sheet, answers={"note": "  "}, edition=1)


def test_leaving_out_is_kind_and_a_mind_may_change_within_a_day(
    sheet: Sheet, cast: Cast, sign_in: SignIn
) -> None:
    browser = sign_in(cast.client_person)
    page = browser.post(mine(sheet), {"do": "skip"}, follow=True).content.decode()
    assert "that is all right" in page
    assert not sheets_due(cast.client, viewer=cast.client_person)
    again = browser.get(f"{mine(sheet)}?again=1").content.decode()
    assert "item-goal-5" in again
    now = sheet_of(cast)
    assert browser.post(mine(sheet), sent(now, all_at(5))).status_code == 302
    done = sheet_of(cast)
    assert done.handed_in_at is not None
    assert done.skipped_at is None


def test_a_day_later_it_stays_left_out(sheet: Sheet, cast: Cast, sign_in: SignIn) -> None:
    skip_sheet(by=cast.client_person, sheet=sheet)
    row = sheet_of(cast)
    row.skipped_at = row.skipped_at.replace(year=2020)
    row.save(update_fields=["skipped_at"])
    browser = sign_in(cast.client_person)
    assert "item-goal" not in browser.get(f"{mine(sheet)}?again=1").content.decode()
    assert browser.post(mine(sheet), sent(row, all_at(5))).status_code == 403


def test_the_next_session_lets_an_unanswered_check_in_go(sheet: Sheet, cast: Cast) -> None:
    held(cast, hours_ago=1)
    old = Sheet.objects.seen_by(cast.therapist).get(pk=sheet.pk)
    assert old.skipped_at is not None
    (due,) = sheets_due(cast.client, viewer=cast.client_person)
    assert due.sheet.pk != sheet.pk


def test_what_is_handed_in_stays_as_it_is(sheet: Sheet, cast: Cast, sign_in: SignIn) -> None:
    done = hand_in(by=cast.client_person, sheet=sheet, answers=all_at(9), edition=1)
    with pytest.raises(Refused, match="handed in"):
        save_answers(by=cast.client_person, sheet=done, answers=all_at(1), edition=done.edition)
    with pytest.raises(Refused, match="handed in"):
        skip_sheet(by=cast.client_person, sheet=done)
    browser = sign_in(cast.client_person)
    page = browser.get(mine(sheet)).content.decode()
    assert "What I answered" in page
    assert "<form" not in page.split("<main")[1].split("</main")[0]
    assert sheet_of(cast).answers == all_at(9)


def test_a_second_hand_in_gets_409_with_what_was_typed(
    sheet: Sheet, cast: Cast, sign_in: SignIn
) -> None:
    browser = sign_in(cast.client_person)
    hand_in(by=cast.client_person, sheet=sheet, answers=all_at(9), edition=1)
    response = browser.post(mine(sheet), sent(sheet, all_at(2) | {"note": NOTE}))
    assert response.status_code == 409
    assert NOTE in response.content.decode()
    assert sheet_of(cast).answers == all_at(9)


def test_a_second_tap_with_the_same_answers_is_thanked_too(
    sheet: Sheet, cast: Cast, sign_in: SignIn
) -> None:
    hand_in(by=cast.client_person, sheet=sheet, answers=all_at(9), edition=1)
    response = sign_in(cast.client_person).post(mine(sheet), sent(sheet, all_at(9)))
    assert response["Location"] == f"{mine(sheet)}thanks/"


def test_what_another_window_saved_is_shown_under_what_was_typed(
    sheet: Sheet, cast: Cast, sign_in: SignIn
) -> None:
    save_answers(by=cast.client_person, sheet=sheet, answers={"safe": 1, "goal": 1}, edition=1)
    typed = all_at(6)
    del typed["safe"]
    response = sign_in(cast.client_person).post(mine(sheet), sent(sheet, typed, as_it_is="yes"))
    page = response.content.decode()
    assert response.status_code == 409
    assert 'name="item-safe" value="1" checked' in page
    assert 'name="item-goal" value="6" checked' in page
    assert 'name="edition" value="2"' in page


@pytest.mark.django_db(transaction=True)
def test_of_hand_ins_at_once_one_holds_and_the_others_know(sheet: Sheet, cast: Cast) -> None:
    ends: list[str] = []

    def try_it(value: int) -> None:
        try:
            hand_in(by=cast.client_person, sheet=sheet, answers=all_at(value), edition=1)
            ends.append(f"held {value}")
        except Stale:
            ends.append("stale")
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it, args=(value,)) for value in range(1, 7)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(ends)[1:] == ["stale"] * 5
    assert f"held {sheet_of(cast).answers['goal']}" == sorted(ends)[0]


def test_wanting_to_talk_reaches_the_therapist_without_alarm(
    sheet: Sheet, cast: Cast, sign_in: SignIn
) -> None:
    browser = sign_in(cast.client_person)
    browser.post(mine(sheet), sent(sheet, all_at(7) | {"uncomfortable": 2}))
    page = browser.get(f"{mine(sheet)}thanks/").content.decode()
    assert "You would like to talk about something" in page
    assert "carry this alone" not in page
    assert not SafetyAnswer.objects.seen_by(cast.therapist).get().urgent


@pytest.mark.parametrize("tail", ["", "thanks/"])
def test_a_sheet_is_nobody_elses(sheet: Sheet, cast: Cast, sign_in: SignIn, tail: str) -> None:
    strangers = ("owner", "supervisor", "therapist", "other_therapist", "other_client_person")
    find_nothing(cast, sign_in, f"{mine(sheet)}{tail}", *strangers)
    find_nothing(cast, sign_in, f"{mine(sheet)}kept/", *strangers, post=True)
    find_nothing(cast, sign_in, mine(sheet), *strangers, post=True)


def test_a_therapist_cannot_answer_as_the_client(sheet: Sheet, cast: Cast) -> None:
    with pytest.raises(Refused, match="Only the client"):
        hand_in(by=cast.therapist, sheet=sheet, answers=all_at(10), edition=1)
    with pytest.raises(NotYours):
        hand_in(by=cast.other_therapist, sheet=sheet, answers=all_at(10), edition=1)


def test_a_guess_is_no_page_of_the_clients(cast: Cast, sign_in: SignIn) -> None:
    held(cast)
    guess = sheet_of(cast, respondent="therapist")
    assert sign_in(cast.client_person).get(mine(guess)).status_code == 404
    with pytest.raises(Refused):
        save_answers(by=cast.client_person, sheet=guess, answers={"goal": 1}, edition=1)


@pytest.mark.parametrize(
    "hostile",
    [
        {"item-goal": "11"},
        {"item-goal": "-1"},
        {"item-goal": "7 OR 1=1"},
        {"item-goal": "٧"},
        {"item-goal": "7.0"},
        {"item-nothing": "3"},
    ],
)
def test_what_is_not_offered_is_no_answer(
    sheet: Sheet, cast: Cast, sign_in: SignIn, hostile: dict[str, str]
) -> None:
    browser = sign_in(cast.client_person)
    assert browser.post(f"{mine(sheet)}kept/", {"edition": 1, **hostile}).status_code == 200
    assert sheet_of(cast).answers == {}


@pytest.mark.parametrize("edition", ["", "x", "-1", "9" * 40, "0"])
def test_an_edition_that_cannot_be_loses_nothing(
    sheet: Sheet, cast: Cast, sign_in: SignIn, edition: str
) -> None:
    typed = {"item-goal": "3", "item-note": NOTE, "edition": edition, "as_it_is": "yes"}
    response = sign_in(cast.client_person).post(mine(sheet), typed)
    assert response.status_code == 409
    assert NOTE in response.content.decode()


def test_words_are_shown_as_words(sheet: Sheet, cast: Cast, sign_in: SignIn) -> None:
    script = "<script>alert('x')</script>\u202e\x00 & more"
    browser = sign_in(cast.client_person)
    browser.post(f"{mine(sheet)}kept/", sent(sheet, {"note": script}, changed="note"))
    page = browser.get(mine(sheet)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_words_that_are_far_too_long_are_refused(sheet: Sheet, cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.client_person).post(
        mine(sheet), sent(sheet, {"note": "x" * 4001}, as_it_is="yes")
    )
    assert response.status_code == 403
    assert sheet_of(cast).answers == {}


def test_saving_and_handing_in_ask_the_database_little(
    sheet: Sheet, cast: Cast, sign_in: SignIn, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    browser: Browser = sign_in(cast.client_person)
    browser.get("/help/")
    browser.get(mine(sheet))
    with django_assert_max_num_queries(16):
        browser.post(f"{mine(sheet)}kept/", sent(sheet, {"goal": 7}, changed="goal"))
    sheet.refresh_from_db(fields=["edition"])
    with django_assert_max_num_queries(32):
        browser.post(mine(sheet), sent(sheet, all_at(7)))


def test_reading_ones_own_is_in_the_audit(sheet: Sheet, cast: Cast, sign_in: SignIn) -> None:
    sign_in(cast.client_person).get(mine(sheet))
    event = Event.objects.filter(what="sheet.viewed").get()
    assert (event.actor_id, event.client_id) == (cast.client_person.pk, cast.client.pk)
    assert event.facts == {}
