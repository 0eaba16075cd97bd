"""Pages on which messages are read: all threads, one thread, its files."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.care.rules import is_of_the_two
from holdfast_web.correspondence.actions.marking import read_messages, settle, take_back
from holdfast_web.correspondence.forms import LATER, NOW, page_number
from holdfast_web.correspondence.models import Thread
from holdfast_web.correspondence.queries.talk import (
    Talk,
    file_of,
    message_row,
    new_to,
    seen_in,
    talk_in,
)
from holdfast_web.correspondence.queries.threads import correspondents, thread_row, threads_with
from holdfast_web.correspondence.queries.waiting import waiting_for
from holdfast_web.correspondence.queries.writing import writing_of
from holdfast_web.correspondence.views.place import Place, in_practice_time
from holdfast_web.lib.refusals import Refused, Stale

NOTHING_NEW = 204
FILE_POLICY = "default-src 'none'; sandbox"


@require_safe
def threads(request: SignedIn, place: Place) -> HttpResponse:
    """Show the threads of a client."""
    page = page_number(request.GET.get("page", ""))
    told = {
        "place": place,
        "threads": threads_with(place.client, viewer=request.user, page=page),
        "page": page,
        "writing": writing_of(place.client, None, viewer=request.user),
        "of_the_two": is_of_the_two(request.user, place.client),
    }
    return render(request, "correspondence/threads.html", told)


@require_safe
def newer_threads(request: SignedIn, place: Place) -> HttpResponse:
    """Show the threads again, if what waits has changed since they were shown."""
    if _has_seen(request):
        return HttpResponse(status=NOTHING_NEW)
    found = threads_with(place.client, viewer=request.user)
    told = {"place": place, "threads": found, "page": 0, "swapped": True}
    return render(request, "correspondence/thread_list.html", told)


@only(Role.THERAPIST)
@in_practice_time
@require_safe
def all_messages(request: SignedIn) -> HttpResponse:
    """Show a therapist with whom they write, and what waits for an answer."""
    told = {"correspondents": correspondents(viewer=request.user)}
    return render(request, "correspondence/all.html", told)


@only(Role.THERAPIST)
@in_practice_time
@require_safe
def all_newer(request: SignedIn) -> HttpResponse:
    """Show the same again, if anything has changed."""
    if _has_seen(request):
        return HttpResponse(status=NOTHING_NEW)
    told = {"correspondents": correspondents(viewer=request.user), "swapped": True}
    return render(request, "correspondence/all_list.html", told)


@require_safe
def newer(request: SignedIn, place: Place, thread_id: UUID) -> HttpResponse:
    """Show the last page of a thread again, if anything on it has changed."""
    thread = thread_row(thread_id, place.client, viewer=request.user)
    writing = writing_of(place.client, thread, viewer=request.user)
    told = LATER if writing.waits else NOW
    if request.GET.get("seen", "") == f"{seen_in(thread, viewer=request.user)}-{told}":
        return HttpResponse(status=NOTHING_NEW)
    fresh = new_to(request.user, thread)
    context = {
        "place": place,
        "thread": thread,
        "talk": read_page(request, place, thread, None),
        "writing": writing,
        "told": told,
        "fresh": bool(fresh),
        "swapped": True,
    }
    return render(request, "correspondence/talk.html", context)


@require_POST
def take_message_back(request: SignedIn, place: Place, message_id: UUID) -> HttpResponse:
    """Take a message back that nobody has read."""
    row = message_row(message_id, place.client, viewer=request.user)
    try:
        take_back(by=request.user, message=row)
    except (Stale, Refused) as gone:
        messages.error(request, str(gone))
    else:
        messages.success(request, "Taken back. Nobody else sees it.")
    return redirect(place.thread(row.thread))


@require_POST
def settle_message(request: SignedIn, place: Place, message_id: UUID) -> HttpResponse:
    """Note that a message needs no answer."""
    row = message_row(message_id, place.client, viewer=request.user)
    settle(by=request.user, message=row)
    messages.success(request, f"Noted. {place.client.name} sees that it needs no answer.")
    return redirect(place.thread(row.thread))


@require_safe
def file(request: SignedIn, place: Place, attachment_id: UUID) -> HttpResponse:
    """Hand a file over, to be kept and never shown in the page."""
    found = file_of(attachment_id, place.client, viewer=request.user)
    response = HttpResponse(found.data, content_type=found.kind)
    response["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = FILE_POLICY
    return response


def _has_seen(request: SignedIn) -> bool:
    """Say whether what waits is still what the list had shown."""
    waits = waiting_for(request.user)
    return f"{waits.unread}-{waits.overdue}" == request.GET.get("seen", "")


def read_page(request: SignedIn, place: Place, thread: Thread, before: UUID | None) -> Talk:
    """Return a page of a thread, once it is noted that what stands on it was read."""
    new = new_to(request.user, thread, before=before)
    if new and is_of_the_two(request.user, place.client):
        read_messages(by=request.user, client=place.client, messages=new)
    return talk_in(thread, viewer=request.user, before=before)
