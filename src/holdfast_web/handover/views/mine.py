"""My change of therapist: asked for, prepared as I choose, agreed to, taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.care.records import own_record, therapist_now
from holdfast_web.encounters.models import Session
from holdfast_web.encounters.queries import sessions_of
from holdfast_web.handover.actions import asking
from holdfast_web.handover.forms.changes import EditionForm, NextForm, PassesForm, TellForm
from holdfast_web.handover.queries.changes import ChangeView, change_of
from holdfast_web.handover.queries.documents import documents_of
from holdfast_web.handover.queries.fitting import who_fits
from holdfast_web.handover.queries.news import PUT_AWAY, session_to_ask_after
from holdfast_web.handover.rules import is_ahead
from holdfast_web.handover.told import NEXT, PRACTICE, REASONS, THERAPIST
from holdfast_web.lib.refusals import Stale
from holdfast_web.lib.templatetags.holdfast import clock, day

HOME = "handover:change"
DAYS_AWAY = 90


@only(Role.CLIENT)
def change(request: SignedIn) -> HttpResponse:
    """Show my change as it stands, or begin one."""
    client = own_record(request.user)
    if request.method == "POST":
        asking.ask_for_change(by=request.user, client=client)
        messages.success(request, "Begun. Nobody is told of it yet.")
        return redirect(HOME)
    found = change_of(client, viewer=request.user)
    context = {
        "change": found,
        "therapist": therapist_now(client),
        "tells": _tells(found) if found else None,
    }
    return render(request, "handover/change.html", context)


@only(Role.CLIENT)
def tell(request: SignedIn) -> HttpResponse:
    """Choose who is told what, and whether there is a goodbye."""
    found = _mine(request)
    if found is None:
        return redirect(HOME)
    ahead = _ahead(request, found)

    def keep(form: TellForm) -> None:
        asking.choose_told(
            by=request.user,
            change=found.row,
            choices=form.choices,
            goodbye=form.chosen_goodbye,
            edition=form.cleaned_data["edition"],
        )

    first = {
        **found.choices.told,
        "kinds": list(found.choices.kinds),
        "words": found.choices.words,
        "goodbye": str(found.goodbye.pk) if found.goodbye else "",
    }
    context = {
        "ahead": [(str(one.pk), f"{day(one.starts_at)}, {clock(one.starts_at)}") for one in ahead],
        "reasons": REASONS,
        "to_therapist": THERAPIST,
        "to_next": NEXT,
        "to_practice": PRACTICE,
    }
    page = _Page(request, "handover/tell.html", found, context)
    return page.answer(TellForm, first, keep, "Kept.", sessions=ahead)


@only(Role.CLIENT)
def who(request: SignedIn) -> HttpResponse:
    """Choose who comes next, or leave it to the practice."""
    found = _mine(request)
    if found is None:
        return redirect(HOME)
    fitting = who_fits(found.row, viewer=request.user)
    people = tuple(one.person for one in fitting)

    def keep(form: NextForm) -> None:
        to = form.cleaned_data["to"]
        edition = form.cleaned_data["edition"]
        asking.choose_next(by=request.user, change=found.row, to=to, edition=edition)

    first = {"to": str(found.row.to_id or "")}
    page = _Page(request, "handover/who.html", found, {"fitting": fitting})
    return page.answer(NextForm, first, keep, "Kept.", people=people)


@only(Role.CLIENT)
def passes(request: SignedIn) -> HttpResponse:
    """Choose what passes on, document by document."""
    found = _mine(request)
    if found is None:
        return redirect(HOME)
    documents = documents_of(found.row.client, viewer=request.user)

    def keep(form: PassesForm) -> None:
        asking.choose_passes(
            by=request.user,
            change=found.row,
            passes=form.passes,
            letter_asked=form.cleaned_data["letter_asked"],
            edition=form.cleaned_data["edition"],
        )

    chosen = found.passes
    first = {
        "notes": [str(one) for one in chosen.notes],
        "threads": [str(one) for one in chosen.threads],
        "letter": chosen.letter,
        "signals": chosen.signals,
        "ruptures": chosen.ruptures,
        "letter_asked": found.letter_asked,
    }
    page = _Page(request, "handover/passes.html", found, {"documents": documents})
    return page.answer(PassesForm, first, keep, "Kept.", documents=documents)


@only(Role.CLIENT)
@require_POST
def agree(request: SignedIn) -> HttpResponse:
    """Agree to the change as it stands."""
    found = _mine(request)
    form = EditionForm(request.POST)
    if found is None or not form.is_valid():
        return redirect(HOME)
    edition = form.cleaned_data["edition"]
    asking.agree_to_change(by=request.user, change=found.row, edition=edition)
    messages.success(request, "You have agreed. You hear here when it is settled.")
    return redirect(HOME)


@only(Role.CLIENT)
@require_POST
def take_back(request: SignedIn) -> HttpResponse:
    """Take my change back."""
    found = change_of(own_record(request.user), viewer=request.user)
    if found is None:
        return redirect(HOME)
    asking.take_change_back(by=request.user, change=found.row)
    messages.success(request, "Taken back. Everything stays as it is, and that is fine too.")
    return redirect(HOME)


@only(Role.CLIENT)
@require_POST
def not_now(request: SignedIn) -> HttpResponse:
    """Put the line about changing away, in this browser; nothing is kept of it."""
    own = own_record(request.user)
    response = redirect("home")
    after = session_to_ask_after(own, viewer=request.user)
    if after is not None:
        response.set_cookie(
            PUT_AWAY,
            str(after),
            max_age=DAYS_AWAY * 86_400,
            secure=request.is_secure(),
            httponly=True,
            samesite="Strict",
        )
    return response


class _Page:
    """A page with one form about my change."""

    def __init__(
        self, request: SignedIn, template: str, found: ChangeView, context: dict[str, Any]
    ) -> None:
        self.request, self.template = request, template
        self.context = {**context, "change": found}

    def answer(
        self,
        kind: type[Any],
        first: dict[str, Any],
        keep: Callable[[Any], None],
        done: str,
        **told: Any,
    ) -> HttpResponse:
        """Show the form, or keep what was chosen; what was typed is never lost."""
        if self.request.method != "POST":
            return self._show(kind(initial=first, **told))
        form = kind(self.request.POST, **told)
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            keep(form)
        except Stale as stale:
            return self._show(form, status=409, stale=str(stale))
        messages.success(self.request, done)
        return redirect(HOME)

    def _show(self, form: forms.Form, status: int = 200, stale: str = "") -> HttpResponse:
        context = {**self.context, "form": form, "stale": stale}
        return render(self.request, self.template, context, status=status)


def _mine(request: SignedIn) -> ChangeView | None:
    """Return my change, if it is still open."""
    found = change_of(own_record(request.user), viewer=request.user)
    return found if found is not None and found.is_open else None


def _ahead(request: SignedIn, found: ChangeView) -> tuple[Session, ...]:
    every = sessions_of(found.row.client, viewer=request.user)
    return tuple(one for one in every if is_ahead(one))


def _tells(found: ChangeView) -> dict[str, str]:
    choices = found.choices
    return {
        "therapist": THERAPIST[choices.therapist],
        "next": NEXT[choices.next],
        "practice": PRACTICE[choices.practice],
    }
