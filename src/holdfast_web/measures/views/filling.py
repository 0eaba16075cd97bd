"""What all pages share on which a sheet is filled in: a client's, a guess, a tablet's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from holdfast_web.accounts.models import Person
from holdfast_web.engine.forms import Form, form_of
from holdfast_web.engine.scoring import LONGEST_TEXT, AnswersRefused, Flag, work_out
from holdfast_web.lib.refusals import NotYours, Stale
from holdfast_web.measures.actions.answering import save_answers
from holdfast_web.measures.forms.asking import Filled, lines_of, read_filled
from holdfast_web.measures.handing_in import EMPTY
from holdfast_web.measures.models import Sheet
from holdfast_web.measures.queries.asking import CHECK_IN, sheet_to_answer

KEPT = "measures/kept.html"


@dataclass(frozen=True, slots=True)
class Page:
    """A page on which a sheet is filled in.

    Attributes
    ----------
    template
        How it looks.
    here, kept
        Where the whole is sent, and where each answer is saved; ``""`` where none is.
    extra
        What else the template shows.
    """

    template: str
    here: str
    kept: str = ""
    extra: Mapping[str, Any] | None = None

    def show(
        self,
        request: HttpRequest,
        sheet: Sheet,
        answers: Mapping[str, Any],
        *,
        said: str = "",
        missing: bool = False,
        status: int = 200,
    ) -> HttpResponse:
        """Return the page.

        Parameters
        ----------
        answers
            What is filled in.
        said
            What has to be said first.
        missing
            Whether to point out what is still open.
        """
        form = form_for(sheet)
        left_open = form.left_open(answers) if missing else ()
        names = frozenset(one.name for one in left_open)
        lines = lines_of(form, answers, missing=names)
        context = {
            "page": self,
            "sheet": sheet,
            "form": form,
            "lines": lines,
            "open_lines": [one for one in lines if one.missing],
            "said": said,
            "some": bool(answers),
            "longest": LONGEST_TEXT,
            "is_check_in": sheet.instrument == CHECK_IN,
            **progress(sheet, form, answers),
            **(self.extra or {}),
        }
        return render(request, self.template, context, status=status)


def form_for(sheet: Sheet) -> Form:
    """Return a sheet's form; its texts take turns with the sessions."""
    return form_of(
        sheet.instrument,
        respondent=sheet.respondent,
        language=sheet.client.language,
        turn=(sheet.session.number or 0) if sheet.session else 0,
    )


def progress(sheet: Sheet, form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return how far a sheet is, and whether an answer calls for help at once."""
    choices = [one for one in form.questions if one.kind != "text"]
    return {
        "edition": sheet.edition,
        "answered": sum(one.name in answers for one in choices),
        "questions": len(choices),
        "urgent": any(one.urgent for one in flags_of(sheet, answers)),
    }


def flags_of(sheet: Sheet, answers: Mapping[str, Any]) -> tuple[Flag, ...]:
    """Return what in the answers a person must see; a guess has nothing such."""
    try:
        return work_out(sheet.instrument, answers, respondent=sheet.respondent).flags
    except AnswersRefused:
        # The practice changed an instrument of its own; nothing can be said of old answers.
        return ()


def keep_one(request: HttpRequest, person: Person, sheet: Sheet) -> HttpResponse:
    """Save a sheet while it is filled in; only the line about its progress is answered.

    Where it was answered in another window too, the answer that was just given is added to what
    stands there, and the page is loaded again so that it shows both.
    """
    form, changed = form_for(sheet), str(request.POST.get("changed", ""))
    filled = read_filled(form, request.POST)
    try:
        row = save_answers(by=person, sheet=sheet, answers=filled.answers, edition=filled.edition)
    except Stale:
        return _kept_beside(person, sheet, filled, changed)
    shout = any(one.urgent and one.item == changed for one in flags_of(row, row.answers))
    context = {"sheet": row, "saved": True, "shout": shout, **progress(row, form, row.answers)}
    # Help shows the practice's numbers; without it, nothing of the request is needed.
    return HttpResponse(render_to_string(KEPT, context, request if context["urgent"] else None))


def _kept_beside(person: Person, sheet: Sheet, filled: Filled, changed: str) -> HttpResponse:
    now = sheet_to_answer(person, sheet.pk)
    if now.handed_in_at is None:
        merged = {key: one for key, one in now.answers.items() if key != changed}
        if changed in filled.answers:
            merged[changed] = filled.answers[changed]
        save_answers(by=person, sheet=now, answers=merged, edition=now.edition)
    return HttpResponse(status=200, headers={"HX-Refresh": "true"})


def point_out(
    request: HttpRequest, page: Page, sheet: Sheet, filled: Filled
) -> HttpResponse | None:
    """Return the page with what is left open, once, or ``None`` when it may be handed in."""
    if not filled.answers:
        return page.show(request, sheet, {}, said=EMPTY, status=422)
    left_open = form_for(sheet).left_open(filled.answers)
    if not left_open or filled.as_it_is:
        return None
    count = len(left_open)
    said = "One question is still open." if count == 1 else f"{count} questions are still open."
    return page.show(request, sheet, filled.answers, said=said, missing=True, status=422)


def quicker(
    request: HttpRequest,
    page: Page,
    sheet: Sheet,
    filled: Filled,
    stale: Stale,
    *,
    beside: bool = True,
) -> HttpResponse:
    """Return what was typed, when somebody else was quicker: nothing of it is lost.

    Parameters
    ----------
    sheet
        As it is now.
    beside
        Whether what was saved elsewhere may be shown beside it.
    """
    if sheet.handed_in_at is not None:
        lines = lines_of(form_for(sheet), filled.answers)
        context = {"said": str(stale), "lines": lines, "page": page, **(page.extra or {})}
        return render(request, "measures/too_late.html", context, status=409)
    saved = ", and what was saved elsewhere where you left something open" if beside else ""
    return page.show(
        request,
        sheet,
        {**sheet.answers, **filled.answers} if beside else filled.answers,
        said=f"{stale} Below is what you answered here{saved}. "
        "Look through it and hand it in again.",
        status=409,
    )


def only_of(sheet: Sheet, respondent: str) -> Sheet:
    """Return a sheet if it is for this kind of respondent; to others it does not exist."""
    if sheet.respondent != respondent:
        raise NotYours
    return sheet
