"""Where a page stands: among the client's own, or under one of the viewer's clients."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpResponse

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.records import own_record, record_for

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Place:
    """Whose pages these are, and how their addresses begin."""

    client: Client
    root: str
    mine: bool

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

    def own(request: SignedIn, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(request, Place(own_record(request.user), "/me/", True), *args, **kwargs)

    functools.update_wrapper(own, view)
    return only(Role.CLIENT)(own)


def theirs(
    *roles: Role, part: Part = Part.AGREEMENT
) -> Callable[[View[P]], Callable[..., HttpResponse]]:
    """Show a page about one of the viewer's clients; by default to therapists."""

    def gate(view: View[P]) -> Callable[..., HttpResponse]:
        def about(
            request: SignedIn, /, client_id: UUID, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            client = record_for(request.user, client_id, part)
            return view(request, Place(client, f"/clients/{client_id}/", False), *args, **kwargs)

        functools.update_wrapper(about, view)
        return only(*(roles or (Role.THERAPIST,)))(about)

    return gate
