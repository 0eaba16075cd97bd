"""The page of what a client raised and nobody took up again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.analysis.actions.threads import answer_thread, put_thread_back
from holdfast_web.analysis.queries.threads import threads_of, transcript_with_line
from holdfast_web.care.parts import Part
from holdfast_web.care.records import record_for

BACK = "back"


@only(Role.THERAPIST)
@require_safe
def threads(request: SignedIn, client_id: UUID) -> HttpResponse:
    """Show the threads of a client."""
    client = record_for(request.user, client_id, Part.TRANSCRIPTS)
    found = threads_of(client, viewer=request.user)
    return render(request, "analysis/threads.html", {"client": client, "found": found})


@only(Role.THERAPIST)
@require_POST
def answer(request: SignedIn, client_id: UUID, session_id: UUID, line: int) -> HttpResponse:
    """Put a thread away, or put it back into the list."""
    client = record_for(request.user, client_id, Part.TRANSCRIPTS)
    transcript = transcript_with_line(client, session_id, line, viewer=request.user)
    said = request.POST.get("answer", "")
    if said == BACK:
        put_thread_back(by=request.user, transcript=transcript, utterance=line)
        messages.success(request, "It stands in the list again.")
    else:
        answer_thread(by=request.user, transcript=transcript, utterance=line, answer=said)
        messages.success(request, "Put away. Below you can put it back.")
    return redirect("analysis:threads", client_id=client_id)
