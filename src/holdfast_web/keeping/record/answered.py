"""Check-ins and questionnaires: what was asked, what was answered, what it came to."""

from __future__ import annotations

from typing import Any

from holdfast_web.care.models import Client
from holdfast_web.engine.fhir import Answered, Bundled, bundle_of
from holdfast_web.engine.forms import NoSuchForm, Question, form_of
from holdfast_web.measures.models import Sheet

WHY = "a copy of what the client may have"
Facts = dict[str, Any]


def sheet_facts(client: Client) -> list[Facts]:
    """Return the client's own sheets; a therapist's guesses are not among them."""
    return [_sheet(one, client.language) for one in _sheets(client)]


def bundle_for(client: Client) -> Bundled:
    """Return what was handed in as a FHIR Bundle."""
    return bundle_of(
        Answered(
            instrument=one.instrument,
            answers={key: value for key, value in one.answers.items() if value is not None},
            client=str(client.pk),
            session=one.session.number if one.session else None,
            on=one.handed_in_at.date().isoformat(),
        )
        for one in _sheets(client)
        if one.handed_in_at
    )


def _sheets(client: Client) -> Any:
    rows = Sheet.objects.for_the_practice(WHY).filter(
        client=client, respondent=Sheet.Respondent.CLIENT
    )
    return rows.select_related("session").order_by("due_at")


def _sheet(row: Sheet, language: str) -> Facts:
    title, questions = _asked(row, language)
    return {
        "instrument": row.instrument,
        "instrument_version": row.instrument_version,
        "title": title,
        "session": row.session.number if row.session else None,
        "asked_at": row.due_at,
        "handed_in_at": row.handed_in_at,
        "left_out_at": row.skipped_at,
        "answers": [
            {
                "item": name,
                "question": questions[name].text if name in questions else "",
                "answer": value,
                "answer_in_words": _in_words(questions.get(name), value),
            }
            for name, value in row.answers.items()
        ],
        "came_to": row.result,
    }


def _asked(row: Sheet, language: str) -> tuple[str, dict[str, Question]]:
    try:
        form = form_of(
            row.instrument,
            language=language,
            turn=(row.session.number or 0) if row.session else 0,
        )
    except NoSuchForm:
        # An instrument of the practice's own that it has taken away since.
        return row.instrument, {}
    return form.title, {one.name: one for one in form.questions}


def _in_words(question: Question | None, value: Any) -> str:
    return "" if value is None or question is None else question.label(value)
