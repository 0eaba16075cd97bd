"""An answer that a person must see reaches one, whatever the total, and is acknowledged."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from holdfast_web.audit.models import Event
from holdfast_web.care.access import forget_access
from holdfast_web.care.models import CareRelationship, Practice, Share
from holdfast_web.lib.refusals import NotYours, Refused, Stale
from holdfast_web.measures.actions.noticing import acknowledge_safety
from holdfast_web.measures.models import SafetyAnswer
from holdfast_web.measures.queries.noticing import (
    count_open_safety,
    open_safety_for,
    safety_of,
    stands_in,
)
from holdfast_web.measures.telling import tell_of_safety
from tests.web.conftest import Cast
from tests.web.ratings import all_at, look, phq9, sheet_of

WHY = "a test"
PHQ = "phq-9"


def raised(cast: Cast) -> list[SafetyAnswer]:
    return list(SafetyAnswer.objects.for_the_practice(WHY).filter(client=cast.client))


def risky(cast: Cast, care: CareRelationship | None = None, number: int = 1) -> SafetyAnswer:
    """Hand in a low score with one answer that a person must see."""
    care = care or cast.care
    look(sheet_of(care, number, phq9(2, item9=1), instrument=PHQ))
    rows = SafetyAnswer.objects.for_the_practice(WHY).filter(client=care.client)
    found: SafetyAnswer = rows.order_by("-came_at").first()
    return found


def uneasy(cast: Cast) -> SafetyAnswer:
    look(sheet_of(cast.care, 1, {**all_at(9), "uncomfortable": 2}))
    return raised(cast)[0]


def url(answer: SafetyAnswer) -> str:
    return f"/safety/{answer.pk}/"


def test_a_risk_answer_is_raised_at_a_low_total_too(cast: Cast) -> None:
    answer = risky(cast)
    assert answer.urgent
    assert answer.told["item"] == "q9"
    assert answer.told["answer"] == "Several days"


def test_the_same_answer_is_raised_once(cast: Cast) -> None:
    sheet = sheet_of(cast.care, 1, phq9(2, item9=1), instrument=PHQ)
    look(sheet)
    look(sheet)
    assert len(raised(cast)) == 1
    look(sheet_of(cast.care, 2, phq9(2, item9=1), instrument=PHQ))
    assert len(raised(cast)) == 2


def test_an_answer_without_risk_raises_nothing(cast: Cast) -> None:
    look(sheet_of(cast.care, 1, phq9(20), instrument=PHQ))
    assert not raised(cast)


def test_what_a_therapist_guesses_raises_nothing(cast: Cast) -> None:
    look(sheet_of(cast.care, 1, {**all_at(9), "uncomfortable": 2}, respondent="therapist"))
    assert not raised(cast)


def test_a_sheet_that_was_only_begun_raises_nothing(cast: Cast) -> None:
    sheet = sheet_of(cast.care, 1, None, instrument=PHQ)
    sheet.answers = {"q9": 2}
    sheet.save()
    look(sheet)
    assert not raised(cast)


def test_wanting_to_talk_about_discomfort_is_for_the_therapist_and_not_urgent(cast: Cast) -> None:
    answer = uneasy(cast)
    assert not answer.urgent
    assert [one.title for one in open_safety_for(cast.therapist)] == [answer.told["title"]]
    assert not open_safety_for(cast.owner)


def test_therapist_and_deputy_are_told_by_e_mail_without_a_word_of_it(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = risky(cast)
    assert {one.to[0] for one in mail.outbox} == {cast.therapist.email, cast.owner.email}
    for one in mail.outbox:
        told = one.subject + one.body
        for secret in ("Cleo", "PHQ", "hurt", "Several", str(cast.client.pk)):
            assert secret not in told
        assert "/safety/" in told
    answer.refresh_from_db()
    assert answer.mailed_at is not None


def test_what_can_wait_sends_no_e_mail(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        uneasy(cast)
    assert not mail.outbox


def test_a_mail_server_that_fails_loses_nothing_and_is_tried_again(
    cast: Cast, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    works = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with django_capture_on_commit_callbacks(execute=True):
        answer = risky(cast)
    assert answer.mailed_at is None
    settings.EMAIL_BACKEND = works
    assert tell_of_safety() == 1
    assert len(mail.outbox) == 2
    assert tell_of_safety() == 0


def test_without_a_deputy_the_owner_stands_in(cast: Cast, practice: Practice) -> None:
    practice.deputy = cast.other_therapist
    practice.save()
    assert not stands_in(cast.owner)
    assert stands_in(cast.other_therapist)
    practice.deputy = None
    practice.save()
    assert stands_in(cast.owner)


def test_a_client_without_a_therapist_still_reaches_somebody(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    cast.care.ends_at = timezone.now()
    cast.care.save()
    forget_access(cast.therapist)
    with django_capture_on_commit_callbacks(execute=True):
        risky(cast)
    assert [one.to[0] for one in mail.outbox] == [cast.owner.email]
    assert not open_safety_for(cast.therapist)
    assert len(open_safety_for(cast.owner)) == 1


def test_each_sees_what_is_theirs_to_see(cast: Cast) -> None:
    risky(cast)
    risky(cast, cast.other_care)
    assert [one.client_name for one in open_safety_for(cast.therapist)] == ["Cleo Client"]
    assert {one.client_name for one in open_safety_for(cast.owner)} == {
        "Cleo Client",
        "Dara Different",
    }
    assert not open_safety_for(cast.supervisor)
    assert (count_open_safety(cast.therapist), count_open_safety(cast.owner)) == (1, 2)


def test_urgent_ones_come_first_and_then_those_that_waited_longest(cast: Cast) -> None:
    uneasy(cast)
    later, earlier = risky(cast, number=2), risky(cast, number=3)
    earlier.came_at = timezone.now() - timedelta(hours=5)
    earlier.save(update_fields=("came_at",))
    found = open_safety_for(cast.therapist)
    assert [one.id for one in found][:2] == [earlier.pk, later.pk]
    assert not found[2].urgent
    assert found[0].waited_in_words == "5 hours"


def test_the_deputy_sees_the_answer_and_where_to_call_and_no_record(
    cast: Cast, sign_in: Any
) -> None:
    cast.client.phone = "01234 567890"
    cast.client.save()
    answer, browser = risky(cast), sign_in(cast.owner)
    text = browser.get(url(answer)).content.decode()
    for told in ("Cleo Client", "Several days", "01234 567890", "Tessa Therapist"):
        assert told in text
    assert f"/clients/{cast.client.pk}/" not in text
    assert browser.get(f"/clients/{cast.client.pk}/safety/").status_code == 404
    assert browser.get(f"/clients/{cast.client.pk}/signals/").status_code == 404


def test_it_is_acknowledged_with_what_was_done_a_name_and_the_time(
    cast: Cast, sign_in: Any
) -> None:
    answer, browser = risky(cast), sign_in(cast.therapist)
    assert "waits for 1 minute" in browser.get("/safety/").content.decode()
    page = browser.post(url(answer), {"done": "Rang her; she is with her sister."})
    assert page.status_code == 302
    answer.refresh_from_db()
    assert answer.done == "Rang her; she is with her sister."
    assert answer.acknowledged_by == cast.therapist
    assert answer.acknowledged_at is not None
    assert not open_safety_for(cast.therapist)
    text = browser.get(f"/clients/{cast.client.pk}/safety/").content.decode()
    assert "Rang her" in text
    assert "Tessa Therapist saw to it" in text


def test_getting_better_does_not_make_it_go_away(cast: Cast) -> None:
    risky(cast)
    look(sheet_of(cast.care, 2, phq9(0), instrument=PHQ))
    assert len(open_safety_for(cast.therapist)) == 1


@pytest.mark.parametrize("done", ["", "   ", "x" * 5000])
def test_nothing_is_acknowledged_without_words(cast: Cast, sign_in: Any, done: str) -> None:
    answer = risky(cast)
    assert sign_in(cast.therapist).post(url(answer), {"done": done}).status_code == 422
    with pytest.raises(Refused):
        acknowledge_safety(by=cast.therapist, answer=answer, done=" ")
    answer.refresh_from_db()
    assert answer.acknowledged_at is None


def test_who_comes_second_is_told_and_keeps_what_they_typed(cast: Cast, sign_in: Any) -> None:
    answer = risky(cast)
    acknowledge_safety(by=cast.owner, answer=answer, done="Rang.")
    page = sign_in(cast.therapist).post(url(answer), {"done": "I rang as well."})
    text = page.content.decode()
    assert page.status_code == 409
    assert "Olive Owner saw to this already." in text
    assert "I rang as well." in text
    assert "Rang." in text
    answer.refresh_from_db()
    assert answer.done == "Rang."


@pytest.mark.parametrize(
    "who", ["other_therapist", "supervisor", "client_person", "other_client_person", None]
)
def test_to_a_stranger_there_is_no_answer(cast: Cast, sign_in: Any, who: str | None) -> None:
    answer = risky(cast)
    browser = sign_in(cast[who] if who else None)
    expected = 302 if who is None else 404
    assert browser.get(url(answer)).status_code == expected
    assert browser.post(url(answer), {"done": "x"}).status_code == expected
    assert browser.get(f"/clients/{cast.client.pk}/safety/").status_code == expected
    if who == "other_therapist":
        assert "Cleo" not in browser.get("/safety/").content.decode()
    else:
        assert browser.get("/safety/").status_code == expected
    if who:
        with pytest.raises(NotYours):
            acknowledge_safety(by=cast[who], answer=answer, done="x")


def test_the_deputy_does_not_see_what_can_wait(cast: Cast, sign_in: Any) -> None:
    answer = uneasy(cast)
    assert sign_in(cast.owner).get(url(answer)).status_code == 404


def test_whoever_looked_is_witnessed_and_no_word_of_it_is_in_the_audit(
    cast: Cast, sign_in: Any
) -> None:
    answer, browser = risky(cast), sign_in(cast.owner)
    browser.get("/safety/")
    browser.post(url(answer), {"done": "Rang her."})
    events = Event.objects.filter(client_id=cast.client.pk, actor_id=cast.owner.pk)
    assert {"safety.viewed", "safety.acknowledged"} <= {one.what for one in events}
    assert "Rang" not in "".join(str(one.facts) for one in Event.objects.all())


def test_a_long_list_asks_no_more_of_the_database(
    cast: Cast, sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    browser = sign_in(cast.owner)
    risky(cast)
    risky(cast, cast.other_care)
    with django_assert_max_num_queries(40) as few:
        browser.get("/safety/")
    for number in range(2, 12):
        risky(cast, number=number)
    with django_assert_max_num_queries(len(few.captured_queries)):
        browser.get("/safety/")


def test_the_client_s_record_tells_of_them_to_whom_it_is_open(cast: Cast) -> None:
    risky(cast)
    assert len(safety_of(cast.client, viewer=cast.therapist)) == 1
    for person in (cast.owner, cast.client_person, cast.other_therapist):
        with pytest.raises(NotYours):
            safety_of(cast.client, viewer=person)


def test_a_share_of_signals_opens_no_single_answer(cast: Cast, sign_in: Any) -> None:
    answer = risky(cast)
    Share.objects.create(
        client=cast.client,
        therapist=cast.therapist,
        supervisor=cast.supervisor,
        parts=["signals", "course"],
        purpose="To learn.",
        client_agreed_at=timezone.now(),
        ends_at=timezone.now() + timedelta(days=30),
    )
    browser = sign_in(cast.supervisor)
    assert browser.get(f"/clients/{cast.client.pk}/signals/").status_code == 200
    assert browser.get(f"/clients/{cast.client.pk}/safety/").status_code == 404
    assert browser.get(url(answer)).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_who_see_to_it_at_once_one_is_kept(cast: Cast) -> None:
    answer = risky(cast)
    outcomes: list[str] = []

    def see_to(person: Any) -> None:
        try:
            acknowledge_safety(by=person, answer=answer, done=person.name)
            outcomes.append(person.name)
        except Stale:
            outcomes.append("stale")
        finally:
            connection.close()

    threads = [threading.Thread(target=see_to, args=(one,)) for one in (cast.therapist, cast.owner)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    answer.refresh_from_db()
    assert sorted(outcomes) == sorted([answer.done, "stale"])
