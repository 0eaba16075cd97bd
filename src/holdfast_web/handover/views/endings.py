"""An ending: one page for both, from a proposed last session to what is there afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.records import own_record, record_for
from holdfast_web.handover.actions import ending as actions
from holdfast_web.handover.endings import QUESTIONS
from holdfast_web.handover.forms.changes import EditionForm
from holdfast_web.handover.forms.endings import AfterForm, MoveForm, ProposeForm, WordsForm
from holdfast_web.handover.queries.endings import EndingView, ending_of
from holdfast_web.lib.refusals import NotYours, Refused, Stale


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that can be done on the page: its form, its action, what is said afterwards."""

    form: type[forms.Form]
    act: Callable[..., Any]
    done: str


STEPS = {
    "move": Step(MoveForm, actions.change_last_day, "The last day is moved."),
    "words": Step(WordsForm, actions.write_words, "Kept."),
    "after": Step(AfterForm, actions.write_after, "Kept. The other one agrees, or changes it."),
    "agree": Step(EditionForm, actions.agree_on_after, "Agreed."),
    "take_back": Step(EditionForm, actions.take_ending_back, "Taken back. You go on as before."),
    "finish": Step(
        EditionForm, actions.finish, "The care has ended, and the record is closed to you."
    ),
}


@only(Role.CLIENT)
def my_ending(request: SignedIn) -> HttpResponse:
    """Show the ending of my therapy, or propose one."""
    return _page(request, own_record(request.user), "handover:my_ending")


@only(Role.THERAPIST)
def ending(request: SignedIn, client_id: UUID) -> HttpResponse:
    """Show the ending with a client, or propose one."""
    client = record_for(request.user, client_id, Part.CARE)
    return _page(request, client, "handover:ending", client_id)


def _page(request: SignedIn, client: Client, name: str, *args: UUID) -> HttpResponse:
    found = ending_of(client, viewer=request.user)
    if request.method != "POST":
        return _show(request, client, found)
    do = request.POST.get("do", "")
    if found.written is None:
        return _propose(request, client, found, name, *args)
    step = STEPS.get(do)
    if step is None:
        raise NotYours
    form = step.form(request.POST)
    if not form.is_valid():
        return _show(request, client, found, do, form)
    try:
        step.act(by=request.user, ending=found.written.row, **_told(form))
    except Stale as stale:
        latest = ending_of(client, viewer=request.user)
        return _show(request, client, latest, do, form, str(stale))
    messages.success(request, step.done)
    return redirect("home") if do == "finish" else redirect(name, *args)


def _propose(
    request: SignedIn, client: Client, found: EndingView, name: str, *args: UUID
) -> HttpResponse:
    form = ProposeForm(request.POST)
    if form.is_valid():
        try:
            actions.propose_ending(
                by=request.user, client=client, last_on=form.cleaned_data["last_on"]
            )
        except Refused as refused:
            form.add_error("last_on", str(refused))
        else:
            messages.success(request, "Proposed. You can both write now, and change the day.")
            return redirect(name, *args)
    return _show(request, client, found, "propose", form)


def _told(form: forms.Form) -> dict[str, Any]:
    if isinstance(form, WordsForm):
        data = form.cleaned_data
        return {"words": form.words, "shows": data["shows"], "edition": data["edition"]}
    return dict(form.cleaned_data)


def _show(
    request: SignedIn,
    client: Client,
    found: EndingView,
    do: str = "",
    form: forms.Form | None = None,
    stale: str = "",
) -> HttpResponse:
    status = 409 if stale else 422 if form is not None else 200
    context = {
        **_words(found, do, form),
        "client": client,
        "ending": found,
        "do": do,
        "form": form,
        "stale": stale,
    }
    return render(request, "handover/ending.html", context, status=status)


def _words(found: EndingView, do: str, form: forms.Form | None) -> dict[str, Any]:
    """Return what stands in the fields: what was typed, or what is kept."""
    written = found.written
    if written is None:
        return {}
    typed = form.data if form is not None and do == "words" else written.mine
    after = form.data.get("words", "") if form is not None and do == "after" else written.after
    questions = [
        (key, title, typed.get(key, ""), written.theirs.get(key, ""))
        for key, title in QUESTIONS.items()
    ]
    return {"questions": questions, "after_words": after}
