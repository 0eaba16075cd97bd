"""Client and therapist write to each other, within what they agreed."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client as Browser
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.actions import accept, propose
from holdfast_web.agreements.models import Version
from holdfast_web.audit.models import Event
from holdfast_web.care.actions import end_care, open_in_an_emergency, open_record
from holdfast_web.care.models import CareRelationship, Practice
from holdfast_web.correspondence.actions.drafting import save_draft
from holdfast_web.correspondence.actions.marking import (
    read_messages,
    settle,
    take_back,
)
from holdfast_web.correspondence.actions.writing import send_message
from holdfast_web.correspondence.contact import A_DAY, contact_of
from holdfast_web.correspondence.hours import delivery
from holdfast_web.correspondence.letter import Letter
from holdfast_web.correspondence.models import Draft, Message, Thread
from holdfast_web.correspondence.queries.talk import A_PAGE, talk_in
from holdfast_web.correspondence.queries.threads import (
    correspondents,
    thread_row,
    threads_with,
)
from holdfast_web.correspondence.queries.waiting import overdue_in_the_practice, waiting_for
from holdfast_web.keeping.record.written import thread_facts
from holdfast_web.lib.refusals import NotYours, Refused, Stale
from holdfast_web.vault.keys import opened
from tests.web.agreeing import agreed_upon
from tests.web.conftest import Cast
from tests.web.dumps import everything_in_the_database
from tests.web.writing import last_open

SignIn = Callable[[Person | None], Browser]
WHY = "a test"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LATE = datetime(2026, 3, 6, 23, 4, tzinfo=UTC)
"""A Friday evening."""
MONDAY_NINE = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)


@pytest.fixture
def agreed(cast: Cast) -> Version:
    return agreed_upon(cast)


@pytest.fixture
def always(cast: Cast, agreed: Version) -> Version:
    """Messages are read at any hour: what is sent arrives at once, whenever the tests run."""
    return contact(cast, days=list(DAYS), hours_from="00:00", hours_until="00:00")


@pytest.fixture
def never_now(cast: Cast, agreed: Version) -> Version:
    """Messages are read on one day that isn't near."""
    far = (timezone.now() + timedelta(days=3)).weekday()
    return contact(cast, days=[DAYS[far]], hours_from="09:00", hours_until="18:00")


def contact(cast: Cast, **terms: Any) -> Version:
    now = Version.objects.for_the_practice(WHY).get(client=cast.client, status="accepted")
    changed = propose(
        by=cast.therapist, client=cast.client, changes={"contact": {"terms": terms}}, based_on=now
    )
    return accept(by=cast.client_person, version=changed)


def write(cast: Cast, words: str = "Can we meet an hour later?", **told: Any) -> Message:
    by = told.pop("by", cast.client_person)
    thread = told.pop("thread", None)
    letter = Letter(words, **{"about": "Thursday", **told})
    return send_message(by=by, client=cast.client, letter=letter, thread=thread)


def theirs(cast: Cast) -> str:
    return f"/clients/{cast.client.pk}/messages/"


def text_of(response: Any) -> str:
    plain = re.sub(r"<[^>]+>", " ", unescape(response.content.decode()))
    return re.sub(r"\s+", " ", plain)


def sent(**told: str) -> dict[str, str]:
    return {"words": "Can we meet later?", "about": "Thursday", "key": str(uuid4()), **told}


# --- Writing ------------------------------------------------------------------------------------


def test_a_message_within_the_hours_arrives_at_once(
    cast: Cast, always: Version, sign_in: SignIn
) -> None:
    client = sign_in(cast.client_person)
    assert "can read it at once" in text_of(client.get("/me/messages/write/"))
    response = client.post("/me/messages/write/", sent(), follow=True)
    assert "Sent." in text_of(response)
    assert "Not read yet." in text_of(response)
    therapist = sign_in(cast.therapist)
    assert "1 new" in text_of(therapist.get("/"))
    assert "Cleo Client 1 new" in text_of(therapist.get("/messages/"))
    page = therapist.get(f"{theirs(cast)}{Thread.objects.for_the_practice(WHY).get().pk}/")
    assert "Can we meet later?" in text_of(page)
    assert "Your answer is due by" in text_of(page)
    assert "Read today" in text_of(client.get(response.redirect_chain[-1][0].partition("#")[0]))


