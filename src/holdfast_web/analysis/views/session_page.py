"""The page of what was said in a session, and the whole transcript with its marks."""

from __future__ import annotations

from posixpath import relpath
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.analysis import rules
from holdfast_web.analysis.filters import SHOW, filtered
from holdfast_web.analysis.queries.agreement import own_accuracy
from holdfast_web.analysis.queries.correcting import corrected_of
from holdfast_web.analysis.queries.session_page import heard_in, session_page_of
from holdfast_web.analysis.views.place import Place, place_for


@only(Role.THERAPIST)
@require_safe
def findings(request: SignedIn, client_id: UUID, session_id: UUID) -> HttpResponse:
    """Show what stood out in a session, beside how it was for the client."""
    place = place_for(request.user, client_id, session_id)
    page = session_page_of(place.session, viewer=request.user)
    context = {
        **place.context,
        "heard": page.heard,
        "found": page.heard.findings,
        "reading": page.reading,
        "check_in": page.check_in,
        "may_bring": rules.may_bring(request.user, place.session),
        "transcript": reverse("analysis:lines", args=(client_id, session_id)),
        "own_accuracy": own_accuracy(viewer=request.user),
    }
    return render(request, "analysis/findings.html", context)


@only(Role.THERAPIST)
@require_safe
def lines(request: SignedIn, client_id: UUID, session_id: UUID) -> HttpResponse:
    """Show every line of a session with what was heard in it; ``?show=`` leaves some of them."""
    place = place_for(request.user, client_id, session_id)
    heard = heard_in(place.session, viewer=request.user)
    if heard.may and heard.transcript is None:
        return place.redirect("findings")
    blind = bool(request.GET.get("blind"))
    shown = tuple(one.unmarked() for one in heard.lines) if blind else heard.lines
    corrected = None
    if heard.analysis and heard.findings:
        corrected = corrected_of(heard.analysis, viewer=request.user, blind=blind)
    context = {
        **place.context,
        "heard": heard,
        "found": heard.findings,
        "lines": shown,
        "filtered": filtered(shown, request.GET.getlist(SHOW)),
        "mend": _from_here(request, "mend_line", place),
        "corrected": corrected,
        "correct": _from_here(request, "correct", place),
    }
    return render(request, "analysis/lines.html", context)


def _from_here(request: SignedIn, name: str, place: Place) -> str:
    """Return how an address of a line begins, as short as it can be: it is there in every line."""
    first = reverse(f"analysis:{name}", args=(place.client.pk, place.session.pk, 0))
    return f"{relpath(first.removesuffix('0/'), request.path)}/"
