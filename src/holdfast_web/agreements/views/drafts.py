"""A change on its way: clause by clause, then the whole, then sent."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from holdfast_web.accounts.gate import SignedIn
from holdfast_web.agreements.actions import drop_draft, leave_as_it_was, save_change, send_draft
from holdfast_web.agreements.forms import ClauseForm, SendForm
from holdfast_web.agreements.queries import clause_to_change, draft_of, version_for
from holdfast_web.agreements.queries.drafts import ClauseDraft
from holdfast_web.agreements.views.place import Place
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours, Refused, Stale


def draft(request: SignedIn, place: Place) -> HttpResponse:
    """Show the draft beside what it would change, or send it."""
    if request.method != "POST":
        return _whole(request, place)
    form = SendForm(request.POST)
    if not form.is_valid():
        return _whole(request, place, problem="This is too long to send.", status=400)
    told = form.cleaned_data
    seen = version_for(place.client, told["seen"], viewer=request.user) if told["seen"] else None
    try:
        send_draft(
            by=request.user,
            client=place.client,
            note=told["note"],
            seen=seen,
            edition=told["edition"],
        )
    except Refused as refused:
        return _whole(request, place, problem=str(refused), status=403)
    except Stale as gone:
        return _whole(request, place, problem=str(gone), status=409)
    messages.success(request, "It is on its way. Nothing changes until you have both said yes.")
    return redirect(place.agreement)


def change_clause(request: SignedIn, place: Place, clause: str) -> HttpResponse:
    """Write how a clause is to read."""
    found = clause_to_change(place.client, clause, viewer=request.user)
    require(found.may_write)
    if request.method != "POST":
        return _one(request, place, found, _form(place, found))
    form = _form(place, found, request.POST)
    if not form.is_valid():
        return _one(request, place, found, form, status=400)
    change = form.change
    if "use_practice_words" in request.POST and found.newer_words:
        change["words"] = found.newer_words
    try:
        save_change(
            by=request.user,
            client=place.client,
            clause=clause,
            change=change,
            edition=form.cleaned_data["edition"],
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return _one(request, place, found, form, status=400)
    except Stale as gone:
        form.add_error(None, f"{gone} Look at it, and save it again if it still holds.")
        return _one(request, place, found, _again(request, form, found), status=409)
    return redirect(f"{place.change}#{clause}")


@require_POST
def leave_clause(request: SignedIn, place: Place, clause: str) -> HttpResponse:
    """Take a clause out of the draft again."""
    edition = request.POST.get("edition", "")
    if not edition.isdecimal() or len(edition) > 9:
        raise NotYours
    leave_as_it_was(by=request.user, client=place.client, clause=clause, edition=int(edition))
    return redirect(place.change)


@require_POST
def drop(request: SignedIn, place: Place) -> HttpResponse:
    """Throw the draft away."""
    drop_draft(by=request.user, client=place.client)
    messages.success(request, "Your draft is gone. Nothing was sent.")
    return redirect(place.agreement)


def _form(place: Place, found: ClauseDraft, data: object = None) -> ClauseForm:
    return ClauseForm(found.after, found.edition, data, by_client=place.mine)


def _again(request: SignedIn, form: ClauseForm, found: ClauseDraft) -> ClauseForm:
    """Return the form with what was typed and the edition that is there now."""
    data = request.POST.copy()
    data["edition"] = str(found.edition)
    form.data = data
    return form


def _whole(
    request: SignedIn, place: Place, *, problem: str = "", status: int = 200
) -> HttpResponse:
    view = draft_of(place.client, viewer=request.user)
    told = {
        "place": place,
        "view": view,
        "problem": problem,
        "note": request.POST.get("note", ""),
    }
    return render(request, "agreements/draft.html", told, status=status)


def _one(
    request: SignedIn, place: Place, found: ClauseDraft, form: ClauseForm, *, status: int = 200
) -> HttpResponse:
    told = {"place": place, "found": found, "form": form}
    return render(request, "agreements/clause.html", told, status=status)
