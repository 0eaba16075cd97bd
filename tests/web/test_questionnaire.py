"""Questionnaires: chosen by the therapist, asked when they are due, answered part by part."""

from __future__ import annotations

import pytest
from django.core import mail

from holdfast_web.audit.models import Event
from holdfast_web.lib.refusals import NotYours, Refused
from holdfast_web.measures.actions.asking import (
    assign_instrument,
    end_assignment,
    hand_in,
    save_answers,
    withdraw_sheet,
)
from holdfast_web.measures.models import Assignment, SafetyAnswer, Sheet
from holdfast_web.measures.queries.asking import sheets_due
from tests.web.asking import held, mine, sent, sheet_of
from tests.web.conftest import Cast
from tests.web.strangers import SignIn, find_nothing

PHQ9 = {f"q{number}": 1 for number in range(1, 9)} | {"q9": 0}


def ask(cast: Cast, instrument: str = "phq-9", every: int | None = 2) -> Assignment:
    made: Assignment = assign_instrument(
        by=cast.therapist, client=cast.client, instrument=instrument, every_sessions=every
    )
    return made


def asked(cast: Cast) -> str:
    return f"/clients/{cast.client.pk}/asked/"


def count_of(cast: Cast, instrument: str = "phq-9") -> int:
    rows = Sheet.objects.seen_by(cast.therapist).filter(instrument=instrument)
    found: int = rows.count()
    return found


def answer(cast: Cast, instrument: str = "phq-9") -> Sheet:
    sheet = sheet_of(cast, instrument)
    done: Sheet = hand_in(by=cast.client_person, sheet=sheet, answers=PHQ9, edition=sheet.edition)
    return done


def test_what_is_chosen_waits_at_once_and_comes_again_after_so_many_sessions(cast: Cast) -> None:
    ask(cast, every=2)
    assert count_of(cast) == 1
    answer(cast)
    held(cast, hours_ago=-0.01)
    assert count_of(cast) == 1
    held(cast, hours_ago=-0.02)
    assert count_of(cast) == 2
    assert sheet_of(cast, "phq-9").session is not None


def test_one_that_waits_is_not_sent_a_second_time(cast: Cast) -> None:
    ask(cast, every=1)
    held(cast, hours_ago=-0.01)
    held(cast, hours_ago=-0.02)
    assert count_of(cast) == 1


def test_once_is_once(cast: Cast) -> None:
    assert ask(cast, every=None).ended_at is not None
    with pytest.raises(Refused, match="waiting"):
        ask(cast, every=None)
    answer(cast)
    held(cast, hours_ago=-0.01)
    assert count_of(cast) == 1
    ask(cast, every=None)
    assert count_of(cast) == 2


def test_one_asked_again_and_again_is_asked_in_one_rhythm(cast: Cast) -> None:
    ask(cast, every=2)
    with pytest.raises(Refused, match="asked already"):
        ask(cast, every=4)


@pytest.mark.parametrize("instrument", ["check-in", "c-ssrs", "nonsense", "../phq-9"])
def test_only_what_has_words_here_can_be_asked(cast: Cast, instrument: str) -> None:
    with pytest.raises(Refused):
        ask(cast, instrument)


@pytest.mark.parametrize("every", [0, -1, 53])
def test_a_rhythm_that_cannot_be_is_refused(cast: Cast, every: int) -> None:
    with pytest.raises(Refused, match="every 1 to 52"):
        ask(cast, every=every)


def test_an_ended_one_is_taken_back_unless_it_was_begun(cast: Cast) -> None:
    one = ask(cast, "phq-9")
    other = ask(cast, "gad-7")
    begun = sheet_of(cast, "gad-7")
    save_answers(by=cast.client_person, sheet=begun, answers={"q1": 1}, edition=1)
    end_assignment(by=cast.therapist, assignment=one)
    end_assignment(by=cast.therapist, assignment=other)
    (due,) = sheets_due(cast.client, viewer=cast.client_person)
    assert due.sheet.instrument == "gad-7"
    with pytest.raises(Refused, match="ended"):
        end_assignment(by=cast.therapist, assignment=one)


