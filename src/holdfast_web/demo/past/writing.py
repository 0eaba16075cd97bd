"""What the two wrote to each other between sessions, within the hours that they agreed on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from zoneinfo import ZoneInfo

from holdfast_web.correspondence.actions.marking import read_messages, settle
from holdfast_web.correspondence.actions.writing import send_message
from holdfast_web.correspondence.letter import Letter
from holdfast_web.correspondence.models import Message
from holdfast_web.demo.cast import Cast, Told
from holdfast_web.demo.past.calendar import Calendar
from holdfast_web.demo.past.stage import Beat, Stage

WHY = "an invented message was read back then"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
WEEKEND = (5, 6)
A_DAY, A_LITTLE = dt.timedelta(days=1), dt.timedelta(minutes=5)


def but_today(calendar: Calendar) -> list[str]:
    """Return the days of the working week but today: what was sent last night waits then."""
    today = calendar.now.astimezone(calendar.start(1).tzinfo).weekday()
    return [day for place, day in enumerate(WEEKDAYS) if place != today]


def wrote(cast: Cast, now: dt.datetime) -> Iterator[Beat]:
    """Tell who wrote what to whom, and who has read it."""
    zone = ZoneInfo(cast.practice["time_zone"])
    therapists = {one.key: one.therapist for one in cast.patients}
    for told in cast.between["message"]:
        at, client = sent_at(told, now, zone), told["client"]
        other = therapists[client] if told["by"] == client else client
        yield Beat(at, partial(_send, told, at))
        if "read" in told:
            read = at + dt.timedelta(hours=told["read"])
            yield Beat(read, partial(_read, told, other, read))
        if "settled" in told:
            yield Beat(at + dt.timedelta(hours=told["settled"]), partial(_settle, told, other))


def sent_at(told: Told, now: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return when a message was sent: on a day on which they are read, or late last night."""
    clock, today = dt.time.fromisoformat(told["at"]), now.astimezone(zone).date()
    day = today - dt.timedelta(days=told.get("days", 0))
    if told.get("night"):
        tonight = dt.datetime.combine(day, clock, zone)
        return tonight if tonight < now - A_LITTLE else tonight - A_DAY
    while day.weekday() in (*WEEKEND, today.weekday()):
        day -= A_DAY
    return dt.datetime.combine(day, clock, zone)


def _send(told: Told, at: dt.datetime, stage: Stage) -> None:
    client = told["client"]
    before = stage.made.get(("message", client, told.get("to")))
    stage.made["message", client, told.get("key", told["at"])] = send_message(
        by=stage.people[told["by"]],
        client=stage.clients[client],
        letter=Letter(words=told["words"], about=told.get("about", ""), at=at),
        thread=before.thread if before else None,
    )


def _read(told: Told, reader: str, at: dt.datetime, stage: Stage) -> None:
    message = _made(told, stage)
    client = stage.clients[told["client"]]
    read_messages(by=stage.people[reader], client=client, messages=[message.pk])
    # It marks many at a time, of which Django tells nobody.
    rows = Message.objects.for_the_practice(WHY)
    rows.filter(pk=message.pk, read_at__isnull=False).update(read_at=at)


def _settle(told: Told, reader: str, stage: Stage) -> None:
    settle(by=stage.people[reader], message=_made(told, stage))


def _made(told: Told, stage: Stage) -> Message:
    found: Message = stage.made["message", told["client"], told.get("key", told["at"])]
    return found
