"""The client's pages: a check-in or a questionnaire, and the thanks for it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Role
from holdfast_web.care.records import therapist_now
from holdfast_web.lib.refusals import Stale
from holdfast_web.measures.actions.answering import hand_in, save_answers, skip_sheet
from holdfast_web.measures.forms.asking import Filled, lines_of, read_filled
from holdfast_web.measures.models import Sheet
from holdfast_web.measures.queries.asking import sheet_for, sheet_to_answer, sheets_due
from holdfast_web.measures.rules import may_answer
from holdfast_web.measures.views import filling

SAVED = (
    "Saved. You can go on later, here or on another device. Nobody sees it before you hand it in."
)


@only(Role.CLIENT)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: SignedIn, sheet_id: UUID) -> HttpResponse:
    """Show a sheet of one's own, or save it, hand it in or leave it out."""
    if request.method != "POST":
        return _show(request, sheet_id)
    row = _own(request, sheet_id)
    do = request.POST.get("do", "hand-in")
    if do == "skip":
        skip_sheet(by=request.user, sheet=row)
        return redirect("measures:sheet", row.pk)
    filled = read_filled(filling.form_for(row), request.POST)
    try:
        return _keep(request, row, filled) if do == "keep" else _hand_in(request, row, filled)
    except Stale as stale:
        now = _own(request, sheet_id)
        if now.handed_in_at is not None and now.answers == filled.answers:
            return redirect("measures:thanks", row.pk)
        return filling.quicker(request, _page(row), now, filled, stale)


@only(Role.CLIENT)
@require_POST
def kept(request: SignedIn, sheet_id: UUID) -> HttpResponse:
    """Save an answer as soon as it is given."""
    return filling.keep_one(request, request.user, _own(request, sheet_id))


@only(Role.CLIENT)
@require_GET
def thanks(request: SignedIn, sheet_id: UUID) -> HttpResponse:
    """Say thank you, who sees it, and help first where an answer calls for it."""
    row = filling.only_of(sheet_for(request.user, sheet_id), Sheet.Respondent.CLIENT)
    if row.handed_in_at is None:
        return redirect("measures:sheet", row.pk)
    flags = filling.flags_of(row, row.answers)
    context = {
        "sheet": row,
        "form": filling.form_for(row),
        "urgent": any(one.urgent for one in flags),
        "noted": any(not one.urgent for one in flags),
        "therapist": therapist_now(row.client),
        "next": next(iter(sheets_due(row.client, viewer=request.user)), None),
    }
    return render(request, "measures/thanks.html", context)


def _show(request: SignedIn, sheet_id: UUID) -> HttpResponse:
    row = filling.only_of(sheet_for(request.user, sheet_id), Sheet.Respondent.CLIENT)
    may = may_answer(request.user, row)
    if row.handed_in_at is not None:
        context = {"sheet": row, "form": filling.form_for(row), "lines": _lines(row)}
        return render(request, "measures/mine.html", context)
    if row.skipped_at is not None and not (may and "again" in request.GET):
        return render(request, "measures/left_out.html", {"sheet": row, "may": may})
    return _page(row).show(request, row, row.answers)


def _keep(request: SignedIn, row: Sheet, filled: Filled) -> HttpResponse:
    save_answers(by=request.user, sheet=row, answers=filled.answers, edition=filled.edition)
    messages.success(request, SAVED)
    return redirect("home")


def _hand_in(request: SignedIn, row: Sheet, filled: Filled) -> HttpResponse:
    asks_again = filling.point_out(request, _page(row), row, filled)
    if asks_again is not None:
        return asks_again
    hand_in(by=request.user, sheet=row, answers=filled.answers, edition=filled.edition)
    return redirect("measures:thanks", row.pk)


def _own(request: SignedIn, sheet_id: UUID) -> Sheet:
    return filling.only_of(sheet_to_answer(request.user, sheet_id), Sheet.Respondent.CLIENT)


def _page(row: Sheet) -> filling.Page:
    return filling.Page(
        template="measures/sheet.html",
        here=reverse("measures:sheet", args=(row.pk,)),
        kept=reverse("measures:kept", args=(row.pk,)),
    )


def _lines(row: Sheet) -> object:
    return lines_of(filling.form_for(row), row.answers)