def test_the_therapist_chooses_on_a_page_that_says_what_it_measures_and_on_what_terms(
    cast: Cast, sign_in: SignIn
) -> None:
    browser = sign_in(cast.therapist)
    page = browser.get(asked(cast)).content.decode()
    assert "Couples Satisfaction Index" in page
    assert "No permission required" in page
    assert "c-ssrs" not in page
    told = {"instrument": "phq-9", "how_often": "again", "every_sessions": "3"}
    assert browser.post(asked(cast), told).status_code == 302
    assert Assignment.objects.seen_by(cast.therapist).get().every_sessions == 3
    page = browser.get(asked(cast)).content.decode()
    assert "every 3 sessions" in page
    assert "ask-phq-9" not in page
    assert Event.objects.filter(what="measure.assigned").count() == 1


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"instrument": "c-ssrs", "how_often": "once"},
        {"instrument": "check-in", "how_often": "once"},
        {"instrument": "phq-9", "how_often": "again", "every_sessions": ""},
        {"instrument": "phq-9", "how_often": "again", "every_sessions": "0"},
        {"instrument": "phq-9", "how_often": "again", "every_sessions": "9" * 30},
        {"instrument": "phq-9", "how_often": "daily"},
    ],
)
def test_what_cannot_be_asked_is_said_on_the_page(
    cast: Cast, sign_in: SignIn, told: dict[str, str]
) -> None:
    response = sign_in(cast.therapist).post(asked(cast), told)
    assert response.status_code == 422
    assert not Assignment.objects.seen_by(cast.therapist).exists()


def test_it_is_ended_and_taken_back_on_the_page(cast: Cast, sign_in: SignIn) -> None:
    browser, one = sign_in(cast.therapist), ask(cast)
    sheet = sheet_of(cast, "phq-9")
    assert browser.post(f"/clients/{cast.client.pk}/sheets/{sheet.pk}/withdraw/").status_code == 302
    assert browser.post(f"{asked(cast)}{one.pk}/end/").status_code == 302
    assert not sheets_due(cast.client, viewer=cast.client_person)


def test_the_form_is_shown_with_its_owner_and_never_in_the_title(
    cast: Cast, sign_in: SignIn
) -> None:
    ask(cast)
    page = sign_in(cast.client_person).get(mine(sheet_of(cast, "phq-9"))).content.decode()
    assert "Over the last 2 weeks" in page
    assert "© Pfizer" in page
    assert "PHQ" not in page.split("</title>")[0]
    assert page.count("<fieldset") == 10


@pytest.mark.parametrize(
    "instrument", ["phq-9", "gad-7", "pcl-5", "csi-4", "csi-16", "who-5", "c-nip", "pc-ptsd-5"]
)
def test_every_instrument_with_words_can_be_filled_in(
    cast: Cast, sign_in: SignIn, instrument: str
) -> None:
    ask(cast, instrument, None)
    sheet, browser = sheet_of(cast, instrument), sign_in(cast.client_person)
    page = browser.get(mine(sheet)).content.decode()
    names = {
        part.split('"')[0]
        for part in page.split('type="radio"')
        for part in part.split('name="item-')[1:2]
    }
    answers = dict.fromkeys(names, "1")
    assert browser.post(mine(sheet), sent(sheet, answers)).status_code == 302
    done = sheet_of(cast, instrument)
    assert done.handed_in_at is not None
    assert done.instrument_version
    assert (
        sign_in(cast.therapist).get(f"/clients/{cast.client.pk}/sheets/{sheet.pk}/").status_code
        == 200
    )


def test_an_alarming_answer_shows_help_as_soon_as_it_is_given(cast: Cast, sign_in: SignIn) -> None:
    ask(cast)
    sheet = sheet_of(cast, "phq-9")
    response = sign_in(cast.client_person).post(
        f"{mine(sheet)}kept/", sent(sheet, {"q9": 1}, changed="q9")
    )
    fragment = response.content.decode()
    assert "999" in fragment
    assert 'role="alert"' in fragment
    assert not SafetyAnswer.objects.seen_by(cast.therapist).exists()


def test_handed_in_it_shows_help_first_and_reaches_the_therapist(
    cast: Cast, sign_in: SignIn, django_capture_on_commit_callbacks: object
) -> None:
    ask(cast)
    sheet, browser = sheet_of(cast, "phq-9"), sign_in(cast.client_person)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        response = browser.post(mine(sheet), sent(sheet, PHQ9 | {"q9": 1}))
    page = browser.get(response["Location"]).content.decode().split("<main")[1]
    assert page.index("999") < page.index("Thank you</h2>")
    assert "Tessa Therapist is told now" in page
    assert "116 123" in page
    assert SafetyAnswer.objects.seen_by(cast.therapist).get().urgent
    assert mail.outbox
    assert "Cleo" not in str([(one.subject, one.body) for one in mail.outbox])


