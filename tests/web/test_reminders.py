"""A mail says that something waits, and nothing of what: once, in office hours, if it is wanted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from holdfast_web.audit.models import Event
from holdfast_web.measures.actions.asking import assign_instrument, hand_in, skip_sheet
from holdfast_web.measures.models import Sheet
from holdfast_web.measures.reminders import in_office_hours, remind_due
from tests.web.asking import all_at, held, sheet_of
from tests.web.conftest import Cast

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


@pytest.fixture
def sheet(cast: Cast) -> Sheet:
    held(cast)
    return waits_since(cast, MONDAY - timedelta(hours=5))


def waits_since(cast: Cast, then: datetime) -> Sheet:
    Sheet.objects.for_the_practice("a test").filter(client=cast.client).update(due_at=then)
    cast.care.starts_at = then - timedelta(days=90)
    cast.care.save()
    return sheet_of(cast)


def test_it_says_that_something_waits_and_nothing_else(cast: Cast, sheet: Sheet) -> None:
    assert remind_due(MONDAY) == 1
    (letter,) = mail.outbox
    assert letter.to == [cast.client_person.email]
    told = f"{letter.subject} {letter.body}".lower()
    for word in ("cleo", "tessa", "harbour", "session 1", "therap", "phq"):
        assert word not in told
    assert "waiting for you" in told
    assert Event.objects.filter(what="reminder.sent", client_id=cast.client.pk).count() == 1


def test_it_comes_once_for_each_sheet(cast: Cast, sheet: Sheet) -> None:
    assert remind_due(MONDAY) == 1
    assert remind_due(MONDAY + timedelta(hours=2)) == 0
    assert remind_due(MONDAY + timedelta(days=1)) == 0


def test_several_that_wait_make_one_mail(cast: Cast, sheet: Sheet) -> None:
    assign_instrument(by=cast.therapist, client=cast.client, instrument="phq-9")
    waits_since(cast, MONDAY - timedelta(hours=6))
    assert remind_due(MONDAY) == 1
    assert remind_due(MONDAY + timedelta(hours=1)) == 0


def test_whoever_wants_no_mails_gets_none(cast: Cast, sheet: Sheet) -> None:
    cast.client.no_email = True
    cast.client.save()
    assert remind_due(MONDAY) == 0


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 3, 2, 8, 59, tzinfo=UTC),
        datetime(2026, 3, 2, 18, 0, tzinfo=UTC),
        datetime(2026, 3, 1, 12, 0, tzinfo=UTC),
        datetime(2026, 2, 28, 12, 0, tzinfo=UTC),
    ],
)
def test_outside_office_hours_nobody_is_mailed(cast: Cast, now: datetime) -> None:
    held(cast)
    waits_since(cast, now - timedelta(hours=5))
    assert remind_due(now) == 0


def test_office_hours_are_those_where_the_practice_is(cast: Cast) -> None:
    practice_time = datetime(2026, 7, 6, 8, 30, tzinfo=UTC)
    assert in_office_hours(practice_time)
    assert not in_office_hours(datetime(2026, 1, 5, 8, 30, tzinfo=UTC))


def test_it_waits_some_hours_and_not_for_ever(cast: Cast, sheet: Sheet) -> None:
    waits_since(cast, MONDAY - timedelta(hours=3))
    assert remind_due(MONDAY) == 0
    waits_since(cast, MONDAY - timedelta(days=11))
    assert remind_due(MONDAY) == 0


def test_who_answered_is_left_alone(cast: Cast, sheet: Sheet) -> None:
    hand_in(by=cast.client_person, sheet=sheet, answers=all_at(8), edition=1)
    assert remind_due(MONDAY) == 0


def test_who_left_it_out_is_left_alone(cast: Cast, sheet: Sheet) -> None:
    skip_sheet(by=cast.client_person, sheet=sheet)
    assert remind_due(MONDAY) == 0


def test_who_has_no_account_no_care_or_was_closed_gets_none(cast: Cast, sheet: Sheet) -> None:
    cast.client_person.is_active = False
    cast.client_person.save()
    assert remind_due(MONDAY) == 0
    cast.client_person.is_active = True
    cast.client_person.save()
    cast.care.ends_at = MONDAY - timedelta(hours=1)
    cast.care.save()
    assert remind_due(MONDAY) == 0
    cast.client.person = None
    cast.client.save()
    assert remind_due(MONDAY) == 0


def test_a_mail_that_does_not_leave_is_tried_again(
    cast: Cast, sheet: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(self: EmailBackend, messages: object) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", down)
        assert remind_due(MONDAY) == 0
    assert Event.objects.filter(what="reminder.failed").count() == 1
    assert remind_due(MONDAY + timedelta(minutes=10)) == 1


def test_the_therapists_guess_is_no_matter_for_mails(cast: Cast, sheet: Sheet) -> None:
    remind_due(MONDAY)
    assert {one for letter in mail.outbox for one in letter.to} == {cast.client_person.email}
