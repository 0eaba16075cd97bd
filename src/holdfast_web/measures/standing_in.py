"""Who is reached when an answer must be seen by a person."""

from __future__ import annotations

from holdfast_web.accounts.models import Person, Role
from holdfast_web.care.context import the_practice


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


def _deputy() -> Person | None:
    practice = the_practice()
    deputy = practice.deputy if practice else None
    return deputy if deputy is not None and deputy.is_active else None
