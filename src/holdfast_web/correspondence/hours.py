"""When messages are read: hours of the clock on days of the week, where the practice is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

A_DAY = timedelta(days=1)
FURTHEST = 15
"""Days within which hours begin: a week, and another where a change of the clock swallowed them."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When messages are read.

    Attributes
    ----------
    days
        Days of the week, Monday is 0.
    begins, ends
        Times of the clock; hours that end before they begin go on into the next day.
    zone
        Where the practice is.

    Examples
    --------
    >>> hours = Hours(frozenset({0}), time(9), time(18), ZoneInfo("Europe/London"))
    >>> hours.are_open(datetime(2026, 11, 30, 9, 0, tzinfo=UTC))
    True
    """

    days: frozenset[int]
    begins: time
    ends: time
    zone: ZoneInfo

    def are_open(self, moment: datetime) -> bool:
        """Say whether messages are read at a moment."""
        local = moment.astimezone(self.zone)
        clock, today = local.time(), local.weekday()
        if self.begins < self.ends:
            return today in self.days and self.begins <= clock < self.ends
        if today in self.days and clock >= self.begins:
            return True
        return (today - 1) % 7 in self.days and clock < self.ends


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What happens to a message that is sent at a moment.

    Attributes
    ----------
    at
        The moment.
    delivered_at
        When it arrives.
    answer_by
        Until when an answer is promised; ``None`` where nobody promised one.
    """

    at: datetime
    delivered_at: datetime
    answer_by: datetime | None = None

    @property
    def waits(self) -> bool:
        """Whether it doesn't arrive at once."""
        return self.delivered_at > self.at


def foresee(
    at: datetime, hours: Hours, within: int | None = None, not_before: datetime | None = None
) -> Foreseen:
    """Say what happens to a message.

    Parameters
    ----------
    at
        When it is sent.
    hours
        When messages are read.
    within
        Hours in which an answer is promised.
    not_before
        When its writer wants it to arrive at the earliest.
    """
    arrives = delivery(max(at, not_before) if not_before else at, hours)
    return Foreseen(at, arrives, answer_by(arrives, within, hours) if within else None)


def delivery(written: datetime, hours: Hours) -> datetime:
    """Return when a message arrives: at once within the hours, else when they next begin.

    Examples
    --------
    >>> weekdays = Hours(frozenset(range(5)), time(9), time(18), ZoneInfo("Europe/London"))
    >>> delivery(datetime(2026, 11, 27, 23, 4, tzinfo=UTC), weekdays).isoformat()
    '2026-11-30T09:00:00+00:00'

    Raises
    ------
    ValueError
        If messages are never read.
    """
    if hours.are_open(written):
        return written
    today = written.astimezone(hours.zone).date()
    for ahead in range(FURTHEST):
        moments = _may_begin(today + ahead * A_DAY, hours)
        later = [one for one in moments if one > written and hours.are_open(one)]
        if later:
            return min(later)
    raise ValueError("There are no hours in which messages are read.")


def answer_by(delivered: datetime, within: int, hours: Hours) -> datetime:
    """Return until when an answer is promised: so many hours later, on the agreed days alone.

    Examples
    --------
    >>> weekdays = Hours(frozenset(range(5)), time(9), time(18), ZoneInfo("Europe/London"))
    >>> answer_by(datetime(2026, 11, 27, 17, 0, tzinfo=UTC), 48, weekdays).isoformat()
    '2026-12-01T17:00:00+00:00'
    """
    moment, left = delivered.astimezone(UTC), timedelta(hours=within)
    while True:
        day = moment.astimezone(hours.zone).date()
        midnight = _at(day + A_DAY, time.min, hours.zone)
        if day.weekday() in hours.days:
            if moment + left <= midnight:
                return moment + left
            left -= midnight - moment
        moment = midnight


def _may_begin(day: date, hours: Hours) -> Iterator[datetime]:
    """Yield the moments of a day at which hours can begin: by the clock, or as it is changed."""
    for fold in (0, 1):
        yield _at(day, hours.begins, hours.zone, fold)
    yield from _change_of_the_clock(day, hours.zone)


def _change_of_the_clock(day: date, zone: ZoneInfo) -> Iterator[datetime]:
    before, after = _at(day, time.min, zone), _at(day + A_DAY, time.min, zone)
    old = before.astimezone(zone).utcoffset()
    if old == after.astimezone(zone).utcoffset():
        return
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    yield after.replace(microsecond=0)


def _at(day: date, clock: time, zone: ZoneInfo, fold: int = 0) -> datetime:
    return datetime.combine(day, clock, zone).replace(fold=fold).astimezone(UTC)
