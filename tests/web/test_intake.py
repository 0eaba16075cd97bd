"""Somebody asks for help: page by page, part-way and resumed, stopped where they are in danger."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client as Browser
from django.utils import timezone

from holdfast_web.audit.models import Event
from holdfast_web.care.models import Client, Practice
from holdfast_web.fit.models import Intake
from holdfast_web.measures.models import SafetyAnswer
from tests.web.conftest import Cast
from tests.web.intaking import BRINGS, HOPES, WHY, Teller, opened_by, sheet_in, the_intake


@pytest.fixture
def open_practice(cast: Cast, practice: Practice) -> Practice:
    practice.refresh_from_db()
    opened_by(practice, cast.other_therapist)
    return practice


@pytest.fixture
def teller(open_practice: Practice) -> Teller:
    return Teller.who_begins()


def alerts() -> list[SafetyAnswer]:
    return list(SafetyAnswer.objects.for_the_practice(WHY).order_by("came_at"))


def test_a_practice_that_is_closed_to_it_says_whom_to_ask(cast: Cast, practice: Practice) -> None:
    practice.refresh_from_db()
    practice.phone = "01632 960001"
    practice.save()
    page = Browser().get("/begin/").content.decode()
    assert "ask the practice" in page
    assert "01632 960001" in page
    assert Browser().post("/begin/", {"name": "Wren"}).status_code == 200
    assert not Intake.objects.for_the_practice(WHY).exists()


def test_the_first_page_says_who_reads_it_and_that_it_is_no_emergency_service(
    open_practice: Practice,
) -> None:
    page = Browser().get("/begin/").content.decode()
    assert "Otto Other reads it once you hand it in" in page
    assert "This is no emergency service." in page
    assert "999" in page
    assert "It is no diagnosis" in page


def test_from_the_first_page_to_the_result(
    teller: Teller, cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    teller.tell_all(phq=1)
    over = teller.words("read")
    assert BRINGS in over
    assert HOPES in over
    assert "Online, by video" in over
    with django_capture_on_commit_callbacks(execute=True):
        assert teller.hand_in()["Location"] == f"{teller.front}result/"
    page = teller.words("result")
    assert "It is no diagnosis" in page
    assert "Your answers on low mood came to 8 of 27." in page
    assert "Cuijpers" in page
    assert "Otto Other reads what you told, and answers by" in page
    assert 'href="/help-for/depression/"' in page
    row = the_intake()
    assert row.said["problems"] == ["work", "low_mood"]
    assert row.result["outcome"] == "reasonable"
    assert row.client.waits_since is not None
    assert row.client.name == "Wren"
    assert row.client.phone == "01632 960117"
    assert sheet_in(row, "phq-9").result["value"] == 8
    (letter,) = mail.outbox
    assert letter.to == [cast.other_therapist.email]
    assert "Wren" not in letter.subject + letter.body


def test_its_questionnaires_follow_from_each_other(teller: Teller) -> None:
    teller.tell_the_beginning(partner="yes")
    response = teller.fill("phq-9", 1, q9=0)
    assert response["Location"] == teller.at("gad-7")
    teller.fill("gad-7", 1)
    assert teller.fill("pc-ptsd-5", 1)["Location"] == teller.at("pcl-5")
    assert teller.fill("pcl-5", 1)["Location"] == teller.at("csi-4")
    assert teller.fill("csi-4", 2)["Location"] == teller.at("c-nip")


def test_whoever_breaks_off_goes_on_where_they_were_from_another_device(teller: Teller) -> None:
    teller.tell("now", now=["none"])
    response = teller.tell("brings", brings=BRINGS, do="later")
    assert response["Location"] == teller.front
    elsewhere = Teller(teller.front)
    assert "Go on where you were" in elsewhere.words()
    assert f'href="{teller.at("hopes")}"' in elsewhere.words()
    assert BRINGS in elsewhere.words("brings")


def test_a_questionnaire_is_saved_part_way_and_nobody_is_told_yet(teller: Teller) -> None:
    teller.tell_the_beginning()
    told = {"edition": 1, "item-q1": 2, "item-q9": 1, "do": "keep"}
    assert teller.browser.post(teller.at("phq-9"), told)["Location"] == teller.front
    row = the_intake()
    assert sheet_in(row, "phq-9").answers == {"q1": 2, "q9": 1}
    assert row.client.waits_since is None
    assert not alerts()
    assert len(re.findall(r"<input[^>]* checked>", teller.words("phq-9"))) == 2


def test_nobody_of_the_practice_sees_it_before_it_is_handed_in(teller: Teller, cast: Cast) -> None:
    teller.tell_the_beginning()
    row = the_intake()
    assert row.client.waits_since is None
    assert not Intake.objects.seen_by(cast.other_therapist).exists()


def test_thoughts_of_death_lead_to_plain_questions_at_once(teller: Teller, cast: Cast) -> None:
    teller.tell_the_beginning()
    mail.outbox.clear()
    response = teller.fill("phq-9", 1, q9=1)
    assert response["Location"] == teller.at("safety")
    (alert,) = alerts()
    assert alert.urgent
    assert alert.sheet is not None
    assert the_intake().client.waits_since is not None


@pytest.mark.django_db(transaction=True)
def test_a_yes_stops_the_questions_shows_help_and_reaches_people(
    teller: Teller, cast: Cast
) -> None:
    teller.tell_the_beginning()
    teller.fill("phq-9", 2, q9=2)
    mail.outbox.clear()
    response = teller.tell("safety", ending="yes", could_act="", safe_here="yes", near="")
    assert response["Location"] == teller.front
    page = teller.words()
    assert "Please talk to a person today" in page
    assert "999" in page
    assert "116 123" in page
    assert "Otto Other is told now" in page
    row = the_intake()
    assert row.stopped_at is not None
    assert row.handed_in_at is None
    assert teller.browser.get(teller.at("gad-7")).status_code in (302, 404)
    assert {tuple(one.to) for one in mail.outbox} == {
        (cast.other_therapist.email,),
        (cast.owner.email,),
    }
    assert all("Wren" not in one.body for one in mail.outbox)
    told = [one for one in alerts() if one.sheet is None]
    assert [one.told["answer"] for one in told] == ["Are you thinking of ending your life? Yes"]


def test_danger_right_now_stops_at_the_first_page(teller: Teller) -> None:
    response = teller.tell("now", now=["may_act"])
    assert response["Location"] == teller.front
    assert "Please talk to a person now" in teller.words()
    assert the_intake().stopped_at is not None
    assert len(alerts()) == 1


def test_whoever_was_stopped_can_leave_a_number_and_go_on_later(teller: Teller) -> None:
    teller.tell("now", now=["may_act"])
    teller.tell("contact", name="Wren", phone="01632 960117")
    assert the_intake().client.phone == "01632 960117"
    assert "talk to a person now" in teller.words()
    response = teller.browser.post(teller.front, {"do": "go-on"})
    assert response["Location"] == teller.at("brings")
    assert teller.tell("brings", brings=BRINGS)["Location"] == teller.at("hopes")
    assert the_intake().stopped_at is not None
    assert len(alerts()) == 1, "the same thing is not raised twice"


def test_another_danger_stops_again(teller: Teller) -> None:
    teller.tell("now", now=["may_hurt"])
    teller.browser.post(teller.front, {"do": "go-on"})
    teller.fill("phq-9", 2, q9=2)
    response = teller.tell("safety", ending="yes", could_act="yes", safe_here="yes", near="")
    assert response["Location"] == teller.front
    assert "You could act on it" not in teller.words()
    assert len([one for one in alerts() if one.sheet is None]) == 3


def test_somebody_who_is_afraid_at_home_reaches_a_human(teller: Teller) -> None:
    teller.tell("now", now=["none"])
    teller.tell("afraid", afraid="yes")
    (alert,) = alerts()
    assert alert.told["title"] == "Afraid of somebody"
    assert the_intake().client.waits_since is not None
    page = teller.words("afraid")
    assert "Asking for help" in page
    assert "afraid" not in teller.at("afraid")


def test_a_number_that_must_not_be_rung_is_not_where_people_look_for_it(teller: Teller) -> None:
    teller.tell("contact", name="Wren", phone="01632 960117", no_phone="yes", how="After ten")
    row = the_intake()
    assert row.client.phone is None
    assert row.said["contact"]["phone"] == "01632 960117"


def test_what_is_left_open_is_never_a_no(teller: Teller) -> None:
    for key in ("now", "brings", "hopes", "problems", "about", "afraid", "known"):
        teller.tell(key)
    for name in ("phq-9", "gad-7", "pc-ptsd-5", "c-nip"):
        teller.browser.post(teller.at(name), {"do": "skip"})
    teller.tell("safety")
    for key in ("practical", "times", "needs", "contact"):
        teller.tell(key)
    teller.hand_in()
    row = the_intake()
    assert row.result["outcome"] == "talk"
    assert "You left a question about your safety open." in teller.words("result")


def test_a_page_sent_from_two_windows_loses_neither(teller: Teller) -> None:
    teller.tell("brings", brings="From the first window", edition=0)
    response = teller.tell("brings", brings="From the second window", edition=0)
    page = response.content.decode()
    assert response.status_code == 409
    assert "From the first window" in page
    assert "From the second window" in page
    assert the_intake().said["brings"] == "From the first window"
    edition = re.search(r'name="edition" value="(\d+)"', page)
    assert edition
    teller.tell("brings", brings="Both windows", edition=int(edition[1]))
    assert the_intake().said["brings"] == "Both windows"


def test_two_windows_on_two_pages_do_not_get_in_each_others_way(teller: Teller) -> None:
    assert teller.tell("brings", brings=BRINGS).status_code == 302
    assert teller.tell("hopes", hopes=HOPES).status_code == 302
    said = the_intake().said
    assert (said["brings"], said["hopes"]) == (BRINGS, HOPES)


def test_a_questionnaire_handed_in_elsewhere_shows_what_was_typed_here(teller: Teller) -> None:
    teller.tell_the_beginning()
    teller.fill("gad-7", 1)
    response = teller.fill("gad-7", 3)
    assert response.status_code == 409
    assert "Nearly every day" in response.content.decode()
    assert sheet_in(the_intake(), "gad-7").result["value"] == 7


def test_a_word_that_does_not_fit_is_said_at_its_place(teller: Teller) -> None:
    response = teller.tell("about", age="thirty", partner="no")
    assert response.status_code == 422
    assert "Please write it in digits" in response.content.decode()
    assert "thirty" in response.content.decode()


def test_somebody_sees_it_differently_in_their_own_words(teller: Teller, cast: Cast) -> None:
    teller.tell_all()
    teller.hand_in()
    mail.outbox.clear()
    row = the_intake()
    told = {"words": "It is not the work, it is my father", "edition": row.edition}
    assert teller.browser.post(teller.at("result"), told).status_code == 302
    assert "It is not the work, it is my father" in teller.words("result")
    again = teller.browser.post(teller.at("result"), {**told, "words": "Something else"})
    assert again.status_code == 409
    assert "Something else" in again.content.decode()
    assert the_intake().disagrees == "It is not the work, it is my father"


def test_after_it_is_handed_in_nothing_changes_any_more(teller: Teller) -> None:
    teller.tell_all()
    teller.hand_in()
    assert teller.tell("brings", brings="Something new", edition=1)["Location"] == teller.at(
        "result"
    )
    assert the_intake().said["brings"] == BRINGS


def test_the_link_is_sent_where_somebody_wants_it_and_says_nothing(
    teller: Teller, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        told = {"do": "link", "email": "wren@example.org"}
        page = teller.browser.post(teller.front, told).content.decode()
    assert "The letter is on its way." in page
    (letter,) = mail.outbox
    assert teller.front in letter.body
    assert "help" not in letter.subject.lower()
    for _ in range(2):
        teller.browser.post(teller.front, told)
    assert teller.browser.post(teller.front, told).status_code == 422


def test_a_link_that_is_too_old_or_invented_opens_nothing(teller: Teller) -> None:
    teller.tell("brings", brings=BRINGS)
    row = the_intake()
    assert Browser().get(f"/i/{'a' * 43}/").status_code == 404
    row.ends_at = timezone.now() - timedelta(minutes=1)
    row.save()
    assert Browser().get(teller.front).status_code == 404
    assert teller.browser.get(teller.at("hopes")).status_code == 404


def test_the_database_has_only_the_hash_of_a_link(teller: Teller) -> None:
    token = teller.front.split("/")[2]
    assert token not in str(list(Intake._base_manager.values()))


def test_in_a_browser_where_somebody_is_signed_in_it_stays_shut(
    teller: Teller, cast: Cast, sign_in: Callable[[Any], Browser]
) -> None:
    browser = sign_in(cast.therapist)
    assert browser.get(teller.front).status_code == 403
    assert browser.post("/begin/", {"name": "x"}).status_code == 403


def test_from_one_address_only_some_begin_within_an_hour(open_practice: Practice) -> None:
    answers = [Browser().post("/begin/", {"name": ""}).status_code for _ in range(8)]
    assert answers.count(302) == 6
    assert answers[-1] == 403
    assert Client.objects.for_the_practice(WHY).filter(intake__isnull=False).count() == 6


def test_nothing_that_was_told_stands_in_an_event_an_address_or_a_title(teller: Teller) -> None:
    teller.tell_all()
    teller.hand_in()
    facts = str(list(Event.objects.values_list("what", "facts", "subject")))
    assert BRINGS not in facts
    assert "ending" not in facts
    for key in ("brings", "afraid", "phq-9", "result"):
        title = re.search(r"<title>(.*?)</title>", teller.words(key))
        assert title
        assert title[1] == "Asking for help · Holdfast"


def test_what_somebody_does_without_an_account_is_witnessed_without_a_name(
    teller: Teller,
) -> None:
    teller.tell("brings", brings=BRINGS)
    client_id = the_intake().client_id
    events = Event.objects.filter(client_id=client_id)
    assert set(events.values_list("actor_id", flat=True)) == {None}
    assert {"intake.begun", "intake.opened", "intake.told"} <= set(
        events.values_list("what", flat=True)
    )


def test_a_form_from_elsewhere_is_refused(open_practice: Practice) -> None:
    browser = Browser(enforce_csrf_checks=True)
    assert browser.post("/begin/", {"name": "Wren"}).status_code == 403
    assert not Intake.objects.for_the_practice(WHY).exists()
