"""Somebody finds their therapist: by their own link, or signed in."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.fit.actions.choosing import (
    TAKEN,
    choose_therapist,
    let_the_practice_choose,
    not_this_person,
    think_again,
)
from holdfast_web.fit.opening import Door
from holdfast_web.fit.queries.candidates import people_for
from holdfast_web.fit.queries.intakes import has_intake
from holdfast_web.fit.views.doors import WAYS, by_link
from holdfast_web.lib.refusals import NotYours, Refused

CHOSEN = "You have chosen. As soon as they say yes, your care begins, and we let you know."
LEFT = "We choose somebody for you, and let you know."


@never_cache
@login_not_required
@require_http_methods(WAYS)
def people(request: HttpRequest, token: str) -> HttpResponse:
    """Show who could work with somebody, to who holds the link."""
    return _people(request, by_link(request, token))


@only(Role.CLIENT)
@require_http_methods(WAYS)
def my_people(request: SignedIn) -> HttpResponse:
    """Show a client who could work with them."""
    if not has_intake(request.user):
        return redirect("fit:my_intake")
    return _people(request, Door(request.user))


@only(Role.CLIENT)
@require_http_methods(WAYS)
def my_choice(request: SignedIn, person_id: UUID) -> HttpResponse:
    """Ask a client once more before they choose somebody, and choose; only while they may."""
    door = Door(request.user)
    if not has_intake(request.user) or not (page := people_for(door)).may_choose:
        raise NotYours
    if request.method == "POST":
        _said(request, lambda: _named("choose", door, person_id))
        return redirect("fit:my_people")
    card = page.of(person_id)
    if card is None:
        messages.error(request, TAKEN)
        return redirect("fit:my_people")
    context = {"card": card, "here": door.people}
    return render(request, "fit/matching/choose.html", context)


def _people(request: HttpRequest, door: Door) -> HttpResponse:
    if request.method == "POST":
        _said(request, lambda: _do(request, door))
        return redirect(door.people)
    context = {"page": people_for(door), "door": door, "here": door.people}
    return render(request, "fit/matching/people.html", context)


def _said(request: HttpRequest, act: Callable[[], str]) -> None:
    """Do something and say so; that a place has just gone is said on the page, too."""
    try:
        messages.success(request, act())
    except Refused as refused:
        messages.error(request, str(refused))


def _do(request: HttpRequest, door: Door) -> str:
    do = request.POST.get("do", "")
    if do == "practice":
        let_the_practice_choose(door=door)
        return LEFT
    if do == "again":
        think_again(door=door)
        return "Taken back. Nobody minds. Here is everybody again."
    return _named(do, door, _person(request))


def _named(do: str, door: Door, therapist_id: UUID) -> str:
    named: dict[str, tuple[Callable[..., object], str]] = {
        "choose": (choose_therapist, CHOSEN),
        "not": (not_this_person, "We don’t propose them to you again."),
    }
    if do not in named:
        raise NotYours
    act, words = named[do]
    act(door=door, therapist_id=therapist_id)
    return words


def _person(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("person", ""))
    except ValueError:
        raise NotYours from None
