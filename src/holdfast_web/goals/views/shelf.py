"""The two lists work alike: shown, added to, changed, and shown again with what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from holdfast_web.accounts.gate import SignedIn
from holdfast_web.goals.forms import AddForm
from holdfast_web.goals.views.place import Place
from holdfast_web.lib.refusals import NotYours, Stale

Act = Callable[..., object]


@dataclass(frozen=True, slots=True)
class Shelf:
    """One of the two lists.

    Attributes
    ----------
    name, one
        What the list and one of its rows are called, in addresses and in actions.
    views
        The query that returns all, ready for the page.
    row
        The query that finds one for an action.
    add, changes
        The actions; for each change, what its form is.
    said
        What is said when a row moves to another group.
    """

    name: str
    one: str
    views: Callable[..., tuple[Any, ...]]
    row: Callable[..., Any]
    add: Act
    changes: Mapping[str, tuple[type[forms.Form], Act]]
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed and couldn't be kept yet: shown again, with the reason."""

    row: UUID | None
    do: str
    form: forms.Form
    stale: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A row on the page, where its changes are sent, and what was typed about it."""

    view: Any
    url: str
    typed: Typed | None


def show_all(request: SignedIn, place: Place, shelf: Shelf) -> HttpResponse:
    """Show a list, or add to it."""
    if request.method != "POST":
        return _page(request, place, shelf)
    form = AddForm(request.POST)
    if not form.is_valid():
        return _page(request, place, shelf, Typed(None, "add", form), status=422)
    shelf.add(by=request.user, client=place.client, **form.cleaned_data)
    messages.success(request, "Added.")
    return redirect(place.address(shelf.name))


def change_one(request: SignedIn, place: Place, shelf: Shelf, pk: UUID) -> HttpResponse:
    """Change a row of a list."""
    row = shelf.row(place.client, pk, viewer=request.user)
    there = f"{place.address(shelf.name)}#{shelf.one}-{pk}"
    if request.method != "POST":
        return redirect(there)
    do = request.POST.get("do", "")
    if do not in shelf.changes:
        raise NotYours
    make_form, change = shelf.changes[do]
    form = make_form(request.POST)
    if not form.is_valid():
        return _page(request, place, shelf, Typed(pk, do, form), status=422)
    try:
        change(by=request.user, **{shelf.one: row}, **form.cleaned_data)
    except Stale as stale:
        return _page(request, place, shelf, Typed(pk, do, form, str(stale)), status=409)
    if do != "status":
        return redirect(there)
    messages.success(request, shelf.said[form.cleaned_data["status"]])
    return redirect(place.address(shelf.name))


def _page(
    request: SignedIn, place: Place, shelf: Shelf, typed: Typed | None = None, status: int = 200
) -> HttpResponse:
    groups: dict[str, list[Card]] = {status: [] for status in shelf.said}
    for view in shelf.views(place.client, viewer=request.user):
        url = place.address(shelf.one, **{f"{shelf.one}_id": view.id})
        about_it = typed if typed is not None and typed.row == view.id else None
        groups[view.status].append(Card(view, url, about_it))
    adding = typed if typed is not None and typed.row is None else None
    context = {"place": place, "adding": adding, "scale": range(11), **groups}
    return render(request, f"goals/{shelf.name}.html", context, status=status)
