"""When an invented client came: weekly, back from today, never in the future."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from holdfast_web.demo.cast import Patient

MINUTES = 50
AFTER = dt.timedelta(minutes=MINUTES + 5)
WEEK = dt.timedelta(days=7)
QUIET = dt.timedelta(hours=3)
"""So long ago was the last session at least, for somebody to have done something after it."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The sessions of one client.

    Attributes
    ----------
    starts
        When each held session began, the first one first.
    ahead
        When the planned ones begin.
    now
        Nothing happened after it.
    """

    starts: tuple[dt.datetime, ...]
    ahead: tuple[dt.datetime, ...]
    now: dt.datetime

    def start(self, session: int) -> dt.datetime:
        """Return when a session began, by its number."""
        return self.starts[session - 1]

    def after(self, session: int, **later: float) -> dt.datetime:
        """Return a moment after the end of a session; no later than a moment ago."""
        wished = self.start(session) + AFTER + dt.timedelta(**later)
        return min(wished, self.now - dt.timedelta(minutes=5))

    def before(self, session: int, **earlier: float) -> dt.datetime:
        """Return a moment before a session."""
        return self.start(session) - dt.timedelta(**earlier)

    def day_of(self, session: int) -> dt.date:
        """Return the day of a session."""
        return self.start(session).date()


def calendar_of(patient: Patient, now: dt.datetime, zone: ZoneInfo) -> Calendar:
    """Lay a client's sessions back from now."""
    day, at = patient.slot
    local = now.astimezone(zone)
    last = _at(local.date() - dt.timedelta(days=(local.weekday() - day) % 7), at, zone)
    if last + QUIET > now:
        last = _shifted(last, -1, zone)
    first_ahead = last.date() + dt.timedelta(days=int(patient.story.get("next_in_days", 7)))
    following = _at(first_ahead, at, zone)
    return Calendar(
        starts=tuple(
            _shifted(last, held - patient.sessions, zone) for held in range(1, patient.sessions + 1)
        ),
        ahead=tuple(
            _shifted(following, week, zone) for week in range(int(patient.story.get("ahead", 2)))
        ),
        now=now,
    )


def _at(day: dt.date, time: dt.time, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day, time, zone)


def _shifted(start: dt.datetime, weeks: int, zone: ZoneInfo) -> dt.datetime:
    """Return the same hour of the clock some weeks later, or earlier."""
    return _at(start.date() + weeks * WEEK, start.timetz().replace(tzinfo=None), zone)
