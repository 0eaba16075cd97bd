"""Who reads what people tell who ask for help, answers them, and takes them on; nobody else."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client as Browser
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.care.actions import come_in, open_in_an_emergency
from holdfast_web.care.models import CareRelationship, Client, Practice
from holdfast_web.fit.models import Intake
from holdfast_web.fit.opening import token_of
from holdfast_web.keeping.actions import take_copy
from holdfast_web.keeping.unfinished import erase_unfinished
from holdfast_web.measures.actions.noticing import acknowledge_safety
from holdfast_web.measures.models import SafetyAnswer
from holdfast_web.vault.models import ClientKey
from tests.web.conftest import Cast
from tests.web.intaking import BRINGS, WHY, Teller, opened_by, the_intake

SignIn = Callable[[Person | None], Browser]
WORDS = "Come on Monday at six; we begin with a talk."


@pytest.fixture
def reader(cast: Cast, practice: Practice) -> Person:
    practice.refresh_from_db()
    opened_by(practice, cast.other_therapist)
    return cast.other_therapist


@pytest.fixture
def teller(reader: Person) -> Teller:
    made = Teller.who_begins()
    made.tell_all()
    made.hand_in()
    return made


def told(intake: Intake) -> str:
    return f"/intakes/{intake.pk}/"


def answer(browser: Browser, intake: Intake, **more: Any) -> Any:
    sent = {"decision": "begin", "words": WORDS, "urgency": 0, "edition": intake.edition}
    return browser.post(told(intake), {**sent, **more})


def test_who_reads_them_sees_all_that_was_told_with_scores_and_sources(
    teller: Teller, reader: Person, sign_in: SignIn
) -> None:
    browser = sign_in(reader)
    row = the_intake()
    assert "Wren" in browser.get("/intakes/").content.decode()
    page = browser.get(told(row)).content.decode()
    assert BRINGS in page
    assert "Nobody from my old firm" in page
    assert "8, mild" in page
    assert "Shared decision" in page
    assert "checked" in page
    assert "tel:01632 960117" in page


def test_to_everybody_else_there_is_none(teller: Teller, cast: Cast, sign_in: SignIn) -> None:
    row = the_intake()
    for name in ("owner", "supervisor", "therapist", "client_person"):
        browser = sign_in(cast[name])
        assert browser.get("/intakes/").status_code == 404, name
        assert browser.get(told(row)).status_code == 404, name
        for way in ("seen", "take", "close"):
            assert browser.post(f"{told(row)}{way}/").status_code == 404, name
        assert answer(browser, row).status_code == 404, name
    assert Browser().get(told(row)).status_code == 302
    assert the_intake().decision == ""


def test_the_owner_does_not_see_in_the_list_of_records_who_asks_for_help(
    teller: Teller, cast: Cast, sign_in: SignIn
) -> None:
    assert "Wren" not in sign_in(cast.owner).get("/practice/records/").content.decode()


def test_a_danger_stands_first_and_is_acknowledged_with_a_name_and_a_time(
    teller: Teller, reader: Person, sign_in: SignIn
) -> None:
    stopped = Teller.who_begins("Robin")
    stopped.tell("now", now=["unsafe_now"])
    stopped.tell("contact", name="Robin")
    browser = sign_in(reader)
    page = browser.get("/intakes/").content.decode()
    assert page.index("Robin") < page.index("Wren")
    assert "a person must see this" in page
    row = the_intake(stopped_at__isnull=False)
    page = browser.get(told(row)).content.decode()
    assert "A person must see to this today" in page
    (alert,) = SafetyAnswer.objects.for_the_practice(WHY)
    assert f"/safety/{alert.pk}/" in page
    response = browser.post(f"/safety/{alert.pk}/", {"done": "Rang her; her sister is there."})
    assert response.status_code == 302
    alert.refresh_from_db()
    assert alert.acknowledged_by == reader
    assert alert.acknowledged_at is not None
    page = browser.get("/intakes/").content.decode()
    assert "a person must see this" not in page


def test_the_deputy_sees_the_answer_and_no_more_of_what_was_told(
    reader: Person, cast: Cast, sign_in: SignIn
) -> None:
    stopped = Teller.who_begins("Robin")
    stopped.tell("now", now=["may_hurt"])
    page = sign_in(cast.owner).get("/safety/").content.decode()
    assert "Afraid of hurting somebody" in page
    (alert,) = SafetyAnswer.objects.for_the_practice(WHY)
    acknowledge_safety(by=cast.owner, answer=alert, done="Rang them.")
    assert sign_in(cast.owner).get(told(the_intake())).status_code == 404


def test_the_person_reads_that_it_was_seen_and_the_words_of_the_answer(
    teller: Teller, reader: Person, sign_in: SignIn, django_capture_on_commit_callbacks: Any
) -> None:
    browser, row = sign_in(reader), the_intake()
    browser.post(f"{told(row)}seen/")
    assert "It was read today" in teller.words("result")
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert answer(browser, row).status_code == 302
    assert WORDS in teller.words("result")
    (letter,) = mail.outbox
    assert letter.to == ["wren@example.org"]
    assert f"/i/{token_of(row.pk)}/" in letter.body
    assert WORDS not in letter.body
    row = the_intake()
    assert (row.decided_by, row.decision, row.seen_by) == (reader, "begin", reader)


def test_no_letter_goes_where_somebody_does_not_want_one(
    reader: Person, sign_in: SignIn, django_capture_on_commit_callbacks: Any
) -> None:
    teller = Teller.who_begins()
    teller.tell("contact", name="Wren", email="wren@example.org", no_email="yes")
    teller.hand_in()
    with django_capture_on_commit_callbacks(execute=True):
        answer(sign_in(reader), the_intake())
    assert [one.to for one in mail.outbox] == [[reader.email]] or not mail.outbox
    assert all(one.to != ["wren@example.org"] for one in mail.outbox)


def test_an_answer_written_before_a_disagreement_was_read_is_not_sent(
    teller: Teller, reader: Person, sign_in: SignIn
) -> None:
    row = the_intake()
    told_then = {"words": "It is my father", "edition": row.edition}
    teller.browser.post(teller.at("result"), told_then)
    response = answer(sign_in(reader), row)
    page = response.content.decode()
    assert response.status_code == 409
    assert WORDS in page
    assert "It is my father" in page
    assert the_intake().decision == ""


def test_an_answer_needs_words(teller: Teller, reader: Person, sign_in: SignIn) -> None:
    assert answer(sign_in(reader), the_intake(), words="  ").status_code == 422


def test_taken_on_the_person_is_invited_and_the_door_of_intakes_closes(
    teller: Teller, reader: Person, sign_in: SignIn
) -> None:
    browser, row = sign_in(reader), the_intake()
    assert browser.post(f"{told(row)}take/").status_code == 403
    answer(browser, row)
    response = browser.post(f"{told(row)}take/")
    assert response["Location"] == f"/clients/{row.client_id}/"
    client = Client.objects.for_the_practice(WHY).get(pk=row.client_id)
    assert client.waits_since is None
    care = CareRelationship.objects.get(client=client)
    assert care.therapist == reader
    page = browser.get(response["Location"]).content.decode()
    assert "What they told when they asked for help" in page
    assert "Wren" not in browser.get("/intakes/").content.decode()
    assert BRINGS in browser.get(told(row)).content.decode(), "by care, no longer by the intake"


def test_with_an_account_the_person_finds_it_in_their_record_and_the_link_is_shut(
    teller: Teller,
    reader: Person,
    sign_in: SignIn,
    django_capture_on_commit_callbacks: Any,
) -> None:
    browser, row = sign_in(reader), the_intake()
    answer(browser, row)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"{told(row)}take/")
    (letter,) = (one for one in mail.outbox if one.to == ["wren@example.org"])
    token = letter.body.split("/invitation/")[1].split("/")[0]
    person = come_in(token=token, password=None)
    assert Browser().get(teller.front).status_code == 404
    page = sign_in(person).get("/me/intake/", follow=True).content.decode()
    assert WORDS in page
    copy = take_copy(by=person, client=the_intake().client)
    record = json.loads(zipfile.ZipFile(io.BytesIO(copy)).read("record.json"))
    assert record["asked_for_help"]["brings"] == BRINGS
    assert record["asked_for_help"]["answer"]["words"] == WORDS


def test_somebody_who_is_not_taken_on_is_closed_with_words(
    teller: Teller, reader: Person, sign_in: SignIn
) -> None:
    browser, row = sign_in(reader), the_intake()
    assert browser.post(f"{told(row)}close/").status_code == 403
    answer(browser, row, decision="elsewhere", words="A trauma clinic first: here is its number.")
    assert browser.post(f"{told(row)}close/").status_code == 302
    assert browser.get(told(row)).status_code == 404
    assert "A trauma clinic first" in teller.words("result")


def test_a_therapist_sends_the_questions_and_sees_no_answer_by_that(
    reader: Person, cast: Cast, sign_in: SignIn, django_capture_on_commit_callbacks: Any
) -> None:
    browser = sign_in(cast.therapist)
    with django_capture_on_commit_callbacks(execute=True):
        page = browser.post("/intakes/invite/", {"name": "Finch", "email": "finch@example.org"})
    row = the_intake()
    assert f"/i/{token_of(row.pk)}/" in page.content.decode()
    (letter,) = mail.outbox
    assert letter.to == ["finch@example.org"]
    assert "Finch" not in letter.body
    teller = Teller(f"/i/{token_of(row.pk)}/")
    teller.tell("brings", brings=BRINGS)
    teller.hand_in()
    assert browser.get(told(row)).status_code == 404
    assert sign_in(reader).get(told(row)).status_code == 200
    assert sign_in(cast.client_person).get("/intakes/invite/").status_code == 404


def test_a_client_with_an_account_asks_whether_it_is_right_for_them(
    reader: Person, cast: Cast, sign_in: SignIn
) -> None:
    browser = sign_in(cast.client_person)
    assert "Is this right for me?" in browser.get("/me/intake/").content.decode()
    assert browser.post("/me/intake/")["Location"] == "/me/intake/"
    teller = Teller("/me/intake/", browser)
    teller.tell_all()
    assert sign_in(cast.therapist).get(told(the_intake())).status_code == 404, "not handed in"
    assert teller.hand_in()["Location"] == "/me/intake/result/"
    row = the_intake()
    assert row.client.waits_since is None, "somebody works with them"
    assert BRINGS in sign_in(cast.therapist).get(told(row)).content.decode()
    assert sign_in(reader).get(told(row)).status_code == 404
    assert answer(sign_in(cast.therapist), row).status_code == 404
    other = sign_in(cast.other_client_person)
    assert BRINGS not in other.get("/me/intake/", follow=True).content.decode()


def test_the_owner_opens_it_only_with_somebody_who_reads(
    cast: Cast, practice: Practice, sign_in: SignIn
) -> None:
    browser = sign_in(cast.owner)
    assert browser.post("/practice/intake/", {"intake_is_open": "on"}).status_code == 422
    sent = {"intake_is_open": "on", "intake": str(cast.therapist.pk)}
    assert browser.post("/practice/intake/", sent).status_code == 302
    practice.refresh_from_db()
    assert (practice.intake, practice.intake_is_open) == (cast.therapist, True)
    assert Browser().get("/begin/").content.decode().count("Tessa Therapist") >= 2
    assert sign_in(cast.therapist).get("/practice/intake/").status_code == 404


def test_what_nobody_went_on_with_is_erased_after_thirty_days(
    teller: Teller, reader: Person
) -> None:
    unfinished = Teller.who_begins("Lark")
    unfinished.tell("brings", brings="Something that I never sent")
    row = the_intake()
    stopped = Teller.who_begins("Robin")
    stopped.tell("now", now=["may_act"])
    for one in Intake.objects.for_the_practice(WHY):
        one.ends_at = timezone.now() - timedelta(minutes=1)
        one.save()
    assert erase_unfinished() == 1
    assert erase_unfinished() == 0
    assert not ClientKey.objects.filter(client_id=row.client_id).exists()
    assert not Intake.objects.for_the_practice(WHY).filter(pk=row.pk).exists()
    assert Intake.objects.for_the_practice(WHY).count() == 2, "what was told in danger stays"


def test_reading_is_witnessed_and_told_to_the_person(
    teller: Teller, reader: Person, sign_in: SignIn
) -> None:
    from holdfast_web.audit.models import Event

    row = the_intake()
    sign_in(reader).get("/intakes/")
    sign_in(reader).get(told(row))
    events = Event.objects.filter(client_id=row.client_id, actor_id=reader.pk)
    assert {"intake.listed", "intake.viewed"} <= set(events.values_list("what", flat=True))


def test_whoever_reads_one_intake_opens_nobody_elses_record(
    teller: Teller, reader: Person, sign_in: SignIn
) -> None:
    from holdfast_web.audit.models import Event

    row = the_intake()
    stopped = Teller.who_begins("Robin")
    stopped.tell("now", now=["unsafe_now"])
    assert SafetyAnswer.objects.for_the_practice(WHY).exists()
    browser = sign_in(reader)
    before = Event.objects.count()
    browser.get(told(row))
    looked_at = set(Event.objects.order_by("pk")[before:].values_list("client_id", flat=True))
    assert looked_at - {None} == {row.client_id}


def test_whoever_was_stopped_reads_the_answer_where_they_are(
    reader: Person, sign_in: SignIn
) -> None:
    stopped = Teller.who_begins("Robin")
    stopped.tell("now", now=["may_act"])
    assert answer(sign_in(reader), the_intake(), decision="talk").status_code == 302
    page = stopped.words()
    assert WORDS in page
    assert "999" in page


def test_what_reached_a_person_without_being_handed_in_can_be_answered_and_closed(
    reader: Person, sign_in: SignIn
) -> None:
    afraid = Teller.who_begins("Robin")
    afraid.tell("afraid", afraid="yes")
    browser, row = sign_in(reader), the_intake()
    assert "not handed in" in browser.get("/intakes/").content.decode()
    assert answer(browser, row, decision="talk").status_code == 302
    assert browser.post(f"{told(row)}close/").status_code == 302


def test_in_an_emergency_a_record_without_care_opens_as_any_other(
    teller: Teller, cast: Cast, sign_in: SignIn
) -> None:
    row = the_intake()
    open_in_an_emergency(by=cast.supervisor, client=row.client, reason="She does not answer.")
    browser = sign_in(cast.supervisor)
    assert browser.get(f"/clients/{row.client_id}/")["Location"] == told(row)
    assert BRINGS in browser.get(told(row)).content.decode()
    assert answer(browser, row).status_code == 404
