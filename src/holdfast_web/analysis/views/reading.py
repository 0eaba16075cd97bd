"""Having a transcript read: begin, stop, and how far it has come."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect, HttpResponseClientRefresh

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.analysis.actions.reading import cancel_analysis, start_analysis
from holdfast_web.analysis.models import Transcript
from holdfast_web.analysis.queries.analyses import reading_state, transcript_to_read
from holdfast_web.care.parts import Part
from holdfast_web.care.records import record_for


@only(Role.THERAPIST)
@require_POST
def start(request: SignedIn, client_id: UUID, session_id: UUID) -> HttpResponse:
    """Have a transcript read; with ``again`` also what this model has read already."""
    transcript = _transcript(request, client_id, session_id)
    start_analysis(by=request.user, transcript=transcript, again="again" in request.POST)
    return redirect("analysis:progress", client_id=client_id, session_id=session_id)


@only(Role.THERAPIST)
@require_POST
def cancel(request: SignedIn, client_id: UUID, session_id: UUID) -> HttpResponse:
    """Stop a reading."""
    transcript = _transcript(request, client_id, session_id)
    cancel_analysis(by=request.user, transcript=transcript)
    messages.success(request, "Stopped. Nothing of it was kept.")
    return redirect("analysis:progress", client_id=client_id, session_id=session_id)


@only(Role.THERAPIST)
@require_safe
def progress(request: SignedIn, client_id: UUID, session_id: UUID) -> HttpResponse:
    """Say how far a reading has come: a page, and of it the part that looks again by itself."""
    transcript = _transcript(request, client_id, session_id)
    state = reading_state(transcript, viewer=request.user)
    by_itself = bool(getattr(request, "htmx", False))
    if by_itself and not state.at_work:
        if state.state == "done":
            return HttpResponseClientRedirect(
                reverse("analysis:findings", args=(client_id, session_id))
            )
        return HttpResponseClientRefresh()
    context = {"client": transcript.client, "session": transcript.session, "reading": state}
    page = "analysis/reading.html" if by_itself else "analysis/progress.html"
    return render(request, page, context)


def _transcript(request: SignedIn, client_id: UUID, session_id: UUID) -> Transcript:
    client = record_for(request.user, client_id, Part.TRANSCRIPTS)
    return transcript_to_read(session_id, client, viewer=request.user)
