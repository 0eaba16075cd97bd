"""Who opened my record: the audit's events about a client, as they are told to the client."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.audit.models import Event
from holdfast_web.audit.queries import events_about
from holdfast_web.audit.witness import not_clinical
from holdfast_web.audit.words import sentences
from holdfast_web.care.models import Client
from holdfast_web.care.rules import is_client
from holdfast_web.lib.refusals import NotYours

A_PAGE = 200
TOGETHER = timedelta(hours=1)
EMERGENCY = "emergency.opened"
NO_WORDS = "{who} did something with your record that has no words here yet."


@dataclass(slots=True)
class Line:
    """The same thing done by one person, once or several times within an hour."""

    what: str
    words: str
    first: datetime
    last: datetime
    times: int = 1

    @property
    def is_emergency(self) -> bool:
        """Whether a record was opened in an emergency."""
        return self.what == EMERGENCY


@dataclass(slots=True)
class Doer:
    """What one person did on one day; without a name it was the practice's own clockwork."""

    name: str
    role: str
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Day:
    """One day, and who did what on it."""

    on: date
    doers: list[Doer] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Opened:
    """A page of it; ``earlier`` is where the next one begins, if there is more."""

    days: tuple[Day, ...]
    earlier: int | None


@not_clinical("events hold who and when, and no clinical text")
def opened_of(
    client: Client, *, viewer: Person, before: int | None = None, own: bool = False
) -> Opened:
    """Return who did what with a client's record, the latest first, for that client.

    Parameters
    ----------
    before
        Begin before this event; the latest page without it.
    own
        Whether what the client did themselves is told as well.
    """
    if not is_client(viewer, client):
        raise NotYours
    rows = events_about(client.pk)
    if before is not None:
        rows = rows.filter(place__lt=before)
    if not own:
        rows = rows.exclude(actor_id=viewer.pk)
    found = list(rows[: A_PAGE + 1])
    page = found[:A_PAGE]
    more = page[-1].place if len(found) > A_PAGE else None
    return Opened(tuple(_days(page, _people(page, viewer))), more)


def _people(events: Iterable[Event], viewer: Person) -> dict[UUID, tuple[str, str]]:
    ids = {event.actor_id for event in events if event.actor_id}
    rows = Person.objects.filter(pk__in=ids)
    people = {one.pk: (one.name, one.get_role_display()) for one in rows}
    return {**people, viewer.pk: ("You", "")}


def _days(events: Iterable[Event], people: dict[UUID, tuple[str, str]]) -> Iterator[Day]:
    day: Day | None = None
    doers: dict[UUID | None, Doer] = {}
    for event in events:
        on = timezone.localtime(event.at).date()
        if day is None or day.on != on:
            if day is not None:
                yield day
            day, doers = Day(on), {}
        if event.actor_id not in doers:
            name, role = ("", "")
            if event.actor_id is not None:
                name, role = people.get(event.actor_id, ("Somebody of the practice", ""))
            doers[event.actor_id] = Doer(name, role)
            day.doers.append(doers[event.actor_id])
        _add(doers[event.actor_id], event)
    if day is not None:
        yield day


def _add(doer: Doer, event: Event) -> None:
    for line in doer.lines:
        if line.what == event.what and line.first - event.at <= TOGETHER:
            line.first, line.times = event.at, line.times + 1
            return
    doer.lines.append(Line(event.what, _said(event.what, doer.name), event.at, event.at))


def _said(what: str, name: str) -> str:
    """Say an event without its doer, where the name stands above it already."""
    sentence = sentences().get(what, NO_WORDS)
    if sentence.startswith("{who} "):
        rest = sentence.removeprefix("{who} ")
        return rest[:1].upper() + rest[1:].format(who=name)
    return sentence.format(who=name or "Holdfast")