def test_whoever_writes_outside_the_hours_is_told_before_writing(
    cast: Cast, never_now: Version, sign_in: SignIn
) -> None:
    page = text_of(sign_in(cast.client_person).get("/me/messages/write/"))
    assert re.search(
        r"It is \d+:\d\d\. Tessa Therapist reads messages on \w+day, 9:00 to 18:00", page
    )
    assert "If you send it now, it waits until" in page
    assert "and you can expect an answer by" in page
    assert "Until then Tessa Therapist sees nothing of it." in page


def test_a_late_message_is_kept_and_arrives_when_the_hours_begin(
    cast: Cast, agreed: Version
) -> None:
    message = write(cast, at=LATE)
    assert message.delivered_at == MONDAY_NINE
    assert message.answer_by == MONDAY_NINE + timedelta(hours=48)


def test_the_therapist_sees_nothing_of_it_before(
    cast: Cast, never_now: Version, sign_in: SignIn
) -> None:
    message = write(cast)
    therapist = sign_in(cast.therapist)
    assert waiting_for(cast.therapist).unread == 0
    assert "new" not in text_of(therapist.get("/messages/"))
    assert "Thursday" not in text_of(therapist.get(theirs(cast)))
    assert therapist.get(f"{theirs(cast)}{message.thread_id}/").status_code == 404
    client = sign_in(cast.client_person)
    assert "Waits until" in text_of(client.get(f"/me/messages/{message.thread_id}/"))
    mine = text_of(client.get("/me/messages/"))
    assert "1 waits to arrive" in mine
    assert "the last today" in mine


def test_the_therapists_own_late_message_waits_as_well(
    cast: Cast, agreed: Version, sign_in: SignIn
) -> None:
    message = write(cast, by=cast.therapist, at=LATE)
    assert (message.delivered_at, message.answer_by) == (MONDAY_NINE, None)


def test_a_therapist_can_write_for_later_and_a_client_needs_not(
    cast: Cast, agreed: Version
) -> None:
    tuesday = datetime(2026, 3, 10, 20, 0, tzinfo=UTC)
    message = write(cast, by=cast.therapist, at=LATE, not_before=tuesday)
    assert message.delivered_at == datetime(2026, 3, 11, 9, 0, tzinfo=UTC)
    with pytest.raises(Refused, match="60 days"):
        write(cast, by=cast.therapist, at=LATE, not_before=LATE + timedelta(days=61))
    with pytest.raises(Refused, match="when you send it"):
        write(cast, at=LATE, not_before=tuesday)


def test_what_the_page_said_holds_or_nothing_is_sent(
    cast: Cast, never_now: Version, sign_in: SignIn
) -> None:
    """The page was opened within the hours, and they ended while somebody wrote."""
    client = sign_in(cast.client_person)
    response = client.post("/me/messages/write/", sent(told="now"))
    assert response.status_code == 409
    assert "Nothing was sent yet" in text_of(response)
    assert "Can we meet later?" in response.content.decode()
    assert not Message.objects.for_the_practice(WHY).exists()
    assert client.post("/me/messages/write/", sent(told="later")).status_code == 302


def test_times_are_those_where_the_practice_is(
    cast: Cast, agreed: Version, sign_in: SignIn
) -> None:
    Practice.objects.update(time_zone="Asia/Tokyo")
    message = write(cast, at=LATE)
    assert message.delivered_at == datetime(2026, 3, 9, 0, 0, tzinfo=UTC)
    page = text_of(sign_in(cast.client_person).get(f"/me/messages/{message.thread_id}/"))
    assert "8:04" in page


def test_over_the_amount_one_is_told_and_not_stopped(
    cast: Cast, always: Version, sign_in: SignIn
) -> None:
    for _ in range(A_DAY):
        write(cast)
    client = sign_in(cast.client_person)
    assert f"You have sent {A_DAY} messages today." in text_of(client.get("/me/messages/write/"))
    assert client.post("/me/messages/write/", sent()).status_code == 302


