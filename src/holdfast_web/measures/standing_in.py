"""Who is reached when an answer must be seen by a person."""

from __future__ import annotations

from holdfast_web.accounts.models import Person, Role
from holdfast_web.care.context import the_practice


def stand_ins() -> tuple[Person, ...]:
    """Return who stands in for the practice's therapists: the deputy, or else its owners."""
    practice = the_practice()
    deputy = practice.deputy if practice else None
    if deputy is not None and deputy.is_active:
        return (deputy,)
    return tuple(Person.objects.filter(role=Role.OWNER, is_active=True))
