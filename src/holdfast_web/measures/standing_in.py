"""Who is reached when an answer must be seen by a person."""

from __future__ import annotations

from uuid import UUID

from holdfast_web.accounts.models import Person, Role
from holdfast_web.care.access import access_of
from holdfast_web.care.context import the_practice
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Way


def stand_ins() -> tuple[Person, ...]:
    """Return who stands in for the practice's therapists: the deputy, or else its owners."""
    deputy = _deputy()
    if deputy is not None:
        return (deputy,)
    return tuple(Person.objects.filter(role=Role.OWNER, is_active=True))


def stands_in_now(person: Person) -> bool:
    """Say whether somebody is one of them; asks for nobody else."""
    deputy = _deputy()
    if deputy is not None:
        return person == deputy
    return person.role == Role.OWNER and person.is_active


def reader_for(client: Client) -> Person | None:
    """Return who reads the intakes, for a client who waits; ``None`` once somebody is there."""
    practice = the_practice()
    reader = practice.intake if practice and client.waits_since is not None else None
    return reader if reader is not None and reader.is_active else None


def asking_for_help(viewer: Person) -> tuple[UUID, ...]:
    """Return who asked for help and has nobody yet, to whom reads the intakes."""
    return tuple(
        client_id
        for client_id, ways in access_of(viewer).items()
        if any(one.way is Way.INTAKE for one in ways)
    )


def _deputy() -> Person | None:
    practice = the_practice()
    deputy = practice.deputy if practice else None
    return deputy if deputy is not None and deputy.is_active else None