def test_each_page_to_write_on_says_that_it_is_no_emergency_channel(
    cast: Cast, always: Version, sign_in: SignIn
) -> None:
    message = write(cast)
    for browser, address in (
        (sign_in(cast.client_person), "/me/messages/write/"),
        (sign_in(cast.client_person), f"/me/messages/{message.thread_id}/"),
        (sign_in(cast.therapist), f"{theirs(cast)}write/"),
        (sign_in(cast.therapist), f"{theirs(cast)}{message.thread_id}/"),
    ):
        page = browser.get(address).content.decode()
        assert "This is no emergency channel." in page
        assert 'href="tel:999"' in page
        assert "You agreed not to use messages for: anything urgent" in page
        assert "agreement/change/contact/" in page


def test_an_empty_or_a_far_too_long_message_stays_in_the_form(
    cast: Cast, always: Version, sign_in: SignIn
) -> None:
    client = sign_in(cast.client_person)
    for words, problem in (("  ", "Please write something first."), ("x" * 8001, "too long")):
        response = client.post("/me/messages/write/", sent(words=words))
        assert response.status_code == 422
        assert problem in text_of(response)
    assert not Message.objects.for_the_practice(WHY).exists()


def test_sentences_can_be_borrowed_and_what_was_typed_stays(
    cast: Cast, always: Version, sign_in: SignIn
) -> None:
    client = sign_in(cast.client_person)
    told = sent(borrow="c_why", words="About the evening.")
    page = client.post("/me/messages/write/", told).content.decode()
    assert "About the evening. Can you tell me why we agreed on this limit?" in unescape(page)
    assert told["key"] in page
    therapist = sign_in(cast.therapist).get(f"{theirs(cast)}write/").content.decode()
    assert "t_no_blame" in therapist
    assert "c_why" not in therapist


# --- What was not agreed ------------------------------------------------------------------------


def test_without_an_agreement_neither_can_write_and_the_page_says_why(
    cast: Cast, sign_in: SignIn
) -> None:
    for browser, address in (
        (sign_in(cast.client_person), "/me/messages/"),
        (sign_in(cast.therapist), theirs(cast)),
    ):
        page = browser.get(address)
        assert "There is no working agreement yet that both have accepted." in text_of(page)
        assert "agreement/" in page.content.decode()
        assert browser.post(f"{address}write/", sent()).status_code == 403


def test_where_messages_are_not_agreed_they_can_be_proposed(
    cast: Cast, agreed: Version, sign_in: SignIn
) -> None:
    contact(cast, channels=["phone"])
    for browser, address, change in (
        (sign_in(cast.client_person), "/me/messages/", "/me/agreement/change/contact/"),
        (
            sign_in(cast.therapist),
            theirs(cast),
            f"/clients/{cast.client.pk}/agreement/change/contact/",
        ),
    ):
        page = browser.get(address).content.decode()
        assert "doesn’t name “messages in Holdfast”" in page
        assert f'href="{change}"' in page
        assert browser.get(change).status_code == 200
        assert browser.post(f"{address}write/", sent()).status_code == 403


def test_the_agreement_of_a_former_therapist_lets_nobody_write(cast: Cast, agreed: Version) -> None:
    end_care(by=cast.owner, care=cast.care)
    new_care(cast)
    with pytest.raises(Refused, match="no working agreement"):
        write(cast)


def new_care(cast: Cast) -> CareRelationship:
    care = CareRelationship(client=cast.client, therapist=cast.other_therapist)
    care.save()
    return care


def test_when_care_has_ended_a_thread_can_be_read_and_not_written_in(
    cast: Cast, always: Version, sign_in: SignIn
) -> None:
    message = write(cast)
    end_care(by=cast.therapist, care=cast.care)
    client = sign_in(cast.client_person)
    page = text_of(client.get(f"/me/messages/{message.thread_id}/"))
    assert "Can we meet an hour later?" in page
    assert "The care has ended" in page
    assert "Closed for writing" in text_of(client.get("/me/messages/"))
    assert client.post(f"/me/messages/{message.thread_id}/", sent()).status_code == 403
    assert sign_in(cast.therapist).get(theirs(cast)).status_code == 404
    assert "new" not in text_of(sign_in(cast.therapist).get("/messages/"))


