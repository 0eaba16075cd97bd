"""The agreement itself: read, accepted, declined, taken back, asked about, reviewed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from holdfast_web.accounts.gate import SignedIn
from holdfast_web.agreements.actions import (
    accept,
    answer_question,
    ask_about,
    decline,
    give_consent,
    mark_reviewed,
    take_back,
)
from holdfast_web.agreements.forms import ClosingForm, ConsentForm, WordsForm
from holdfast_web.agreements.queries import agreement_of, question_for, version_for
from holdfast_web.agreements.views.place import Place
from holdfast_web.lib.refusals import NotYours, Refused, Stale


@require_safe
def show(request: SignedIn, place: Place) -> HttpResponse:
    """Show the agreement and where it stands."""
    return _page(request, place)


@require_POST
def accept_it(request: SignedIn, place: Place, version_id: UUID) -> HttpResponse:
    """Accept what the other one proposed."""
    version = version_for(place.client, version_id, viewer=request.user)
    try:
        accept(by=request.user, version=version)
    except Stale as gone:
        return _page(request, place, problem=str(gone), status=409)
    messages.success(request, "You have both accepted this. It holds from now on.")
    return redirect(place.agreement)


@require_POST
def decline_it(request: SignedIn, place: Place, version_id: UUID) -> HttpResponse:
    """Say no to what the other one proposed, with a word."""
    version = version_for(place.client, version_id, viewer=request.user)
    form = ClosingForm(request.POST)
    if not form.is_valid():
        return _page(request, place, problem=_first_error(form), typed=_typed(request), status=400)
    try:
        decline(by=request.user, version=version, words=form.cleaned_data["words"])
    except Stale as gone:
        return _page(request, place, problem=str(gone), typed=_typed(request), status=409)
    messages.success(request, "You said no. What you have agreed before stays as it is.")
    return redirect(place.agreement)


@require_POST
def take_it_back(request: SignedIn, place: Place, version_id: UUID) -> HttpResponse:
    """Take one's own proposal back."""
    version = version_for(place.client, version_id, viewer=request.user)
    try:
        take_back(by=request.user, version=version)
    except Stale as gone:
        return _page(request, place, problem=str(gone), status=409)
    messages.success(request, "You have taken it back.")
    return redirect(place.agreement)


@require_POST
def it_stays(request: SignedIn, place: Place, version_id: UUID) -> HttpResponse:
    """Note that both looked at the agreement and it stays."""
    version = version_for(place.client, version_id, viewer=request.user)
    try:
        mark_reviewed(by=request.user, version=version)
    except Stale as gone:
        return _page(request, place, problem=str(gone), status=409)
    messages.success(request, "Noted. The day of the next look is set.")
    return redirect(place.agreement)


@require_POST
def ask(request: SignedIn, place: Place, version_id: UUID, clause: str) -> HttpResponse:
    """Ask the other one about a clause."""
    version = version_for(place.client, version_id, viewer=request.user)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _page(request, place, problem=_first_error(form), typed=_typed(request), status=400)
    try:
        words = form.cleaned_data["words"]
        ask_about(by=request.user, version=version, clause=clause, words=words)
    except Refused as refused:
        return _page(request, place, problem=str(refused), typed=_typed(request), status=403)
    messages.success(request, "Your question is sent. The answer will stand below the clause.")
    return redirect(f"{place.agreement}#{clause}")


@require_POST
def reply(request: SignedIn, place: Place, question_id: UUID) -> HttpResponse:
    """Answer what the other one asked."""
    question = question_for(place.client, question_id, viewer=request.user)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _page(request, place, problem=_first_error(form), typed=_typed(request), status=400)
    try:
        words = form.cleaned_data["words"]
        answer_question(by=request.user, question=question, words=words)
    except Stale as gone:
        return _page(request, place, problem=str(gone), typed=_typed(request), status=409)
    messages.success(request, "Your answer stands below the clause.")
    return redirect(f"{place.agreement}#{question.clause}")


@require_POST
def consent(request: SignedIn, place: Place, kind: str) -> HttpResponse:
    """Say yes or no to one of the things that are asked separately."""
    form = ConsentForm(request.POST)
    if not form.is_valid():
        raise NotYours
    try:
        give_consent(
            by=request.user,
            client=place.client,
            kind=kind,
            given=form.cleaned_data["given"] == "yes",
            seen=form.cleaned_data["seen"],
        )
    except Stale as gone:
        return _page(request, place, problem=str(gone), status=409)
    return redirect(f"{place.agreement}#{kind}")


def _page(
    request: SignedIn, place: Place, *, problem: str = "", typed: str = "", status: int = 200
) -> HttpResponse:
    view = agreement_of(place.client, viewer=request.user)
    told = {"place": place, "view": view, "problem": problem, "typed": typed}
    return render(request, "agreements/agreement.html", told, status=status)


def _typed(request: SignedIn) -> str:
    """Return what was written, so that nothing is lost when it can't be taken."""
    return request.POST.get("words", "")


def _first_error(form: WordsForm | ClosingForm) -> str:
    return str(form.errors["words"][0])
