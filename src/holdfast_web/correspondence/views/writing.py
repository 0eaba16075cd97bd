"""Pages on which messages are written: a thread with its answer, a new one, drafts kept."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from holdfast_web.accounts.gate import SignedIn
from holdfast_web.correspondence.actions.drafting import drop_draft, save_draft
from holdfast_web.correspondence.actions.writing import send_message
from holdfast_web.correspondence.forms import LATER, NOW, LetterForm, as_id, first_form
from holdfast_web.correspondence.models import Thread
from holdfast_web.correspondence.queries.threads import thread_row
from holdfast_web.correspondence.queries.writing import Writing, draft_of, writing_of
from holdfast_web.correspondence.rules import fits
from holdfast_web.correspondence.uploads import FewFilesInMemory, take_few_files
from holdfast_web.correspondence.views.place import Place
from holdfast_web.correspondence.views.reading import read_page
from holdfast_web.correspondence.views.words import foreseen_in_words
from holdfast_web.correspondence.words import grouped, with_borrowed
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours, Refused, Stale

METHODS = ("GET", "HEAD", "POST")


# Django's check would read the form, and with it the files, before we have said what may be taken.
# ``_sent`` checks the same token, once we have.
@csrf_exempt
@require_http_methods(METHODS)
def thread(request: SignedIn, place: Place, thread_id: UUID) -> HttpResponse:
    """Show a thread with a place to answer, or send the answer."""
    row = thread_row(thread_id, place.client, viewer=request.user)
    if request.method == "POST":
        return _take(request, place, row)
    before = request.GET.get("before", "")
    last = as_id(before) if before else None
    if before and last is None:
        raise NotYours
    return _page(request, place, row, before=last)


@csrf_exempt
@require_http_methods(METHODS)
def write(request: SignedIn, place: Place) -> HttpResponse:
    """Show a place to begin a conversation, or send what begins it."""
    if request.method == "POST":
        return _take(request, place, None)
    return _page(request, place, None)


@require_POST
def keep_draft(request: SignedIn, place: Place, thread_id: UUID | None = None) -> HttpResponse:
    """Keep what was typed, as it is typed; say whether it was kept."""
    row = thread_row(thread_id, place.client, viewer=request.user) if thread_id else None
    form = LetterForm(request.POST)
    context: dict[str, Any] = {"edition": request.POST.get("edition", "0")}
    status = 200
    if not form.is_valid():
        context["problem"], status = " ".join(str(one) for one in form.errors.get("words", ())), 422
        return render(request, "correspondence/kept.html", context, status=status)
    try:
        kept = _keep(request, place, row, form)
    except (Stale, Refused) as problem:
        context["problem"] = str(problem)
        status = 409 if isinstance(problem, Stale) else 403
    else:
        context |= {"edition": kept.edition, "saved_at": kept.saved_at} if kept else {}
    return render(request, "correspondence/kept.html", context, status=status)


def _take(request: SignedIn, place: Place, row: Thread | None) -> HttpResponse:
    writing = writing_of(place.client, row, viewer=request.user)
    require(writing.may)
    answer: HttpResponse = _sent(request, place, row, writing, take_few_files(request))
    return answer


@csrf_protect
def _sent(
    request: SignedIn,
    place: Place,
    row: Thread | None,
    writing: Writing,
    handler: FewFilesInMemory,
) -> HttpResponse:
    files = request.FILES
    form = LetterForm(request.POST, files, handler=handler)
    if "borrow" in request.POST:
        return _borrowed(request, place, row)
    if "drop" in request.POST:
        drop_draft(by=request.user, client=place.client, thread=row)
        messages.success(request, "Your draft is gone. Nothing was sent.")
        return redirect(place.thread(row) if row else place.messages)
    if not form.is_valid():
        return _page(request, place, row, form=form, status=422)
    if "keep" in request.POST:
        return _kept(request, place, row, form)
    allowed = fits(form.cleaned_data["words"], form.cleaned_data["about"])
    if not allowed:
        form.add_error("words", allowed.reason)
        return _page(request, place, row, form=form, status=422)
    if _was_told_otherwise(form, writing):
        return _page(request, place, row, form=form, status=409, otherwise=True)
    return _send(request, place, row, form)


def _send(request: SignedIn, place: Place, row: Thread | None, form: LetterForm) -> HttpResponse:
    letter = form.letter()
    try:
        message = send_message(by=request.user, client=place.client, letter=letter, thread=row)
    except Refused as refused:
        form.add_error("words", str(refused))
        return _page(request, place, row, form=form, status=403)
    messages.success(request, foreseen_in_words(message, mine=place.mine))
    return redirect(f"{place.thread(message.thread)}#m-{message.pk}")


def _was_told_otherwise(form: LetterForm, writing: Writing) -> bool:
    """Say whether the page had said that it arrives at once, and by now it doesn't."""
    told = form.cleaned_data
    return bool(writing.waits and told["told"] == NOW and not told["not_before"])


def _kept(request: SignedIn, place: Place, row: Thread | None, form: LetterForm) -> HttpResponse:
    try:
        _keep(request, place, row, form)
    except Stale as stale:
        return _page(request, place, row, form=form, status=409, stale=str(stale))
    messages.success(request, "Your draft is kept. Only you can read it.")
    return redirect(place.thread(row))


def _keep(request: SignedIn, place: Place, row: Thread | None, form: LetterForm) -> Any:
    told = form.cleaned_data
    return save_draft(
        by=request.user,
        client=place.client,
        thread=row,
        words=told["words"],
        about=told["about"],
        edition=told["edition"] or 0,
        key=told["key"],
    )


def _borrowed(request: SignedIn, place: Place, row: Thread | None) -> HttpResponse:
    data = request.POST.copy()
    data["words"] = with_borrowed(request.POST.get("words", ""), request.POST["borrow"])
    fields = ("key", "edition", "told", "about", "words", "not_before")
    again = LetterForm(initial={name: data.get(name, "") for name in fields})
    return _page(request, place, row, form=again)


def _page(
    request: SignedIn,
    place: Place,
    row: Thread | None,
    *,
    form: LetterForm | None = None,
    before: UUID | None = None,
    status: int = 200,
    stale: str = "",
    otherwise: bool = False,
) -> HttpResponse:
    talk = read_page(request, place, row, before) if row else None
    writing = writing_of(place.client, row, viewer=request.user)
    draft = draft_of(place.client, row, viewer=request.user)
    told = LATER if writing.waits else NOW
    context = {
        "place": place,
        "thread": row,
        "talk": talk,
        "before": before,
        "place_to_write": place.thread(row),
        "place_to_keep": place.draft(row),
        "writing": writing,
        "draft": draft,
        "form": form or first_form(draft.about, draft.words, draft.edition, told),
        "edition": draft.edition if stale or form is None else form["edition"].value(),
        "told": told,
        "stale": stale,
        "otherwise": otherwise,
        "groups": grouped("client" if place.mine else "therapist"),
    }
    template = "correspondence/thread.html" if row else "correspondence/write.html"
    return render(request, template, context, status=status)