def test_a_new_therapist_sees_old_threads_only_where_the_client_passed_them_on(
    cast: Cast, always: Version
) -> None:
    kept, passed = write(cast, words="Kept"), write(cast, words="Passed on")
    end_care(by=cast.therapist, care=cast.care)
    care = new_care(cast)
    new = cast.other_therapist
    assert threads_with(cast.client, viewer=new).lines == ()
    Thread.objects.for_the_practice(WHY).filter(pk=passed.thread_id).update(handed_to=care)
    (line,) = threads_with(cast.client, viewer=new).lines
    assert line.id == passed.thread_id
    with pytest.raises(NotYours):
        thread_row(kept.thread_id, cast.client, viewer=new)
    row = thread_row(passed.thread_id, cast.client, viewer=new)
    read_messages(by=new, client=cast.client, messages=[passed.pk])
    (one,) = talk_in(row, viewer=new).messages
    assert one.read_at is None, "it wasn't written to them"


# --- Reading, answering, taking back ------------------------------------------------------------


def test_reply_time_is_shown_and_watched(cast: Cast, agreed: Version, sign_in: SignIn) -> None:
    at = last_open(cast.client) - timedelta(days=14)
    message = write(cast, at=at)
    assert waiting_for(cast.therapist).overdue == 1
    assert overdue_in_the_practice() == 1
    therapist = sign_in(cast.therapist)
    assert "1 late" in text_of(therapist.get("/"))
    assert "1 waits for longer than agreed" in text_of(therapist.get("/messages/"))
    assert "Your answer was due" in text_of(therapist.get(f"{theirs(cast)}{message.thread_id}/"))
    client = sign_in(cast.client_person)
    assert "The answer was due" in text_of(client.get(f"/me/messages/{message.thread_id}/"))
    write(cast, words="Yes, at five.", by=cast.therapist, thread=message.thread)
    assert waiting_for(cast.therapist).overdue == 0
    assert overdue_in_the_practice() == 0


def test_an_answer_answers_what_was_read_and_not_what_still_waits(
    cast: Cast, agreed: Version
) -> None:
    at = last_open(cast.client)
    early = write(cast, at=at - timedelta(minutes=1))
    hidden = write(cast, thread=early.thread, at=LATE)
    Message.objects.for_the_practice(WHY).filter(pk=hidden.pk).update(
        delivered_at=timezone.now() + timedelta(days=1)
    )
    read_messages(by=cast.therapist, client=cast.client, messages=[early.pk, hidden.pk])
    write(cast, by=cast.therapist, thread=early.thread)
    states = dict(
        Message.objects.for_the_practice(WHY)
        .filter(author=cast.client_person)
        .values_list("pk", "answered_at")
    )
    assert states[early.pk] is not None
    assert states[hidden.pk] is None


def test_a_message_can_need_no_answer_and_the_client_sees_that(
    cast: Cast, always: Version, sign_in: SignIn
) -> None:
    message = write(cast, words="Thank you!")
    with pytest.raises(Refused):
        settle(by=cast.client_person, message=message)
    therapist = sign_in(cast.therapist)
    therapist.post(f"{theirs(cast)}settled/{message.pk}/")
    page = text_of(sign_in(cast.client_person).get(f"/me/messages/{message.thread_id}/"))
    assert "Answered, or seen to, today." in page
    assert therapist.post(f"{theirs(cast)}settled/{message.pk}/").status_code == 403


def test_an_unread_message_can_be_taken_back_and_its_reader_never_sees_it(
    cast: Cast, always: Version, sign_in: SignIn
) -> None:
    message = write(cast, words="I didn't mean it")
    client = sign_in(cast.client_person)
    client.post(f"/me/messages/take-back/{message.pk}/")
    assert "You took this back" in text_of(client.get(f"/me/messages/{message.thread_id}/"))
    assert waiting_for(cast.therapist).unread == 0
    therapist = sign_in(cast.therapist)
    assert therapist.get(f"{theirs(cast)}{message.thread_id}/").status_code == 404
    assert therapist.post(f"{theirs(cast)}take-back/{message.pk}/").status_code == 404


