"""Who reads what a client said: their therapist, or for the practice one named person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from holdfast_web.accounts.models import Person, Role
from holdfast_web.care.context import the_practice
from holdfast_web.care.models import CareRelationship, Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import is_client, is_therapist_of, may_read
from holdfast_web.inbox.models import Concern

SHOWN_TO = "shown only to whom the client said it: Hearing says who that is"
Times = tuple[tuple[datetime, datetime | None], ...]


@dataclass(frozen=True, slots=True)
class Readers:
    """Who may read for the practice now.

    Attributes
    ----------
    deputy
        The practice's deputy, if there is one.
    owner
        Who reads where the deputy can't.
    deputys_own
        Clients whom the deputy works with or has worked with: what they say to the practice may
        be about the deputy, so the owner reads it.
    """

    deputy: Person | None
    owner: Person | None
    deputys_own: frozenset[UUID]

    def of(self, client_id: UUID) -> Person | None:
        """Return who reads what a client says to the practice; ``None`` if there is nobody."""
        if self.deputy is not None and client_id not in self.deputys_own:
            return self.deputy
        return self.owner

    def include(self, viewer: Person) -> bool:
        """Say whether somebody is one of them."""
        if viewer == self.deputy:
            return True
        return viewer == self.owner and (self.deputy is None or bool(self.deputys_own))


def reads_for_the_practice(person: Person) -> bool:
    """Say whether somebody may read for the practice now; of most people it is known at once."""
    practice = the_practice()
    is_deputy = practice is not None and practice.deputy_id == person.pk
    return (is_deputy or person.role == Role.OWNER) and readers_now().include(person)


def readers_now() -> Readers:
    """Return who may read for the practice now."""
    practice = the_practice()
    deputy = practice.deputy if practice is not None else None
    if deputy is not None and (not deputy.is_active or not deputy.is_staff_member):
        deputy = None
    owners = Person.objects.filter(role=Role.OWNER, is_active=True).order_by("joined_at", "pk")
    own = times_of(deputy) if deputy is not None and deputy.role == Role.THERAPIST else {}
    return Readers(deputy, owners.first(), frozenset(own))


@dataclass(frozen=True, slots=True)
class Hearing:
    """What of a client's concerns somebody may read.

    A therapist reads what was said in their own time with the client, so that the next one
    doesn't read what was said about the one before.

    Attributes
    ----------
    own
        All of them: the viewer is the client.
    practice
        Those to the practice.
    therapist
        The times in which the viewer works, or worked, with the client, while they work together.
    record
        All those to a therapist: the record was opened in another way, such as an emergency.
    """

    own: bool = False
    practice: bool = False
    therapist: Times = ()
    record: bool = False

    def hears(self, concern: Concern) -> bool:
        """Say whether one may be read."""
        if self.own:
            return True
        if concern.withdrawn_at is not None:
            return False
        if concern.to_practice:
            return self.practice
        return self.record or any(
            begins <= concern.said_at and (ends is None or concern.said_at < ends)
            for begins, ends in self.therapist
        )


def hearing_of(viewer: Person, client: Client) -> Hearing:
    """Return what of a client's concerns somebody may read now."""
    if is_client(viewer, client):
        return Hearing(own=True)
    practice = readers_now().of(client.pk) == viewer
    if not may_read(viewer, client, Part.CONCERNS):
        return Hearing(practice=practice)
    if is_therapist_of(viewer, client):
        return Hearing(practice=practice, therapist=times_of(viewer)[client.pk])
    return Hearing(practice=practice, record=True)


def times_of(person: Person) -> dict[UUID, Times]:
    """Return since when and until when somebody has worked with each of their clients."""
    times: dict[UUID, Times] = {}
    care = CareRelationship.objects.filter(therapist=person)
    for client_id, begins, ends in care.values_list("client_id", "starts_at", "ends_at"):
        times[client_id] = (*times.get(client_id, ()), (begins, ends))
    return times
