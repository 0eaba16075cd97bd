"""Pages on which a transcript is brought in, looked at and removed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.analysis import rules
from holdfast_web.analysis.actions.bringing import BroughtBefore, bring_transcript
from holdfast_web.analysis.actions.removing import remove_transcript
from holdfast_web.analysis.forms.bringing import UploadForm
from holdfast_web.analysis.models import Transcript
from holdfast_web.analysis.queries.analyses import reading_state
from holdfast_web.analysis.queries.transcripts import transcript_of, where_it_is
from holdfast_web.analysis.views.kept_lines import page_of
from holdfast_web.analysis.views.place import Place, place_for
from holdfast_web.engine.transcripts import LARGEST_UPLOAD, TranscriptUnreadable, format_titles
from holdfast_web.lib.decision import require
from holdfast_web.lib.uploads import OneFileInMemory, take_one_file


# Django's check would read the form, and with it the file, before we have said what may be taken.
# ``_bring`` checks the same token, once we have.
@csrf_exempt
@only(Role.THERAPIST)
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: SignedIn, client_id: UUID, session_id: UUID) -> HttpResponse:
    """Bring in the transcript of a session, or see the one that is there."""
    place = place_for(request.user, client_id, session_id)
    if request.method != "POST":
        kept = transcript_of(place.session, viewer=request.user)
        return _upload_page(request, place) if kept is None else _status_page(request, place, kept)
    require(rules.may_bring(request.user, place.session))
    handler = take_one_file(request, LARGEST_UPLOAD)
    answer: HttpResponse = _bring(request, place, handler)
    return answer


@only(Role.THERAPIST)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SignedIn, client_id: UUID, session_id: UUID) -> HttpResponse:
    """Remove a transcript with all that stands on it, after saying what that is."""
    place = place_for(request.user, client_id, session_id)
    kept = transcript_of(place.session, viewer=request.user)
    if kept is None:
        return place.redirect("bring")
    if request.method == "POST":
        remove_transcript(by=request.user, transcript=kept)
        messages.success(request, "The transcript is removed, and all that was found in it.")
        return redirect("encounters:session", client_id=client_id, session_id=session_id)
    may = rules.may_remove(request.user, kept)
    return render(request, "analysis/remove.html", {**place.context, "kept": kept, "may": may})


@csrf_protect
def _bring(request: SignedIn, place: Place, handler: OneFileInMemory) -> HttpResponse:
    files = request.FILES
    form = UploadForm(request.POST, files, too_large=handler.too_large)
    if not form.is_valid():
        return _upload_page(request, place, form, status=422)
    file = form.cleaned_data["transcript"]
    told = {"by": request.user, "session": place.session, "name": file.name, "data": file.read()}
    try:
        bring_transcript(**told)
    except TranscriptUnreadable as error:
        form.add_error("transcript", str(error))
        return _upload_page(request, place, form, status=422)
    except BroughtBefore as error:
        met = where_it_is(error.transcript, viewer=request.user)
        return _upload_page(request, place, form, met=met, status=409)
    return place.redirect("roles")


def _upload_page(
    request: SignedIn,
    place: Place,
    form: UploadForm | None = None,
    *,
    met: Transcript | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **place.context,
        "form": form or UploadForm(),
        "met": met,
        "may": rules.may_bring(request.user, place.session),
        "formats": format_titles(),
        "most": LARGEST_UPLOAD // 2**20,
    }
    return render(request, "analysis/bring.html", context, status=status)


def _status_page(request: SignedIn, place: Place, kept: Transcript) -> HttpResponse:
    may = rules.may_work_on(request.user, kept)
    if may and not kept.roles:
        return place.redirect("roles")
    told = {"client_id": place.client.pk, "session_id": place.session.pk, "line": 0}
    context = {
        **place.context,
        "kept": kept,
        "reading": reading_state(kept, viewer=request.user),
        # One address is made, not one for each line.
        "mend": reverse("analysis:mend_line", kwargs=told).removesuffix("0/"),
        "minutes": round(kept.seconds / 60) if kept.seconds else None,
        "may": may,
        "page": page_of(kept, request.GET.get("from", "")) if may else None,
    }
    return render(request, "analysis/brought.html", context)