def test_what_was_read_can_not_be_taken_back(cast: Cast, always: Version, sign_in: SignIn) -> None:
    message = write(cast)
    read_messages(by=cast.therapist, client=cast.client, messages=[message.pk])
    with pytest.raises(Stale, match="read already"):
        take_back(by=cast.client_person, message=message)
    response = sign_in(cast.client_person).post(
        f"/me/messages/take-back/{message.pk}/", follow=True
    )
    assert "It was read already." in text_of(response)
    with pytest.raises(Refused):
        take_back(by=cast.therapist, message=message)


def test_taking_an_answer_back_leaves_the_question_open(cast: Cast, always: Version) -> None:
    message = write(cast)
    read_messages(by=cast.therapist, client=cast.client, messages=[message.pk])
    answer = write(cast, by=cast.therapist, thread=message.thread)
    take_back(by=cast.therapist, message=answer)
    message.refresh_from_db()
    assert message.answered_at is None


def test_new_messages_come_without_a_reload(cast: Cast, always: Version, sign_in: SignIn) -> None:
    message = write(cast)
    client = sign_in(cast.client_person)
    page = client.get(f"/me/messages/{message.thread_id}/").content.decode()
    found = re.search(r'hx-get="([^"]+)"', page)
    assert found
    look = unescape(found[1])
    assert client.get(look).status_code == 204
    write(cast, words="At five, then.", by=cast.therapist, thread=message.thread)
    fragment = client.get(look)
    assert "At five, then." in text_of(fragment)
    assert "A new message has arrived." in text_of(fragment)
    assert "<html" not in fragment.content.decode()
    assert waiting_for(cast.client_person).unread == 0


def test_lists_look_for_new_ones_as_well(cast: Cast, always: Version, sign_in: SignIn) -> None:
    client, therapist = sign_in(cast.client_person), sign_in(cast.therapist)
    for browser, address in ((client, "/me/messages/"), (therapist, "/messages/")):
        assert browser.get(f"{address}new/?seen=0-0").status_code == 204
    write(cast)
    assert "1 new" in text_of(therapist.get("/messages/new/?seen=0-0"))
    assert therapist.get(f"{theirs(cast)}new/?seen=1-0").status_code == 204


def test_a_page_that_looks_by_itself_keeps_nobody_signed_in(
    cast: Cast, always: Version, sign_in: SignIn
) -> None:
    client = sign_in(cast.client_person)
    session = client.session
    then = session["last_seen"] = int(timezone.now().timestamp()) - settings.IDLE_SECONDS + 60
    session.save()
    client.get("/me/messages/new/", headers={"HX-Request": "true"})
    assert client.session["last_seen"] == then
    client.get("/me/messages/")
    assert client.session["last_seen"] > then


# --- Drafts -------------------------------------------------------------------------------------


def test_a_draft_is_kept_while_one_types_and_is_ones_own(
    cast: Cast, always: Version, sign_in: SignIn
) -> None:
    client = sign_in(cast.client_person)
    kept = client.post("/me/messages/draft/", sent(words="I would like", edition="0"))
    assert "Draft kept today" in text_of(kept)
    assert 'name="edition" value="1"' in kept.content.decode()
    assert "I would like" in client.get("/me/messages/write/").content.decode()
    other = sign_in(cast.therapist).get(f"{theirs(cast)}write/").content.decode()
    assert "I would like" not in other


def test_two_windows_do_not_overwrite_each_other(
    cast: Cast, always: Version, sign_in: SignIn
) -> None:
    client = sign_in(cast.client_person)
    client.post("/me/messages/draft/", sent(words="In one window", edition="0"))
    again = client.post("/me/messages/draft/", sent(words="In the other", edition="0"))
    assert again.status_code == 409
    assert "changed in another window" in text_of(again)
    page = client.post("/me/messages/write/", sent(words="In the other", edition="0", keep="yes"))
    assert page.status_code == 409
    assert {"In one window", "In the other"} <= set(
        re.findall(r">(In [^<]+)<", page.content.decode())
    )
    (draft,) = Draft.objects.for_the_practice(WHY)
    assert draft.words == "In one window"


