"""Where a page stands: among the client's own, or under one of the viewer's clients."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from holdfast_web.accounts.gate import SignedIn
from holdfast_web.accounts.models import Person, Role
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.records import own_record, record_for
from holdfast_web.goals.rules import may_write
from holdfast_web.lib.decision import Decision


@dataclass(frozen=True, slots=True)
class Place:
    """Whose goals a page shows, to whom, and the addresses that belong to it."""

    client: Client
    viewer: Person
    mine: bool

    @property
    def may_write(self) -> Decision:
        """Whether the viewer may add to them."""
        return may_write(self.viewer, self.client)

    @property
    def back(self) -> str:
        """The page of the client that somebody comes from."""
        under = "supervision" if self.viewer.role == Role.SUPERVISOR else "clients"
        return f"/{under}/{self.client.pk}/"

    @property
    def goals(self) -> str:
        """The address of the goals."""
        return self.address("goals")

    @property
    def helps(self) -> str:
        """The address of what helps."""
        return self.address("helps")

    def address(self, name: str, **row: UUID) -> str:
        """Return an address of this place."""
        under = {} if self.mine else {"client_id": self.client.pk}
        return reverse(f"goals:{'my_' if self.mine else ''}{name}", kwargs={**under, **row})


def own_place(request: SignedIn) -> Place:
    """Return the place of the client's own pages."""
    return Place(own_record(request.user), request.user, mine=True)


def place_of(request: SignedIn, client_id: UUID) -> Place:
    """Return the place of a client's pages for somebody else."""
    return Place(record_for(request.user, client_id, Part.GOALS), request.user, mine=False)