def test_without_an_alarming_answer_no_alarm_is_raised(cast: Cast, sign_in: SignIn) -> None:
    ask(cast)
    browser = sign_in(cast.client_person)
    answer(cast)
    page = browser.get(f"{mine(sheet_of(cast, 'phq-9'))}thanks/").content.decode()
    assert "carry this alone" not in page
    assert "mild" not in page
    assert not SafetyAnswer.objects.seen_by(cast.therapist).exists()


def test_thanks_offer_the_next_one_that_waits(cast: Cast, sign_in: SignIn) -> None:
    ask(cast, "gad-7")
    ask(cast, "phq-9")
    answer(cast)
    page = sign_in(cast.client_person).get(f"{mine(sheet_of(cast, 'phq-9'))}thanks/")
    assert mine(sheet_of(cast, "gad-7")) in page.content.decode()


def test_the_therapist_sees_each_answer_and_what_it_comes_to(cast: Cast, sign_in: SignIn) -> None:
    ask(cast)
    sheet = sheet_of(cast, "phq-9")
    hand_in(by=cast.client_person, sheet=sheet, answers=PHQ9 | {"q9": 2}, edition=1)
    url = f"/clients/{cast.client.pk}/sheets/{sheet.pk}/"
    page = sign_in(cast.therapist).get(url).content.decode()
    assert "10, moderate" in page
    assert "More than half the days" in page
    assert "tag urgent" in page
    find_nothing(cast, sign_in, url)
    assert sign_in(cast.client_person).get(url).status_code == 404


def test_answers_that_are_not_handed_in_are_nobodys(cast: Cast, sign_in: SignIn) -> None:
    ask(cast)
    sheet = sheet_of(cast, "phq-9")
    save_answers(by=cast.client_person, sheet=sheet, answers={"q9": 3}, edition=1)
    url = f"/clients/{cast.client.pk}/sheets/{sheet.pk}/"
    assert sign_in(cast.therapist).get(url).status_code == 404


def test_strangers_find_nothing_where_measures_are_chosen(cast: Cast, sign_in: SignIn) -> None:
    one = ask(cast)
    sheet = sheet_of(cast, "phq-9")
    everybody = ("owner", "supervisor", "other_therapist", "client_person", "other_client_person")
    find_nothing(cast, sign_in, asked(cast), *everybody)
    find_nothing(cast, sign_in, asked(cast), *everybody, post=True)
    find_nothing(cast, sign_in, f"{asked(cast)}{one.pk}/end/", *everybody, post=True)
    withdraw = f"/clients/{cast.client.pk}/sheets/{sheet.pk}/withdraw/"
    find_nothing(cast, sign_in, withdraw, *everybody, post=True)
    with pytest.raises(NotYours):
        assign_instrument(by=cast.other_therapist, client=cast.client, instrument="gad-7")
    with pytest.raises(NotYours):
        end_assignment(by=cast.other_therapist, assignment=one)
    with pytest.raises(NotYours):
        withdraw_sheet(by=cast.other_therapist, sheet=sheet)


def test_a_sheet_of_another_client_is_not_found_under_ones_own(cast: Cast, sign_in: SignIn) -> None:
    ask(cast)
    sheet = sheet_of(cast, "phq-9")
    other = f"/clients/{cast.other_client.pk}/sheets/{sheet.pk}/"
    assert sign_in(cast.other_therapist).get(other).status_code == 404
    assert sign_in(cast.other_therapist).post(f"{other}link/").status_code == 404


def test_the_page_asks_the_database_the_same_with_many_sheets(
    cast: Cast, sign_in: SignIn, django_assert_max_num_queries: object
) -> None:
    browser = sign_in(cast.therapist)
    for name in ("phq-9", "gad-7", "who-5", "csi-4", "pcl-5", "phq-2", "phq-4", "gad-2"):
        ask(cast, name)
    browser.get(asked(cast))
    with django_assert_max_num_queries(18):  # type: ignore[operator]
        browser.get(asked(cast))