def test_sending_removes_the_draft_unless_another_window_changed_it(
    cast: Cast, always: Version
) -> None:
    told: dict[str, Any] = {"by": cast.client_person, "client": cast.client, "thread": None}
    save_draft(**told, words="Mine")
    write(cast, words="Mine", edition=1)
    assert not Draft.objects.for_the_practice(WHY).exists()
    save_draft(**told, words="Mine")
    save_draft(**told, words="Somewhere else", edition=1)
    write(cast, words="Mine", edition=1)
    assert Draft.objects.for_the_practice(WHY).get().words == "Somewhere else"


def test_a_draft_that_comes_after_it_was_sent_brings_nothing_back(
    cast: Cast, always: Version, sign_in: SignIn
) -> None:
    client, told = sign_in(cast.client_person), sent()
    client.post("/me/messages/write/", told)
    assert client.post("/me/messages/draft/", {**told, "edition": "0"}).status_code == 200
    assert not Draft.objects.for_the_practice(WHY).exists()


def test_a_draft_can_be_thrown_away(cast: Cast, always: Version, sign_in: SignIn) -> None:
    client = sign_in(cast.client_person)
    client.post("/me/messages/draft/", sent(words="Rather not", edition="0"))
    client.post("/me/messages/write/", sent(drop="yes"))
    assert not Draft.objects.for_the_practice(WHY).exists()


# --- Twice, at once, many -----------------------------------------------------------------------


