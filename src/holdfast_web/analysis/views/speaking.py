"""Pages on which a person says who is who, and mends a line."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.analysis import rules
from holdfast_web.analysis.actions.bringing import set_roles
from holdfast_web.analysis.actions.mending import mend_line
from holdfast_web.analysis.forms.bringing import LineForm, RolesForm
from holdfast_web.analysis.models import Transcript
from holdfast_web.analysis.queries.transcripts import transcript_of
from holdfast_web.analysis.views.kept_lines import ON_A_PAGE, kept_line
from holdfast_web.analysis.views.place import Place, place_for
from holdfast_web.engine.roles import (
    Suggested,
    speakers_in,
    suggested_by_model,
    suggested_by_rule,
)
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours, Stale

AROUND = 2
"""Lines that are shown before and after the one that is mended."""


@only(Role.THERAPIST)
@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: SignedIn, client_id: UUID, session_id: UUID) -> HttpResponse:
    """Show the speakers, and keep who is who."""
    place = place_for(request.user, client_id, session_id)
    kept = transcript_of(place.session, viewer=request.user)
    if kept is None:
        return place.redirect("bring")
    require(rules.may_work_on(request.user, kept))
    names = _names(kept)
    if request.method != "POST":
        first = {f"role-{at}": kept.roles.get(name) for at, name in enumerate(names)}
        form = RolesForm(speakers=names, initial={**first, "edition": kept.edition})
        return _roles_page(request, place, kept, form)
    form = RolesForm(request.POST, speakers=names)
    if not form.is_valid():
        return _roles_page(request, place, kept, form, status=422)
    try:
        set_roles(
            by=request.user,
            transcript=kept,
            roles=form.roles,
            edition=form.cleaned_data["edition"],
        )
    except Stale as clash:
        newest = RolesForm({**request.POST.dict(), "edition": kept.edition}, speakers=names)
        return _roles_page(request, place, kept, newest, clash=str(clash), status=409)
    messages.success(request, "Kept who is who.")
    return place.redirect("bring")


@only(Role.THERAPIST)
@require_http_methods(["GET", "HEAD", "POST"])
def mend(request: SignedIn, client_id: UUID, session_id: UUID, line: int) -> HttpResponse:
    """Mend one line."""
    place = place_for(request.user, client_id, session_id)
    kept = transcript_of(place.session, viewer=request.user)
    if kept is None or line >= len(kept.lines):
        raise NotYours
    require(rules.may_work_on(request.user, kept))
    names = _names(kept)
    if request.method != "POST":
        return _line_page(request, place, kept, line, _line_form(kept, line, names))
    form = LineForm(request.POST, speakers=names)
    if not form.is_valid():
        return _line_page(request, place, kept, line, form, status=422)
    try:
        mend_line(by=request.user, transcript=kept, line=line, **form.cleaned_data)
    except Stale as clash:
        newest = LineForm({**request.POST.dict(), "edition": kept.edition}, speakers=names)
        return _line_page(request, place, kept, line, newest, clash=str(clash), status=409)
    messages.success(request, f"Line {line + 1} is kept as it is now.")
    return redirect(_back_to(place, line))


def _back_to(place: Place, line: int) -> str:
    told = {"client_id": place.client.pk, "session_id": place.session.pk}
    start = line // ON_A_PAGE * ON_A_PAGE
    return f"{reverse('analysis:bring', kwargs=told)}?from={start}#line-{line + 1}"


def _names(kept: Transcript) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line["speaker"] for line in kept.lines))


def _roles_page(
    request: SignedIn,
    place: Place,
    kept: Transcript,
    form: RolesForm,
    *,
    clash: str = "",
    status: int = 200,
) -> HttpResponse:
    speakers = speakers_in(kept.lines)
    asked = request.GET.get("ask") == "model" and not kept.roles
    suggested = None if kept.roles else _suggested(request, kept, ask_model=asked)
    context: dict[str, Any] = {
        **place.context,
        "kept": kept,
        "form": form,
        "rows": [(one, form[f"role-{at}"]) for at, one in enumerate(speakers)],
        "clash": clash,
        "suggested": suggested,
        "accepted": _as_fields(suggested, _names(kept)),
        "asked": asked,
        "read": kept.notes.get("read", []),
    }
    return render(request, "analysis/roles.html", context, status=status)


def _suggested(request: SignedIn, kept: Transcript, *, ask_model: bool) -> Suggested | None:
    if ask_model:
        return suggested_by_model(kept.lines)
    stated = kept.notes.get("stated", {})
    names = {"therapist": request.user.name, "client": kept.client.name}
    return suggested_by_rule(kept.lines, stated, **names)


def _as_fields(suggested: Suggested | None, names: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """Return a suggestion as fields of the form: name of the field, speaker, role."""
    if suggested is None:
        return []
    return [(f"role-{at}", name, suggested.roles[name]) for at, name in enumerate(names)]


def _line_form(kept: Transcript, line: int, names: tuple[str, ...]) -> LineForm:
    now = kept.lines[line]
    first = {
        "text": now["text"],
        "speaker": names.index(now["speaker"]),
        "role": now.get("role", ""),
        "edition": kept.edition,
    }
    return LineForm(speakers=names, initial=first)


def _line_page(
    request: SignedIn,
    place: Place,
    kept: Transcript,
    line: int,
    form: LineForm,
    *,
    clash: str = "",
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        **place.context,
        "kept": kept,
        "form": form,
        "now": kept_line(kept, line),
        "before": [kept_line(kept, at) for at in range(max(0, line - AROUND), line)],
        "after": [
            kept_line(kept, at) for at in range(line + 1, min(line + 1 + AROUND, len(kept.lines)))
        ],
        "back": _back_to(place, line),
        "clash": clash,
    }
    return render(request, "analysis/mend.html", context, status=status)
