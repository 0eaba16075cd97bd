"""Signals come once, arrive with a card, are answered and followed up."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import connection, transaction
from django.utils import timezone

from holdfast_web.audit.models import Event
from holdfast_web.audit.words import sentences
from holdfast_web.care.models import Share
from holdfast_web.encounters.actions import plan_session
from holdfast_web.lib.refusals import NotYours, Refused, Stale
from holdfast_web.measures.actions.asking import hand_in, hold_session
from holdfast_web.measures.actions.noticing import answer_signal, close_signal, notice
from holdfast_web.measures.models import Sheet, Signal
from holdfast_web.measures.queries.noticing import signals_of
from tests.web.conftest import Cast
from tests.web.ratings import (
    PENDING,
    all_at,
    check_ins,
    fill,
    look,
    phq9,
    session_of,
    sheet_of,
)

WHY = "a test"
DIP = (9, 9, 8, 3)


def kept(cast: Cast) -> list[Signal]:
    """Return all signals of the client."""
    rows = Signal.objects.for_the_practice(WHY).filter(client=cast.client)
    return list(rows.order_by("session_number", "name"))


def names(cast: Cast) -> set[tuple[str, int]]:
    return {(one.name, one.session_number) for one in kept(cast)}


def an_alert(cast: Cast) -> Signal:
    check_ins(cast.care, DIP)
    return next(one for one in kept(cast) if one.name == "strong_dip")


def url(cast: Cast, signal: Signal | None = None, more: str = "") -> str:
    base = f"/clients/{cast.client.pk}/signals/"
    return base if signal is None else f"{base}{signal.pk}/{more}"


def answered(signal: Signal, **changes: Any) -> dict[str, Any]:
    day = timezone.localdate() + timedelta(days=7)
    return {
        "intent": "Ask how last time was.",
        "by_when": f"{day}",
        "edition": signal.edition,
    } | changes


def test_a_fall_becomes_signals_with_title_reason_and_figures(cast: Cast) -> None:
    signal = an_alert(cast)
    assert signal.attention == "alert"
    assert signal.told["title"] == "A much lower check-in than last time"
    assert "fell by 5.0 points" in signal.told["reason"]
    assert signal.told["figures"]["drop"] == 5


def test_from_the_session_to_the_signal_as_people_do_it(cast: Cast) -> None:
    for week, value in enumerate(DIP):
        then = timezone.now() - timedelta(weeks=len(DIP) - week)
        planned = plan_session(
            by=cast.therapist, client=cast.client, starts_at=then, minutes=50, place="room"
        )
        held = hold_session(by=cast.therapist, session=planned)
        rows = Sheet.objects.for_the_practice(WHY).filter(session=held)
        guess = rows.get(respondent="therapist")
        hand_in(by=cast.therapist, sheet=guess, answers=all_at(8), edition=1)
        sheet = rows.get(respondent="client")
        hand_in(by=cast.client_person, sheet=sheet, answers=all_at(value), edition=1)
    assert {("strong_dip", 4), ("gap", 4)} <= names(cast)
    assert signals_of(cast.client, viewer=cast.therapist)[0].session == 4


def test_a_quiet_course_signals_nothing(cast: Cast) -> None:
    check_ins(cast.care, (8, 8.5, 8, 8.5))
    assert not kept(cast)


def test_the_same_is_never_noticed_twice(cast: Cast) -> None:
    sheets = check_ins(cast.care, DIP)
    before = names(cast)
    for _ in range(2):
        for sheet in sheets:
            look(sheet)
    assert names(cast) == before
    assert len(kept(cast)) == len(before)


def test_a_signal_is_only_made_for_the_session_at_hand_and_later(cast: Cast) -> None:
    check_ins(cast.care, DIP)
    Signal.objects.for_the_practice(WHY).delete()
    check_ins(cast.care, (3, 3), first=5)
    assert min(session for _, session in names(cast)) >= 4


def test_two_skipped_check_ins_in_a_row_are_a_note(cast: Cast) -> None:
    check_ins(cast.care, (8, None, None))
    assert names(cast) == {("skipped", 3)}
    assert kept(cast)[0].attention == "note"


def test_a_check_in_that_nobody_answered_is_a_gap_once_the_next_session_was_held(
    cast: Cast,
) -> None:
    check_ins(cast.care, (8, PENDING, PENDING, 8))
    assert ("skipped", 3) in names(cast)


def test_a_guess_that_comes_later_makes_the_gap_seen(cast: Cast) -> None:
    check_ins(cast.care, (8, 6), guesses={1: 8, 2: PENDING})
    assert ("gap", 2) not in names(cast)
    guess = Sheet.objects.for_the_practice(WHY).get(session__number=2, respondent="therapist")
    fill(guess, all_at(9))
    guess.save()
    look(guess)
    assert ("gap", 2) in names(cast)


def test_an_outcome_that_gets_worse_is_a_signal_of_its_own_instrument(cast: Cast) -> None:
    for number, total in enumerate((12, 12, 18), start=1):
        look(sheet_of(cast.care, number, phq9(total), instrument="phq-9"))
    found = kept(cast)
    assert [(one.instrument, one.name, one.attention) for one in found] == [
        ("phq-9", "worse", "alert")
    ]


def test_a_therapist_s_reading_is_remembered_and_a_supervisor_s_is_not(
    cast: Cast, sign_in: Any
) -> None:
    signal = an_alert(cast)
    Share.objects.create(
        client=cast.client,
        therapist=cast.therapist,
        supervisor=cast.supervisor,
        parts=["signals", "course"],
        purpose="To learn.",
        client_agreed_at=timezone.now(),
        ends_at=timezone.now() + timedelta(days=30),
    )
    page = sign_in(cast.supervisor).get(url(cast, signal))
    assert page.status_code == 200
    assert "Only the client&#x27;s therapist can do this." in page.content.decode()
    signal.refresh_from_db()
    assert signal.first_read_at is None
    sign_in(cast.therapist).get(url(cast, signal))
    signal.refresh_from_db()
    assert signal.first_read_at is not None


def test_a_signal_comes_with_its_card_and_the_ratings_around_it(cast: Cast, sign_in: Any) -> None:
    signal = an_alert(cast)
    text = sign_in(cast.therapist).get(url(cast, signal)).content.decode()
    for told in (
        "It may mean",
        "Words to borrow",
        "Better not",
        "supervision",
        "doi.org/10.1",
        "<svg",
    ):
        assert told in text
    assert "<td" in text
    assert "style=" not in text
    title = text.partition("<title>")[2].partition("</title>")[0]
    assert "Cleo" not in title
    assert "lower" not in title


def test_a_therapist_says_what_they_will_do_and_then_how_it_looked(
    cast: Cast, sign_in: Any
) -> None:
    signal, browser = an_alert(cast), sign_in(cast.therapist)
    page = browser.post(url(cast, signal, "answer/"), answered(signal))
    assert page.status_code == 302
    signal.refresh_from_db()
    assert (signal.status, signal.intent, signal.edition) == (
        "answered",
        "Ask how last time was.",
        2,
    )
    check_ins(cast.care, (8,), first=5)
    text = browser.get(url(cast)).content.decode()
    assert "How did it look afterwards?" in text
    assert "The next rating: 8, session 5." in text
    browser.post(url(cast, signal, "close/"), {"outcome": "We spoke of it.", "edition": 2})
    signal.refresh_from_db()
    assert (signal.status, signal.outcome) == ("closed", "We spoke of it.")
    assert signal.closed_at is not None


def test_one_answer_may_serve_what_came_with_it(cast: Cast, sign_in: Any) -> None:
    signal = an_alert(cast)
    fall = next(one for one in kept(cast) if one.name == "likely_fall")
    sign_in(cast.therapist).post(
        url(cast, signal, "answer/"), answered(signal, also=[str(fall.pk)])
    )
    fall.refresh_from_db()
    assert fall.status == "answered"
    slide = next(one for one in kept(cast) if one.name == "slide")
    assert slide.status == "open"


def test_signals_of_another_client_or_session_are_not_answered_along(cast: Cast) -> None:
    check_ins(cast.other_care, DIP)
    stranger = Signal.objects.for_the_practice(WHY).filter(client=cast.other_client).first()
    signal = an_alert(cast)
    answer_signal(
        by=cast.therapist,
        signal=signal,
        intent="Ask.",
        by_when=None,
        edition=1,
        also=[stranger.pk],
    )
    stranger.refresh_from_db()
    assert stranger.status == "open"


@pytest.mark.parametrize(
    "wrong",
    [
        {"intent": "  "},
        {"by_when": ""},
        {"by_when": "1999-01-01"},
        {"by_when": "tomorrow"},
        {"by_when": "9999-12-31"},
        {"edition": "x"},
        {"edition": "-1"},
        {"also": "not-an-id"},
        {"intent": "x" * 5000},
    ],
)
def test_a_wrong_answer_is_said_and_what_was_typed_stays(
    cast: Cast, sign_in: Any, wrong: dict[str, str]
) -> None:
    signal = an_alert(cast)
    page = sign_in(cast.therapist).post(url(cast, signal, "answer/"), answered(signal, **wrong))
    assert page.status_code == 422
    if "intent" not in wrong:
        assert "Ask how last time was." in page.content.decode()
    signal.refresh_from_db()
    assert signal.status == "open"


def test_words_are_shown_as_words(cast: Cast, sign_in: Any) -> None:
    signal, browser = an_alert(cast), sign_in(cast.therapist)
    browser.post(url(cast, signal, "answer/"), answered(signal, intent="<script>x</script>"))
    text = browser.get(url(cast, signal)).content.decode()
    assert "<script>x" not in text
    assert "&lt;script&gt;x" in text


def test_an_answer_from_an_older_page_overwrites_nothing_and_loses_nothing(
    cast: Cast, sign_in: Any
) -> None:
    signal, browser = an_alert(cast), sign_in(cast.therapist)
    browser.post(url(cast, signal, "answer/"), answered(signal, intent="The first."))
    page = browser.post(url(cast, signal, "answer/"), answered(signal, intent="The second."))
    text = page.content.decode()
    assert page.status_code == 409
    assert "The first." in text
    assert "The second." in text
    assert 'name="edition" value="2"' in text
    signal.refresh_from_db()
    assert signal.intent == "The first."


def test_what_was_typed_is_shown_even_when_the_signal_was_closed_meanwhile(
    cast: Cast, sign_in: Any
) -> None:
    signal, browser = an_alert(cast), sign_in(cast.therapist)
    answer_signal(by=cast.therapist, signal=signal, intent="A.", by_when=None, edition=1)
    close_signal(by=cast.therapist, signal=signal, outcome="B.", edition=2)
    page = browser.post(url(cast, signal, "close/"), {"outcome": "My words.", "edition": 2})
    assert page.status_code == 409
    assert "My words." in page.content.decode()


def test_a_signal_is_not_followed_up_before_it_is_answered(cast: Cast) -> None:
    signal = an_alert(cast)
    with pytest.raises(Refused, match="first what you will do"):
        close_signal(by=cast.therapist, signal=signal, outcome="Good.", edition=1)


def test_nobody_else_answers_a_signal(cast: Cast) -> None:
    signal = an_alert(cast)
    told = {"intent": "I will.", "by_when": None, "edition": 1}
    for person in (cast.other_therapist, cast.owner, cast.supervisor, cast.client_person):
        with pytest.raises(NotYours):
            answer_signal(by=person, signal=signal, **told)


@pytest.mark.parametrize(
    "who",
    ["other_therapist", "owner", "supervisor", "client_person", "other_client_person", None],
)
@pytest.mark.parametrize("more", ["", "answer/", "close/"])
def test_to_a_stranger_there_is_no_signal(
    cast: Cast, sign_in: Any, who: str | None, more: str
) -> None:
    signal = an_alert(cast)
    browser = sign_in(cast[who] if who else None)
    pages = [browser.get(url(cast, signal)), browser.get(url(cast))]
    if more:
        pages.append(browser.post(url(cast, signal, more), answered(signal, outcome="x")))
    for page in pages:
        if who is None:
            assert page.status_code == 302
            assert "/account/login/" in unquote(page.headers["Location"])
        else:
            assert page.status_code == 404


def test_a_signal_is_not_found_under_another_client(cast: Cast, sign_in: Any) -> None:
    check_ins(cast.other_care, DIP)
    other = Signal.objects.for_the_practice(WHY).filter(client=cast.other_client).first()
    assert sign_in(cast.therapist).get(url(cast, other)).status_code == 404


def test_while_a_guess_is_to_come_a_signal_says_no_more_than_that_it_is_there(
    cast: Cast, sign_in: Any
) -> None:
    check_ins(cast.care, DIP, guesses={4: PENDING})
    signal = next(one for one in kept(cast) if one.name == "strong_dip")
    views = signals_of(cast.client, viewer=cast.therapist)
    assert {one.title for one in views} == {"Something stands out"}
    assert all(one.alert for one in views)
    browser = sign_in(cast.therapist)
    for page in (browser.get(url(cast)), browser.get(url(cast, signal))):
        text = page.content.decode()
        assert "lower" not in text
        assert "fell" not in text
    assert "Your guess comes first" in text
    signal.refresh_from_db()
    assert signal.first_read_at is None
    refused = browser.get(url(cast, signal, "rupture/"))
    assert refused.status_code == 404


def test_every_event_has_its_sentence(cast: Cast, sign_in: Any) -> None:
    signal, browser = an_alert(cast), sign_in(cast.therapist)
    browser.get(url(cast))
    browser.get(url(cast, signal))
    browser.post(url(cast, signal, "answer/"), answered(signal))
    browser.post(url(cast, signal, "close/"), {"outcome": "Good.", "edition": 2})
    told = {one.what for one in Event.objects.filter(client_id=cast.client.pk)}
    assert {"signal.viewed", "signal.listed", "signal.first_read", "signal.answered"} <= told
    assert told <= set(sentences())
    assert "Ask how" not in "".join(str(one.facts) for one in Event.objects.all())


def test_the_list_asks_no_more_of_the_database_for_more_signals(
    cast: Cast, sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    browser = sign_in(cast.therapist)
    check_ins(cast.care, DIP)
    with django_assert_max_num_queries(40) as few:
        browser.get(url(cast))
    check_ins(cast.care, (9, 3, 9, 3, 9, 3, 9, 3, 9, 3, 9, 3), first=5)
    assert len(kept(cast)) > 20
    with django_assert_max_num_queries(len(few.captured_queries)):
        browser.get(url(cast))


@pytest.mark.django_db(transaction=True)
def test_two_sheets_handed_in_at_once_are_both_noticed(cast: Cast) -> None:
    check_ins(cast.care, (9, 9, 8))
    sheets = [
        sheet_of(cast.care, 4, None),
        sheet_of(cast.care, 4, None, respondent="therapist"),
    ]
    fill(sheets[0], all_at(3))
    fill(sheets[1], all_at(9))
    problems: list[BaseException] = []

    def hand_in(sheet: Sheet) -> None:
        try:
            with transaction.atomic():
                sheet.save()
                notice(sheet, by=None)
        except BaseException as error:  # noqa: BLE001 - told by the test
            problems.append(error)
        finally:
            connection.close()

    session_of(cast.care, 4)
    threads = [threading.Thread(target=hand_in, args=(one,)) for one in sheets]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not problems
    assert {("strong_dip", 4), ("gap", 4)} <= names(cast)


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_is_kept_and_the_other_told(cast: Cast) -> None:
    signal = an_alert(cast)
    outcomes: list[str] = []

    def answer(words: str) -> None:
        try:
            answer_signal(by=cast.therapist, signal=signal, intent=words, by_when=None, edition=1)
            outcomes.append(words)
        except Stale:
            outcomes.append("stale")
        finally:
            connection.close()

    threads = [threading.Thread(target=answer, args=(one,)) for one in ("One.", "Two.")]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    signal.refresh_from_db()
    assert sorted(outcomes) == sorted([signal.intent, "stale"])