def test_a_double_click_sends_once(cast: Cast, always: Version, sign_in: SignIn) -> None:
    client, told = sign_in(cast.client_person), sent()
    first, second = (client.post("/me/messages/write/", told) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Message.objects.for_the_practice(WHY).count() == 1
    assert Thread.objects.for_the_practice(WHY).count() == 1


def test_a_key_of_somebody_elses_message_opens_nothing(cast: Cast, always: Version) -> None:
    message = write(cast)
    with pytest.raises(NotYours):
        write(cast, by=cast.therapist, key=message.pk)


@pytest.mark.django_db(transaction=True)
def test_the_same_message_from_two_windows_at_once_is_kept_once(
    cast: Cast, always: Version
) -> None:
    letter, problems = Letter("Once", about="A subject"), []

    def send() -> None:
        try:
            with opened():
                send_message(by=cast.client_person, client=cast.client, letter=letter)
        except Exception as error:  # noqa: BLE001 - a thread's error is looked at below
            problems.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not problems
    assert Message.objects.for_the_practice(WHY).count() == 1


def test_a_long_thread_comes_in_pages(cast: Cast, always: Version, sign_in: SignIn) -> None:
    first = write(cast, words="Message 000")
    for number in range(1, A_PAGE + 5):
        write(cast, words=f"Message {number:03}", thread=first.thread)
    browser = sign_in(cast.therapist)
    last = browser.get(f"{theirs(cast)}{first.thread_id}/")
    assert "Message 034" in text_of(last)
    assert "Message 004" not in text_of(last)
    found = re.search(r'href="([^"]+before=[^"]+)"', last.content.decode())
    assert found
    assert waiting_for(cast.therapist).unread == 5, "what wasn't shown isn't read"
    before = text_of(browser.get(found[1]))
    assert "Message 000" in before
    assert "Message 004" in before
    assert "Message 005" not in before
    assert waiting_for(cast.therapist).unread == 0
    assert browser.get(f"{theirs(cast)}{first.thread_id}/?before=nothing").status_code == 404


def test_more_threads_and_messages_ask_the_database_no_more(
    cast: Cast, always: Version, sign_in: SignIn, django_assert_num_queries: Any
) -> None:
    first = write(cast)
    browser = sign_in(cast.client_person)
    browser.get("/me/messages/")
    pages = ("/me/messages/", f"/me/messages/{first.thread_id}/")
    few = [_queries(browser, page) for page in pages]
    for _ in range(8):
        write(cast)
        write(cast, thread=first.thread)
    assert [_queries(browser, page) for page in pages] == few
    therapist = sign_in(cast.therapist)
    therapist.get("/messages/")
    few = [_queries(therapist, "/messages/")]
    another = open_record(by=cast.therapist, name="Another", therapist=cast.therapist)
    row = Thread(client=another.client, care=another, about="A", begun_by=cast.therapist)
    row.save()
    Message(
        client=another.client,
        thread=row,
        author=cast.therapist,
        words="W",
        delivered_at=timezone.now(),
    ).save()
    assert "Another" in text_of(therapist.get("/messages/"))
    assert [_queries(therapist, "/messages/")] == few


def _queries(browser: Browser, address: str) -> int:
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as found:
        assert browser.get(address).status_code == 200
    return len(found)


def test_the_menu_counts_with_one_query(
    cast: Cast, always: Version, django_assert_num_queries: Any
) -> None:
    write(cast)
    for person in (cast.therapist, cast.client_person):
        with django_assert_num_queries(1):
            waiting_for(person)
    with django_assert_num_queries(0):
        assert waiting_for(cast.owner).unread == 0


# --- Who sees what ------------------------------------------------------------------------------


def test_strangers_supervisors_and_owners_find_nothing(
    cast: Cast, always: Version, sign_in: SignIn
) -> None:
    message = write(cast)
    for person in (cast.owner, cast.supervisor, cast.other_therapist, cast.other_client_person):
        browser = sign_in(person)
        for page in ("", "write/", f"{message.thread_id}/", f"{message.thread_id}/new/"):
            assert browser.get(theirs(cast) + page).status_code == 404
        assert browser.get(f"/me/messages/{message.thread_id}/").status_code == 404
    assert overdue_in_the_practice() == 0


def test_in_an_emergency_messages_can_be_read_and_nothing_is_marked(
    cast: Cast, never_now: Version, sign_in: SignIn
) -> None:
    message = write(cast, words="I can't sleep")
    open_in_an_emergency(by=cast.owner, client=cast.client, reason="Nobody could be reached.")
    browser = sign_in(cast.owner)
    assert "I can't sleep" in text_of(browser.get(f"{theirs(cast)}{message.thread_id}/"))
    assert browser.post(f"{theirs(cast)}{message.thread_id}/", sent()).status_code in (403, 404)
    message.refresh_from_db()
    assert message.read_at is None


def test_reads_and_writes_are_in_the_audit_without_words(
    cast: Cast, always: Version, sign_in: SignIn
) -> None:
    message = write(cast, words="A quince lantern", about="The marmalade")
    sign_in(cast.therapist).get(f"{theirs(cast)}{message.thread_id}/")
    events = Event.objects.filter(client_id=cast.client.pk)
    told = {(one.what, one.actor_id) for one in events}
    assert ("message.sent", cast.client_person.pk) in told
    assert ("message.read", cast.therapist.pk) in told
    assert ("messages.viewed", cast.therapist.pk) in told
    heap = everything_in_the_database()
    assert b"quince" not in heap
    assert b"marmalade" not in heap


def test_the_clients_copy_holds_what_they_wrote_and_what_reached_them(
    cast: Cast, always: Version
) -> None:
    first = write(cast, words="Mine")
    write(cast, words="Theirs", by=cast.therapist, thread=first.thread)
    gone = write(cast, words="Gone", by=cast.therapist, thread=first.thread)
    take_back(by=cast.therapist, message=gone)
    save_draft(by=cast.client_person, client=cast.client, thread=first.thread, words="Draft")
    (thread,) = thread_facts(cast.client)
    assert [one["words"] for one in thread["messages"]] == ["Mine", "Theirs"]
    assert thread["about"] == "Thursday"


def test_correspondents_come_by_what_waits_longest(cast: Cast, agreed: Version) -> None:
    write(cast, at=last_open(cast.client) - timedelta(days=14))
    (one,) = correspondents(viewer=cast.therapist)
    assert (one.name, one.unread, one.overdue) == ("Cleo Client", 1, 1)
    assert correspondents(viewer=cast.other_therapist) == ()


def test_hours_are_those_of_the_clause(cast: Cast, agreed: Version) -> None:
    contact(cast, days=["sat"], hours_from="20:00", hours_until="23:30", reply_within_hours=5)
    found = contact_of(cast.client)
    assert found.hours is not None
    assert found.within == 5
    assert delivery(LATE, found.hours) == datetime(2026, 3, 7, 20, 0, tzinfo=UTC)
    assert found.days_in_words == "on Saturday"
