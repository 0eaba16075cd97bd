"""When a message arrives, and until when it is answered: at any time, over changes of the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from holdfast_web.correspondence.contact import days_in_words
from holdfast_web.correspondence.hours import Hours, answer_by, delivery, foresee

LONDON = ZoneInfo("Europe/London")
WEEKDAYS = Hours(frozenset(range(5)), time(9), time(18), LONDON)
A_MINUTE = timedelta(minutes=1)
ZONES = (
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Havana",
    "Africa/Cairo",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
)
"""Among them: clocks that change at midnight, by half an hour, on Fridays."""

START = datetime(2024, 1, 1, tzinfo=UTC)
moments = some.integers(0, 4 * 365 * 24 * 60).map(lambda minute: START + minute * A_MINUTE)
clocks = some.builds(time, some.integers(0, 23), some.sampled_from((0, 15, 30, 59)))
hours_of_all_kinds = some.builds(
    Hours,
    days=some.sets(some.integers(0, 6), min_size=1).map(frozenset),
    begins=clocks,
    ends=clocks,
    zone=some.sampled_from(ZONES).map(ZoneInfo),
)


@given(moments, hours_of_all_kinds)
@example(
    datetime(2026, 3, 29, 0, 50, tzinfo=UTC),
    Hours(frozenset({6}), time(1, 15), time(1, 45), LONDON),
)
@example(
    datetime(2026, 10, 25, 0, 45, tzinfo=UTC),
    Hours(frozenset({6}), time(0, 30), time(1, 30), LONDON),
)
def test_it_never_arrives_outside_the_hours_nor_before_it_was_written(
    written: datetime, hours: Hours
) -> None:
    arrives = delivery(written, hours)
    assert arrives >= written
    assert hours.are_open(arrives)


@given(moments, hours_of_all_kinds)
def test_what_is_written_within_the_hours_arrives_at_once(written: datetime, hours: Hours) -> None:
    assert (delivery(written, hours) == written) == hours.are_open(written)


@settings(max_examples=40, deadline=None)
@given(moments, hours_of_all_kinds)
def test_it_waits_no_minute_longer_than_it_must(written: datetime, hours: Hours) -> None:
    arrives, minute = delivery(written, hours), written
    while minute < arrives:
        assert not hours.are_open(minute), minute
        minute += A_MINUTE


@given(moments, some.integers(0, 20_000), hours_of_all_kinds)
def test_what_is_written_later_never_arrives_earlier(
    written: datetime, minutes: int, hours: Hours
) -> None:
    assert delivery(written, hours) <= delivery(written + minutes * A_MINUTE, hours)


@given(moments, hours_of_all_kinds, some.sampled_from(ZONES).map(ZoneInfo))
def test_it_is_the_same_moment_wherever_it_is_read(
    written: datetime, hours: Hours, elsewhere: ZoneInfo
) -> None:
    arrives = delivery(written, hours)
    assert delivery(written.astimezone(elsewhere), hours) == arrives
    assert delivery(arrives, hours) == arrives


@given(moments, some.integers(1, 300), hours_of_all_kinds)
def test_an_answer_is_promised_for_as_many_hours_of_agreed_days(
    delivered: datetime, within: int, hours: Hours
) -> None:
    until = answer_by(delivered, within, hours)
    assert until - delivered >= timedelta(hours=within)
    if len(hours.days) == 7:
        assert until - delivered == timedelta(hours=within)
    just_before = (until - timedelta(seconds=1)).astimezone(hours.zone)
    assert just_before.weekday() in hours.days


@given(moments, some.integers(1, 300), hours_of_all_kinds)
def test_more_time_never_promises_an_earlier_answer(
    delivered: datetime, within: int, hours: Hours
) -> None:
    assert answer_by(delivered, within, hours) < answer_by(delivered, within + 1, hours)


@given(moments, hours_of_all_kinds, some.integers(1, 100), some.none() | moments)
def test_what_is_foreseen_is_what_happens(
    at: datetime, hours: Hours, within: int, not_before: datetime | None
) -> None:
    seen = foresee(at, hours, within, not_before)
    assert seen.delivered_at == delivery(max(at, not_before or at), hours)
    assert seen.answer_by == answer_by(seen.delivered_at, within, hours)
    assert seen.waits == (seen.delivered_at != at)
    assert foresee(at, hours).answer_by is None


@pytest.mark.parametrize(
    ("written", "arrives"),
    [
        # Friday evening, over the weekend.
        ((2026, 11, 27, 23, 4), (2026, 11, 30, 9, 0)),
        # Early on a working day; just before the end, and at it.
        ((2026, 11, 26, 6, 0), (2026, 11, 26, 9, 0)),
        ((2026, 11, 26, 17, 59), (2026, 11, 26, 17, 59)),
        ((2026, 11, 26, 18, 0), (2026, 11, 27, 9, 0)),
        # The clock goes forward on Sunday night, 29 March: nine o'clock comes an hour sooner.
        ((2026, 3, 27, 18, 30), (2026, 3, 30, 8, 0)),
        # The clock goes back on 25 October: nine o'clock comes an hour later.
        ((2026, 10, 23, 17, 30), (2026, 10, 26, 9, 0)),
    ],
)
def test_in_london(written: tuple[int, ...], arrives: tuple[int, ...]) -> None:
    assert delivery(datetime(*written, tzinfo=UTC), WEEKDAYS) == datetime(*arrives, tzinfo=UTC)  # type: ignore[arg-type,misc]


def test_hours_that_the_clock_jumps_over_begin_when_it_has_jumped() -> None:
    """At 1:00 it becomes 2:00: half past one never comes."""
    hours = Hours(frozenset({6}), time(1, 30), time(5), LONDON)
    midnight = datetime(2026, 3, 29, 0, 0, tzinfo=UTC)
    assert delivery(midnight, hours) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_hours_that_a_change_of_the_clock_swallows_come_a_week_later() -> None:
    hours = Hours(frozenset({6}), time(1, 15), time(1, 45), LONDON)
    midnight = datetime(2026, 3, 29, 0, 0, tzinfo=UTC)
    assert delivery(midnight, hours) == datetime(2026, 4, 5, 0, 15, tzinfo=UTC)


def test_hours_may_go_on_after_midnight() -> None:
    hours = Hours(frozenset({0}), time(20), time(0, 30), LONDON)
    assert hours.are_open(datetime(2026, 12, 1, 0, 15, tzinfo=UTC))
    assert not hours.are_open(datetime(2026, 12, 1, 20, 15, tzinfo=UTC))
    assert hours.are_open(datetime(2026, 11, 30, 20, 0, tzinfo=UTC))


def test_hours_that_end_when_they_begin_are_a_whole_day() -> None:
    hours = Hours(frozenset(range(7)), time(0), time(0), LONDON)
    assert all(hours.are_open(datetime(2026, 3, 29, hour, tzinfo=UTC)) for hour in range(24))


def test_days_that_were_not_agreed_do_not_count_for_an_answer() -> None:
    friday = datetime(2026, 11, 27, 17, 0, tzinfo=UTC)
    assert answer_by(friday, 48, WEEKDAYS) == datetime(2026, 12, 1, 17, 0, tzinfo=UTC)


def test_without_a_day_there_is_nothing_to_wait_for() -> None:
    with pytest.raises(ValueError, match="no hours"):
        delivery(datetime(2026, 11, 27, tzinfo=UTC), Hours(frozenset(), time(9), time(18), LONDON))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (range(5), "Monday to Friday"),
        (range(7), "every day"),
        ((5,), "on Saturday"),
        ((0, 3), "on Monday and Thursday"),
        ((0, 1), "on Monday and Tuesday"),
        ((0, 2, 4), "on Monday, Wednesday and Friday"),
        ((), ""),
    ],
)
def test_days_are_said_as_people_say_them(days: object, said: str) -> None:
    assert days_in_words(frozenset(days)) == said  # type: ignore[call-overload]


def test_every_day_of_a_year_has_its_hours_begin() -> None:
    day = date(2026, 1, 1)
    for ahead in range(365):
        midnight = datetime.combine(day + timedelta(days=ahead), time.min, LONDON)
        local = delivery(midnight, WEEKDAYS).astimezone(LONDON)
        assert (local.hour, local.minute) == (9, 0)
