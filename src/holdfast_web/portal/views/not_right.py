"""Something doesn't feel right: three doors, no reason needed, and seen who reads it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Person, Role
from holdfast_web.agreements.terms import terms_of
from holdfast_web.care.models import Client
from holdfast_web.care.records import own_record, therapist_now
from holdfast_web.inbox.actions import read_answer, say_concern, withdraw_concern
from holdfast_web.inbox.forms import PRACTICE, THERAPIST, SayForm
from holdfast_web.inbox.models import Concern
from holdfast_web.inbox.queries import concern_row, concerns_of
from holdfast_web.inbox.readers import readers_now
from holdfast_web.inbox.words import grouped, sentences, with_borrowed
from holdfast_web.lib.refusals import NotYours
from holdfast_web.portal.words import section

Wants = Concern.Wants
SENT = {
    Wants.TALK: "Sent. {who} reads it, and you see here when they have.",
    Wants.SOMEONE: "Sent. {who} reads it and gets in touch with you. You see here when they have.",
    Wants.ELSE: "Sent. {who} reads it and helps you to find somebody else. You see it here.",
}


@only(Role.CLIENT)
def not_right(request: SignedIn) -> HttpResponse:
    """Show the three doors, and what I have said so far."""
    client = own_record(request.user)
    said = concerns_of(client, viewer=request.user)
    for one in said:
        if one.answer_is_new:
            read_answer(by=request.user, concern=concern_row(one.id, viewer=request.user))
    context = {
        "said": [one for one in said if one.withdrawn_at is None],
        "taken_back": [one for one in said if one.withdrawn_at is not None],
        "therapist": therapist_now(client),
        "discomfort": section("discomfort"),
    }
    return render(request, "portal/not_right.html", context)


@only(Role.CLIENT)
def say(request: SignedIn, wants: str) -> HttpResponse:
    """Go through one of the doors: say it, after seeing who reads it."""
    if wants not in Wants.values:
        raise NotYours
    client = own_record(request.user)
    if request.method != "POST":
        return _form(request, client, wants, SayForm(initial=_first(request, client, wants)))
    borrowed = request.POST.get("borrow")
    if borrowed is not None:
        typed = with_borrowed(request.POST.get("words", ""), borrowed, sentences())
        again = {"words": typed, "reader": request.POST.get("reader")}
        return _form(request, client, wants, SayForm(initial=again))
    form = SayForm(request.POST)
    if not form.is_valid():
        return _form(request, client, wants, form, status=422)
    to_practice = form.cleaned_data["reader"] == PRACTICE
    words = form.cleaned_data["words"]
    say_concern(by=request.user, client=client, wants=wants, words=words, to_practice=to_practice)
    reader = readers_now().of(client.pk) if to_practice else therapist_now(client)
    messages.success(request, SENT[Wants(wants)].format(who=reader.name if reader else ""))
    return redirect("portal:not_right")


@only(Role.CLIENT)
@require_POST
def take_back(request: SignedIn, concern_id: UUID) -> HttpResponse:
    """Take back what I said."""
    row = concern_row(concern_id, viewer=request.user)
    withdraw_concern(by=request.user, concern=row)
    messages.success(
        request, "Taken back. Nobody else can read it here any more, and your words are kept below."
    )
    return redirect("portal:not_right")


def _first(request: SignedIn, client: Client, wants: str) -> dict[str, Any]:
    """Return what stands in the form at first: nothing, or words that were taken back."""
    first: dict[str, Any] = {"reader": THERAPIST if wants == Wants.TALK else PRACTICE}
    again = request.GET.get("again", "")
    if again:
        said = concerns_of(client, viewer=request.user)
        first["words"] = next((one.words for one in said if str(one.id) == again), "")
    return first


def _form(
    request: SignedIn, client: Client, wants: str, form: forms.Form, status: int = 200
) -> HttpResponse:
    therapist, reader = therapist_now(client), readers_now().of(client.pk)
    context = {
        "wants": wants,
        "form": form,
        "therapist": therapist,
        "reader": reader,
        "readers": _readers(wants, therapist, reader),
        "terms": terms_of(client),
        "groups": grouped(),
    }
    return render(request, "portal/say.html", context, status=status)


def _readers(
    wants: str, therapist: Person | None, reader: Person | None
) -> list[tuple[str, str, str]]:
    """Return who may be chosen to read it: the form's value, the name, what it means."""
    to_therapist = (
        THERAPIST,
        f"{therapist.name}, your therapist" if therapist else "",
        "Nobody else reads it.",
    )
    to_practice = (
        PRACTICE,
        f"{reader.name}, for the practice" if reader else "",
        f"{therapist.name} doesn’t see it." if therapist else "Nobody else reads it.",
    )
    order = (to_therapist,) if wants == Wants.TALK else (to_practice, to_therapist)
    return [one for one in order if one[1]]
