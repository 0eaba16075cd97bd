"""Views for one kind of person; to everybody else the page does not exist."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse

from holdfast_web.accounts.models import Person, Role
from holdfast_web.lib.refusals import NotYours

P = ParamSpec("P")


class SignedIn(HttpRequest):
    """A request of somebody who has signed in."""

    user: Person


def only(
    *roles: Role,
) -> Callable[[Callable[Concatenate[SignedIn, P], HttpResponse]], Callable[..., HttpResponse]]:
    """Show a view to people with one of the roles; a stranger gets 404."""

    def gate(view: Callable[Concatenate[SignedIn, P], HttpResponse]) -> Callable[..., HttpResponse]:
        @functools.wraps(view)
        def guarded(request: SignedIn, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.user.role not in roles:
                raise NotYours
            return view(request, *args, **kwargs)

        guarded.roles = roles  # type: ignore[attr-defined]
        return guarded

    return gate


def fresh_sign_in(
    view: Callable[Concatenate[SignedIn, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Ask for a sign-in anew before what is grave, unless the last was minutes ago."""
    guarded: Callable[..., HttpResponse] = reauthentication_required(view)
    return guarded
