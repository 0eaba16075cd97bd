"""The audit as the owner reads it: who, when, what, about which client by a number alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from holdfast_web.accounts.models import Person, Role
from holdfast_web.accounts.queries import staff
from holdfast_web.accounts.rules import runs_the_practice
from holdfast_web.audit.models import Event, Head
from holdfast_web.audit.queries import all_events
from holdfast_web.audit.witness import clinical_read, not_clinical, witness
from holdfast_web.audit.words import sentences
from holdfast_web.care.models import Client
from holdfast_web.keeping.rules import short
from holdfast_web.lib.decision import require

A_PAGE = 50
CLIENTS, CLOCKWORK = "clients", "holdfast"
NO_WORDS = "{who} did something that has no words here yet."


@dataclass(frozen=True, slots=True)
class Asked:
    """Which events somebody asks for.

    Attributes
    ----------
    who
        A person's id, ``"clients"``, ``"holdfast"`` for what it did by itself, or ``""``.
    what
        The name of an event, or ``""``.
    client
        A client's number: the beginning of their id, or all of it.
    before
        Begin before this event.
    """

    who: str = ""
    what: str = ""
    client: str = ""
    before: int | None = None


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One event."""

    place: int
    at: datetime
    who: str
    what: str
    words: str
    client: str


@dataclass(frozen=True, slots=True)
class Trail:
    """A page of events, the latest first; ``earlier`` is where the next page begins."""

    lines: tuple[TrailLine, ...]
    earlier: int | None
    events: int


@clinical_read
def trail(asked: Asked, *, viewer: Person) -> Trail:
    """Return a page of the audit for the owner, with as many queries for any page.

    Looking at it leaves a trace as well; one that asks for a client is told to that client.
    """
    require(runs_the_practice(viewer))
    span = _span(asked.client)
    witness("audit.viewed", by=viewer, client_id=_the_client(span))
    found = list(_chosen(asked, span)[: A_PAGE + 1])
    page = found[:A_PAGE]
    head = Head.objects.first()
    return Trail(
        lines=tuple(_lines(page)),
        earlier=page[-1].place if len(found) > A_PAGE else None,
        events=head.length if head else 0,
    )


@not_clinical("names of the practice's own people")
def people_of_the_trail() -> tuple[tuple[str, str], ...]:
    """Return whom events can be chosen by."""
    return (
        *((str(one.pk), one.name) for one in staff()),
        (CLIENTS, "clients"),
        (CLOCKWORK, "Holdfast, by itself"),
    )


def _chosen(asked: Asked, span: tuple[UUID, UUID] | None) -> QuerySet[Event]:
    rows = all_events()
    if asked.who == CLIENTS:
        rows = rows.filter(actor_id__in=Person.objects.filter(role=Role.CLIENT).values("pk"))
    elif asked.who == CLOCKWORK:
        rows = rows.filter(actor_id=None)
    elif asked.who:
        who = _uuid(asked.who)
        rows = rows.filter(actor_id=who) if who else rows.none()
    if asked.what:
        rows = rows.filter(what=asked.what)
    if asked.client:
        rows = rows.filter(client_id__range=span) if span else rows.none()
    if asked.before is not None:
        rows = rows.filter(place__lt=asked.before)
    return rows


def _lines(page: Iterable[Event]) -> Iterable[TrailLine]:
    ids = {event.actor_id for event in page if event.actor_id}
    people = {one.pk: one for one in Person.objects.filter(pk__in=ids)}
    for event in page:
        who = "Holdfast"
        if event.actor_id:
            person = people.get(event.actor_id)
            # A client stands here by a number; their name would tell whose it is.
            is_client = person is None or person.role == Role.CLIENT
            who = "A client" if is_client or person is None else person.name
        yield TrailLine(
            event.place, event.at, who, event.what, _said(event.what, who), short(event.client_id)
        )


def _said(what: str, who: str) -> str:
    """Say an event without its doer, who stands beside it."""
    sentence = sentences().get(what, NO_WORDS)
    if sentence.startswith("{who} "):
        rest = sentence.removeprefix("{who} ")
        sentence = rest[:1].upper() + rest[1:]
    return sentence.format(who=who)


def _the_client(span: tuple[UUID, UUID] | None) -> UUID | None:
    """Return the client whom a number means; ``None`` for none, or for several."""
    if span is None:
        return None
    rows = Client.objects.for_the_practice("whose events the owner asks for")
    found = list(rows.filter(pk__range=span).values_list("pk", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def _span(client: str) -> tuple[UUID, UUID] | None:
    """Return the first and the last id that begin with what was written."""
    told = client.strip().lower().replace("-", "")
    if not told or len(told) > 32 or not set(told) <= set("0123456789abcdef"):
        return None
    return UUID(told.ljust(32, "0")), UUID(told.ljust(32, "f"))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
