"""A questionnaire within an intake: the sheet's own page, filled in by link or signed in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from holdfast_web.engine.forms import form_of
from holdfast_web.fit.actions.filling import hand_in_sheet, keep_sheet, leave_out_sheet
from holdfast_web.fit.opening import Door
from holdfast_web.fit.pages import Page
from holdfast_web.fit.queries.intakes import Told, intake_behind
from holdfast_web.fit.views.way import onward, show, through
from holdfast_web.lib.refusals import Stale
from holdfast_web.measures.forms.asking import Filled, lines_of, read_filled
from holdfast_web.measures.models import Sheet
from holdfast_web.measures.views import filling


def questionnaire(request: HttpRequest, door: Door, told: Told, page: Page) -> HttpResponse:
    """Show a questionnaire, or save it, hand it in or leave it out."""
    sheet = _sheet(told, page)
    here = _page(door, told, page)
    if request.method != "POST":
        if sheet.handed_in_at is not None:
            return _answered(request, door, told, page, sheet)
        return here.show(request, sheet, sheet.answers)
    if request.POST.get("do") == "skip":
        if sheet.handed_in_at is None:
            leave_out_sheet(door=door, page=page)
        return onward(door)
    filled = read_filled(filling.form_for(sheet), request.POST)
    try:
        return _keep(request, door, page, here, sheet, filled)
    except Stale as stale:
        now = _sheet(intake_behind(door), page)
        if now.handed_in_at is not None and now.answers == filled.answers:
            return onward(door)
        return filling.quicker(request, here, now, filled, stale)


def _keep(
    request: HttpRequest, door: Door, page: Page, here: filling.Page, sheet: Sheet, filled: Filled
) -> HttpResponse:
    told: dict[str, Any] = {"door": door, "page": page}
    told |= {"answers": filled.answers, "edition": filled.edition}
    if request.POST.get("do") == "keep":
        keep_sheet(**told)
        return redirect(door.front)
    asks_again = filling.point_out(request, here, sheet, filled)
    if asks_again is not None:
        return asks_again
    hand_in_sheet(**told)
    return onward(door)


def _answered(
    request: HttpRequest, door: Door, told: Told, page: Page, sheet: Sheet
) -> HttpResponse:
    form = filling.form_for(sheet)
    lines = lines_of(form, sheet.answers)
    context = {"told": told, "page": page, "form": form, "lines": lines}
    return show(request, door, "answered", context)


def _sheet(told: Told, page: Page) -> Sheet:
    """Return the sheet that was begun, or one as it will be with the first answer."""
    found = told.sheets.get(page.instrument)
    client = told.intake.client
    return found or Sheet(
        client=client,
        instrument=page.instrument,
        instrument_version=form_of(page.instrument, language=client.language).version,
    )


def _page(door: Door, told: Told, page: Page) -> filling.Page:
    extra = {
        **through(door),
        "told": told,
        "place": told.pages.index(page) + 1,
        "title": page.title,
        "send": "Go on",
        "later": True,
        "back": door.front,
    }
    return filling.Page("fit/intake/questionnaire.html", here=door.page(page.slug), extra=extra)
