"""Where a page stands: among the client's own, or under one of the viewer's clients."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, TypeVar
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


AnyPlace = TypeVar("AnyPlace", bound=Place)
View = Callable[Concatenate[SignedIn, AnyPlace, P], HttpResponse]


def among_ones_own(place: type[AnyPlace], view: View[AnyPlace, P]) -> Callable[..., HttpResponse]:
    """Show a page to a client, as one of their own."""

    def own(request: SignedIn, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(request, place(own_record(request.user), "/me/", True), *args, **kwargs)

    functools.update_wrapper(own, view)
    return only(Role.CLIENT)(own)


def about_a_client(
    place: type[AnyPlace], part: Part, roles: tuple[Role, ...], view: View[AnyPlace, P]
) -> Callable[..., HttpResponse]:
    """Show a page about one of the viewer's clients, of whom a part of the record is open."""

    def about(
        request: SignedIn, /, client_id: UUID, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        client = record_for(request.user, client_id, part)
        return view(request, place(client, f"/clients/{client_id}/", False), *args, **kwargs)

    functools.update_wrapper(about, view)
    return only(*roles)(about)
