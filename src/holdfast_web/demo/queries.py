"""Who there is to look as."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from holdfast_web.accounts.models import Person, Role
from holdfast_web.audit.witness import not_clinical
from holdfast_web.care.context import the_practice
from holdfast_web.demo.cast import the_cast
from holdfast_web.fit.models import Intake
from holdfast_web.fit.opening import token_of
from holdfast_web.lib.refusals import NotYours

LINKS = "links of invented people, shown in a demo"


@dataclass(frozen=True, slots=True)
class Door:
    """Somebody whom one can be; ``about`` says who they are, ``look`` what there is to look at."""

    person_id: UUID
    name: str
    email: str
    role: str
    about: str
    look: str


@dataclass(frozen=True, slots=True)
class Doors:
    """Everybody, by what they are in the practice."""

    owner: tuple[Door, ...]
    supervisor: tuple[Door, ...]
    therapists: tuple[Door, ...]
    clients: tuple[Door, ...]

    @property
    def all(self) -> tuple[Door, ...]:
        """Everybody, clients last."""
        return (*self.owner, *self.supervisor, *self.therapists, *self.clients)


@dataclass(frozen=True, slots=True)
class Link:
    """Somebody who asked for help and has no account: their own link, as they had it sent."""

    name: str
    look: str
    address: str


@not_clinical("names of invented people")
def links() -> tuple[Link, ...]:
    """Return the links of those who asked for help, in the order of the story.

    Raises
    ------
    NotYours
        Outside a demo, and in a practice that isn't one.
    """
    require_demo()
    rows = Intake.objects.for_the_practice(LINKS).filter(client__person=None)
    theirs = {one.client.name: one for one in rows.select_related("client")}
    told = (one for one in the_cast().asking["asked"] if "door" in one)
    return tuple(
        Link(one["name"], one["door"], reverse("fit:intake", args=(token_of(theirs[name].pk),)))
        for one in told
        if (name := one["name"]) in theirs
    )


@not_clinical("names of invented people")
def doors() -> Doors:
    """Return whom one can look as, in the order of the story.

    Raises
    ------
    NotYours
        Outside a demo, and in a practice that isn't one.
    """
    require_demo()
    cast = the_cast()
    told = {one.email: (one.key, one.about) for one in cast.staff}
    therapists = {one.key: one.name for one in cast.therapists}
    told |= {
        one.email: (one.key, f"Comes to {therapists[one.therapist]}.") for one in cast.patients
    }
    order = list(told)
    rows = Person.objects.filter(email__in=order, is_active=True)
    found = [
        _door(row, *told[row.email]) for row in sorted(rows, key=lambda p: order.index(p.email))
    ]
    return Doors(
        owner=_with(found, Role.OWNER),
        supervisor=_with(found, Role.SUPERVISOR),
        therapists=_with(found, Role.THERAPIST),
        clients=_with(found, Role.CLIENT),
    )


@not_clinical("an invented person")
def person_behind(person_id: UUID) -> Person:
    """Return the person behind a door.

    Raises
    ------
    NotYours
        If there is no such door.
    """
    if person_id not in {one.person_id for one in doors().all}:
        raise NotYours
    return Person.objects.get(pk=person_id)


def require_demo() -> None:
    """Go on only in a demo, with the invented practice.

    Raises
    ------
    NotYours
        Otherwise: there is no such page.
    """
    practice = the_practice()
    if not settings.DEMO or practice is None or not practice.is_demo:
        raise NotYours


def _door(person: Person, key: str, about: str) -> Door:
    return Door(
        person_id=person.pk,
        name=person.name,
        email=person.email,
        role=person.role,
        about=about,
        look=the_cast().look.get(key, ""),
    )


def _with(found: list[Door], role: Role) -> tuple[Door, ...]:
    return tuple(one for one in found if one.role == role)
