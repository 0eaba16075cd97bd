"""Finds the client whose page is asked for; to everybody else there is none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar
from uuid import UUID

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.care.access import runs
from holdfast_web.care.models import CareRelationship, Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import require_record
from holdfast_web.lib.refusals import NotYours


class OfAClient(Protocol):
    """A row of a client's record."""

    client: Client


Row = TypeVar("Row", bound=OfAClient)


def own_record(person: Person) -> Client:
    """Return the record that is somebody's own.

    Raises
    ------
    NotYours
        If they have none, or it was erased.
    """
    return _found(Client.objects.seen_by(person).select_related("person").filter(person=person))


def record_for(viewer: Person, client_id: UUID, part: Part) -> Client:
    """Return a client of whose record a part is open to somebody.

    Raises
    ------
    NotYours
        If it isn't open, or there is no such client.
    """
    client = _found(Client.objects.seen_by(viewer, of=client_id).select_related("person"))
    require_record(viewer, client, part)
    return client


def therapist_now(client: Client) -> Person | None:
    """Return who works with a client now; ``None`` where nobody does."""
    running = CareRelationship.objects.filter(runs(timezone.now()), client_id=client.pk)
    found = running.select_related("therapist").order_by("-starts_at").first()
    return found.therapist if found else None


def names_of(people: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of people by their ids, with one query."""
    ids = set(people)
    return dict(Person.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def with_client(rows: Iterable[Row], client: Client) -> list[Row]:
    """Return a client's rows with the client, who is known and needn't be read with each."""
    found = list(rows)
    for one in found:
        one.client = client
    return found


def _found(rows: Iterable[Client]) -> Client:
    for client in rows:
        return client
    raise NotYours
