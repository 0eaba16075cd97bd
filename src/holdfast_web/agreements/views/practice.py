"""The practice's clauses, for its owner."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.agreements.actions import rewrite_clause, ship_clause_again
from holdfast_web.agreements.forms import PracticeClauseForm
from holdfast_web.agreements.queries import clauses_of_practice, practice_clause
from holdfast_web.agreements.queries.practice import PracticeClause
from holdfast_web.lib.refusals import NotYours, Refused, Stale


@only(Role.OWNER)
@require_safe
def clauses(request: SignedIn) -> HttpResponse:
    """Show all clauses, and what is still to be filled in."""
    groups = clauses_of_practice(viewer=request.user)
    blanks = sum(len(one.blanks) for group in groups for one in group.clauses)
    return render(request, "agreements/practice.html", {"groups": groups, "blanks": blanks})


@only(Role.OWNER)
@require_safe
def preview(request: SignedIn) -> HttpResponse:
    """Show the agreement as a client would read it."""
    groups = clauses_of_practice(viewer=request.user)
    return render(request, "agreements/preview.html", {"groups": groups})


@only(Role.OWNER)
def clause(request: SignedIn, clause: str) -> HttpResponse:
    """Write a clause anew."""
    found = practice_clause(clause, viewer=request.user)
    if request.method != "POST":
        return _page(request, found, PracticeClauseForm(found.clause))
    form = PracticeClauseForm(found.clause, request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=400)
    try:
        rewrite_clause(by=request.user, clause=clause, **form.written)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, found, form, status=400)
    except Stale as gone:
        form.add_error(None, f"{gone} Look at it, and save it again if it still holds.")
        data = request.POST.copy()
        data["edition"] = str(found.clause.edition)
        form.data = data
        return _page(request, found, form, status=409)
    messages.success(request, "Saved. It holds for agreements that are offered from now on.")
    return redirect("agreements:practice")


@only(Role.OWNER)
@require_POST
def put_back(request: SignedIn, clause: str) -> HttpResponse:
    """Put a clause back to the words that ship."""
    edition = request.POST.get("edition", "")
    if not edition.isdecimal():
        raise NotYours
    ship_clause_again(by=request.user, clause=clause, edition=int(edition))
    messages.success(request, "This clause reads again as it came.")
    return redirect("agreements:practice_clause", clause=clause)


def _page(
    request: SignedIn, found: PracticeClause, form: PracticeClauseForm, *, status: int = 200
) -> HttpResponse:
    told = {"found": found, "form": form}
    return render(request, "agreements/practice_clause.html", told, status=status)
