"""An intake's pages as the person sees them, by the link or signed in: one small page each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from holdfast_web.fit.actions.beginning import send_link
from holdfast_web.fit.actions.telling import disagree, go_on, hand_in_intake, tell
from holdfast_web.fit.forms.intakes import DisagreeForm, LinkForm
from holdfast_web.fit.forms.telling import as_told, read_page, shown, told_before
from holdfast_web.fit.opening import Door
from holdfast_web.fit.pages import Page
from holdfast_web.fit.queries.intakes import Told, intake_behind
from holdfast_web.fit.showing import pages_about, promised_by, spoken
from holdfast_web.fit.views.filling import questionnaire
from holdfast_web.fit.views.way import READ, next_of, onward, show
from holdfast_web.lib.refusals import Refused, Stale


def front(request: HttpRequest, door: Door) -> HttpResponse:
    """Show where somebody is: what comes next, help where the questions stopped, the result."""
    told = intake_behind(door)
    if told.intake.handed_in_at is not None:
        return redirect(door.result)
    form = LinkForm(request.POST if request.POST.get("do") == "link" else None)
    if request.method == "POST":
        if request.POST.get("do") == "go-on":
            go_on(door=door)
            return onward(door)
        if form.is_valid():
            return _sent(request, door, told, form)
    if told.stopping:
        return show(request, door, "stopped", {"told": told, **_contact(door, told)})
    return _front(request, door, told, form)


def page(request: HttpRequest, door: Door, slug: str) -> HttpResponse:
    """Show one page of questions, or keep what was told on it."""
    told = intake_behind(door)
    if told.intake.handed_in_at is not None:
        return redirect(door.result)
    if slug == READ:
        return _read_over(request, door, told)
    found = next((one for one in told.pages if one.slug == slug), None)
    if found is None:
        raise Http404
    if told.stopping and found.kind != "contact":
        return redirect(door.front)
    if found.kind == "questionnaire":
        return questionnaire(request, door, told, found)
    if request.method != "POST":
        return _ask(request, door, told, found, told_before(found, told.intake.said))
    return _keep(request, door, told, found)


def result(request: HttpRequest, door: Door) -> HttpResponse:
    """Show what we make of it and what happens next, or keep that somebody sees it differently."""
    told = intake_behind(door)
    row = told.intake
    if row.handed_in_at is None:
        return redirect(door.front)
    form = DisagreeForm(request.POST or None, initial={"edition": row.edition})
    clash, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                disagree(door=door, **form.cleaned_data)
            except Stale as stale:
                clash, status = str(stale), 409
                told = intake_behind(door)
            else:
                return redirect(f"{door.result}#said")
    context = {
        "told": told,
        "reasons": spoken(told.assessment.for_the_person),
        "by_when": promised_by(told.intake, told.assessment),
        "about": pages_about(row.said.get("problems", ())),
        "form": form,
        "clash": clash,
    }
    return show(request, door, "result", context, status)


def _keep(request: HttpRequest, door: Door, told: Told, found: Page) -> HttpResponse:
    values, errors = read_page(found, request.POST)
    if errors:
        return _ask(request, door, told, found, values, errors=errors, status=422)
    sent = str(request.POST.get("edition", ""))
    edition = int(sent) if sent.isdecimal() and len(sent) < 9 else -1
    try:
        tell(door=door, page=found, answers=as_told(found, values), edition=edition)
    except Stale as stale:
        return _quicker(request, door, found, values, stale)
    return redirect(door.front) if request.POST.get("do") == "later" else onward(door)


def _quicker(
    request: HttpRequest, door: Door, found: Page, values: Mapping[str, Any], stale: Stale
) -> HttpResponse:
    """Show what was typed here beside what was sent elsewhere: nothing of either is lost."""
    now = intake_behind(door)
    before = told_before(found, now.intake.said)
    if before == values:
        return onward(door)
    elsewhere = [one for one in shown(found, before) if one.value != values.get(one.field.name)]
    return _ask(request, door, now, found, values, said=str(stale), elsewhere=elsewhere, status=409)


def _ask(
    request: HttpRequest,
    door: Door,
    told: Told,
    found: Page,
    values: Mapping[str, Any],
    *,
    errors: Mapping[str, str] | None = None,
    said: str = "",
    elsewhere: Any = (),
    status: int = 200,
) -> HttpResponse:
    context = {
        "told": told,
        "page": found,
        "here": door.page(found.slug),
        "place": told.pages.index(found) + 1,
        "fields": shown(found, values, errors),
        "edition": told.intake.said.get("editions", {}).get(found.key, 0),
        "said": said,
        "elsewhere": elsewhere,
    }
    return show(request, door, "page", context, status)


def _read_over(request: HttpRequest, door: Door, told: Told) -> HttpResponse:
    if request.method == "POST":
        try:
            hand_in_intake(door=door)
        except Refused:
            return redirect(door.front)
        return redirect(door.result)
    if told.stopping:
        return redirect(door.front)
    over = [(one, _told_on(door, told, one)) for one in told.pages]
    return show(request, door, "read", {"told": told, "over": over})


def _told_on(door: Door, told: Told, page: Page) -> dict[str, Any]:
    """Return what was told on a page, to be read over."""
    at = {"at": door.page(page.slug)}
    if page.kind != "questionnaire":
        return {**at, "fields": shown(page, told_before(page, told.intake.said))}
    sheet = told.sheets.get(page.instrument)
    if sheet is None:
        return {**at, "state": ""}
    return {**at, "state": "answered" if sheet.handed_in_at else "left out"}


def _sent(request: HttpRequest, door: Door, told: Told, form: LinkForm) -> HttpResponse:
    try:
        send_link(door=door, **form.cleaned_data)
    except Refused as refused:
        form.add_error("email", str(refused))
        return _front(request, door, told, form)
    return _front(request, door, told, LinkForm(), sent=True)


def _front(
    request: HttpRequest, door: Door, told: Told, form: LinkForm, *, sent: bool = False
) -> HttpResponse:
    context = {"told": told, "form": form, "onward": next_of(door, told), "sent": sent}
    return show(request, door, "front", context, 422 if form.errors else 200)


def _contact(door: Door, told: Told) -> dict[str, Any]:
    found = told.pages[-1]
    return {
        "contact_at": door.page(found.slug),
        "fields": shown(found, told_before(found, told.intake.said)),
        "edition": told.intake.said.get("editions", {}).get(found.key, 0),
    }
