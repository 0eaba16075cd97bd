"""The practice's pages of what doesn't feel right: read, and answered."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.care.parts import Part
from holdfast_web.care.records import record_for
from holdfast_web.care.rules import is_therapist_of
from holdfast_web.inbox.actions import answer_concern, see_concern
from holdfast_web.inbox.forms import AnswerForm
from holdfast_web.inbox.queries import ConcernView, concern_row, concerns_for, concerns_of
from holdfast_web.inbox.readers import readers_now
from holdfast_web.inbox.words import answers, with_borrowed
from holdfast_web.lib.refusals import NotYours, Stale

STAFF = (Role.THERAPIST, Role.SUPERVISOR, Role.OWNER)


@only(*STAFF)
def inbox(request: SignedIn) -> HttpResponse:
    """Show what waits: from a therapist's own clients, and for who reads for the practice."""
    return _inbox(request)


@only(*STAFF)
def concerns(request: SignedIn, client_id: UUID) -> HttpResponse:
    """Show what a client said to the viewer."""
    return _concerns(request, client_id)


@only(*STAFF)
@require_POST
def answer(request: SignedIn, client_id: UUID, concern_id: UUID) -> HttpResponse:
    """Answer a client of one's own."""
    record_for(request.user, client_id, Part.CONCERNS)
    return _answer(request, concern_id, client_id)


@only(*STAFF)
@require_POST
def answer_for_practice(request: SignedIn, concern_id: UUID) -> HttpResponse:
    """Answer what was said to the practice."""
    return _answer(request, concern_id, None)


def _answer(request: SignedIn, concern_id: UUID, client_id: UUID | None) -> HttpResponse:
    row = concern_row(concern_id, viewer=request.user)
    if row.to_practice == (client_id is not None) or client_id not in (None, row.client_id):
        raise NotYours
    typed = request.POST.get("words", "")
    borrowed = request.POST.get("borrow")
    if borrowed is not None:
        typed = with_borrowed(typed, borrowed, answers())
        return _again(request, row.pk, client_id, AnswerForm(initial={"words": typed}), 200)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _again(request, row.pk, client_id, form, 422)
    try:
        answer_concern(by=request.user, concern=row, words=form.cleaned_data["words"])
    except Stale as stale:
        return _again(request, row.pk, client_id, form, 409, str(stale))
    messages.success(request, "Your answer is on the client’s page.")
    return redirect(_page_of(client_id))


def _page_of(client_id: UUID | None) -> str:
    if client_id is None:
        return reverse("inbox:inbox")
    return reverse("inbox:concerns", kwargs={"client_id": client_id})


def _again(
    request: SignedIn,
    concern_id: UUID,
    client_id: UUID | None,
    form: AnswerForm,
    status: int,
    stale: str = "",
) -> HttpResponse:
    typed = {"concern": concern_id, "form": form, "stale": stale}
    if client_id is None:
        return _inbox(request, typed, status)
    return _concerns(request, client_id, typed, status)


def _inbox(
    request: SignedIn, typed: dict[str, object] | None = None, status: int = 200
) -> HttpResponse:
    reads = readers_now().include(request.user)
    if not reads and request.user.role != Role.THERAPIST:
        raise NotYours
    found = concerns_for(request.user)
    _note_seen(request, found.practice)
    context = {"inbox": found, "reads": reads, "typed": typed, "answers": answers()}
    return render(request, "inbox/inbox.html", context, status=status)


def _concerns(
    request: SignedIn,
    client_id: UUID,
    typed: dict[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    client = record_for(request.user, client_id, Part.CONCERNS)
    found = concerns_of(client, viewer=request.user)
    own = [one for one in found if not one.to_practice]
    _note_seen(request, [one for one in own if one.may_answer])
    context = {
        "client": client,
        "mine": is_therapist_of(request.user, client),
        "concerns": own,
        "typed": typed,
        "answers": answers(),
    }
    return render(request, "inbox/concerns.html", context, status=status)


def _note_seen(request: SignedIn, found: tuple[ConcernView, ...] | list[ConcernView]) -> None:
    for one in found:
        if one.seen_at is None:
            see_concern(by=request.user, concern=concern_row(one.id, viewer=request.user))
