"""A mail says that something waits to be read, and nothing else: once, by day, if it is wanted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from holdfast_web.audit.models import Event
from holdfast_web.care.actions import end_care
from holdfast_web.care.models import CareRelationship
from holdfast_web.correspondence.actions.marking import read_messages, take_back
from holdfast_web.correspondence.actions.writing import send_message
from holdfast_web.correspondence.letter import Letter
from holdfast_web.correspondence.models import Message
from holdfast_web.correspondence.notices import notices_due
from tests.web.agreeing import agreed_upon
from tests.web.conftest import Cast

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
LATER = MONDAY + timedelta(minutes=5)
WHY = "a test"


@pytest.fixture(autouse=True)
def _agreed(cast: Cast) -> None:
    agreed_upon(cast)


def from_therapist(cast: Cast, at: datetime = MONDAY) -> Message:
    letter = Letter("The marmalade is ready.", about="Quinces", at=at)
    return send_message(by=cast.therapist, client=cast.client, letter=letter)


def from_client(cast: Cast, at: datetime = MONDAY) -> Message:
    letter = Letter("The marmalade is ready.", about="Quinces", at=at)
    return send_message(by=cast.client_person, client=cast.client, letter=letter)


def test_it_says_that_something_waits_and_nothing_else(cast: Cast) -> None:
    from_therapist(cast)
    assert notices_due(LATER) == 1
    (letter,) = mail.outbox
    assert letter.to == [cast.client_person.email]
    told = f"{letter.subject} {letter.body}".lower()
    for word in ("quince", "marmalade", "cleo", "tessa", "harbour", "therap", "message"):
        assert word not in told
    assert Event.objects.filter(what="message.noticed", client_id=cast.client.pk).count() == 1


def test_a_therapist_is_told_as_well(cast: Cast) -> None:
    from_client(cast)
    assert notices_due(LATER) == 1
    assert mail.outbox[0].to == [cast.therapist.email]
    assert "cleo" not in mail.outbox[0].body.lower()


def test_there_is_one_until_they_have_looked(cast: Cast) -> None:
    first = from_therapist(cast)
    assert notices_due(LATER) == 1
    second = from_therapist(cast, LATER)
    assert notices_due(LATER + timedelta(hours=1)) == 0
    read_messages(by=cast.client_person, client=cast.client, messages=[first.pk])
    assert notices_due(LATER + timedelta(hours=2)) == 1
    read_messages(by=cast.client_person, client=cast.client, messages=[second.pk])
    assert notices_due(LATER + timedelta(hours=3)) == 0


def test_several_that_wait_make_one_mail(cast: Cast) -> None:
    for _ in range(3):
        from_therapist(cast)
    assert notices_due(LATER) == 1
    assert len(mail.outbox) == 1


def test_nothing_is_told_before_a_message_arrives(cast: Cast) -> None:
    friday_evening = datetime(2026, 2, 27, 20, 0, tzinfo=UTC)
    from_client(cast, friday_evening)
    for hours in (0, 14, 20, 38):
        assert notices_due(friday_evening + timedelta(hours=hours)) == 0
    assert notices_due(datetime(2026, 3, 2, 9, 0, tzinfo=UTC)) == 1


@pytest.mark.parametrize("hour", [0, 5, 7, 21, 23])
def test_at_night_nobody_is_mailed(cast: Cast, hour: int) -> None:
    from_therapist(cast)
    assert notices_due(datetime(2026, 3, 3, hour, 59, tzinfo=UTC)) == 0
    assert notices_due(datetime(2026, 3, 4, 8, 0, tzinfo=UTC)) == 1


def test_night_is_night_where_the_practice_is(cast: Cast) -> None:
    at = datetime(2026, 7, 6, 10, 0, tzinfo=UTC)
    from_therapist(cast, at)
    assert notices_due(datetime(2026, 7, 7, 20, 30, tzinfo=UTC)) == 0
    assert notices_due(datetime(2026, 7, 8, 7, 30, tzinfo=UTC)) == 1


def test_whoever_wants_no_mails_gets_none(cast: Cast) -> None:
    cast.client.no_email = True
    cast.client.save()
    from_therapist(cast)
    from_client(cast)
    assert notices_due(LATER) == 1
    assert mail.outbox[0].to == [cast.therapist.email]


def test_what_was_read_or_taken_back_is_not_told(cast: Cast) -> None:
    message = from_therapist(cast)
    read_messages(by=cast.client_person, client=cast.client, messages=[message.pk])
    take_back(by=cast.client_person, message=from_client(cast))
    assert notices_due(LATER) == 0


def test_after_the_care_and_without_an_account_nobody_is_told(cast: Cast) -> None:
    from_therapist(cast)
    cast.client_person.is_active = False
    cast.client_person.save()
    assert notices_due(LATER) == 0
    cast.client_person.is_active = True
    cast.client_person.save()
    end_care(by=cast.owner, care=CareRelationship.objects.get(pk=cast.care.pk))
    assert notices_due(LATER) == 0


def test_a_mail_that_does_not_leave_is_tried_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(self: EmailBackend, messages: object) -> int:
        raise ConnectionRefusedError

    from_therapist(cast)
    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", down)
        assert notices_due(LATER) == 0
    assert Event.objects.filter(what="message.notice_failed").count() == 1
    assert notices_due(LATER + timedelta(minutes=1)) == 1
    row = Message.objects.for_the_practice(WHY).get()
    assert row.noticed_at == LATER + timedelta(minutes=1)


def test_it_costs_the_same_for_many(cast: Cast, django_assert_max_num_queries: object) -> None:
    for _ in range(6):
        from_therapist(cast)
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        assert notices_due(LATER) == 1
