"""Where a page of messages stands, and that its times are those where the practice is."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec

from django.http import HttpResponse
from django.utils import timezone

from holdfast_web.accounts.gate import SignedIn
from holdfast_web.accounts.models import Role
from holdfast_web.care import place
from holdfast_web.care.parts import Part
from holdfast_web.correspondence.contact import zone_here
from holdfast_web.correspondence.models import Thread

P = ParamSpec("P")
READERS = (Role.THERAPIST, Role.SUPERVISOR, Role.OWNER)
"""Whoever may have a way to a record; the record itself decides who gets in."""


@dataclass(frozen=True, slots=True)
class Place(place.Place):
    """Whose messages these are, and how their addresses begin."""

    @property
    def messages(self) -> str:
        """The address of all threads."""
        return f"{self.root}messages/"

    @property
    def change(self) -> str:
        """The address at which the clause about contact is changed."""
        return f"{self.root}agreement/change/contact/"

    @property
    def agreement(self) -> str:
        """The address of the working agreement."""
        return f"{self.root}agreement/"

    def thread(self, thread: Thread | None) -> str:
        """Return the address of a thread, or of a new one."""
        return f"{self.messages}{thread.pk}/" if thread else f"{self.messages}write/"

    def draft(self, thread: Thread | None) -> str:
        """Return the address at which a draft is kept."""
        return f"{self.messages}{thread.pk}/draft/" if thread else f"{self.messages}draft/"


View = Callable[Concatenate[SignedIn, Place, P], HttpResponse]


def mine(view: View[P]) -> Callable[..., HttpResponse]:
    """Show a page to a client, as one of their own."""
    return in_practice_time(place.among_ones_own(Place, view))


def theirs(*roles: Role) -> Callable[[View[P]], Callable[..., HttpResponse]]:
    """Show a page about one of the viewer's clients; to therapists unless others are named."""

    def gate(view: View[P]) -> Callable[..., HttpResponse]:
        about = place.about_a_client(Place, Part.MESSAGES, roles or (Role.THERAPIST,), view)
        return in_practice_time(about)

    return gate


def in_practice_time(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Say every time on a page by the clock where the practice is."""

    @functools.wraps(view)
    def timed(*args: Any, **kwargs: Any) -> HttpResponse:
        with timezone.override(zone_here()):
            return view(*args, **kwargs)

    return timed
