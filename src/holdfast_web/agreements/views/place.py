"""Where a page of the agreement stands, and the addresses beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec

from django.http import HttpResponse

from holdfast_web.accounts.gate import SignedIn
from holdfast_web.accounts.models import Role
from holdfast_web.care import place
from holdfast_web.care.parts import Part

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Place(place.Place):
    """Whose pages these are, and how their addresses begin."""

    @property
    def agreement(self) -> str:
        """The address of the agreement."""
        return f"{self.root}agreement/"

    @property
    def change(self) -> str:
        """The address of one's draft."""
        return f"{self.root}agreement/change/"

    @property
    def shares(self) -> str:
        """The address of the shares."""
        return f"{self.root}shares/"


View = Callable[Concatenate[SignedIn, Place, P], HttpResponse]


def mine(view: View[P]) -> Callable[..., HttpResponse]:
    """Show a page to a client, as one of their own."""
    return place.among_ones_own(Place, view)


def theirs(
    *roles: Role, part: Part = Part.AGREEMENT
) -> Callable[[View[P]], Callable[..., HttpResponse]]:
    """Show a page about one of the viewer's clients; by default to therapists."""

    def gate(view: View[P]) -> Callable[..., HttpResponse]:
        return place.about_a_client(Place, part, roles or (Role.THERAPIST,), view)

    return gate
