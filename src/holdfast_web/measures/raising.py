"""Finds the answers that a person must see, whatever the rest comes to."""

from __future__ import annotations

from holdfast_web.engine.forms import NoSuchForm, form_of
from holdfast_web.engine.scoring import work_out
from holdfast_web.measures.models import SafetyAnswer, Sheet


def safety_answers_in(sheet: Sheet) -> list[SafetyAnswer]:
    """Return the answers of a sheet that a person must see and that were not raised yet, unsaved.

    A therapist's guess raises none: it isn't the client's word.
    """
    if sheet.handed_in_at is None or sheet.respondent != Sheet.Respondent.CLIENT:
        return []
    flags = work_out(sheet.instrument, sheet.answers).flags
    if not flags:
        return []
    rows = SafetyAnswer.objects.for_the_practice("an answer is raised once")
    known = {one.told["item"] for one in rows.filter(sheet=sheet)}
    return [
        SafetyAnswer(
            client_id=sheet.client_id,
            sheet=sheet,
            urgent=flag.urgent,
            told={
                "instrument": sheet.instrument,
                "item": flag.item,
                "kind": flag.kind,
                "title": flag.title,
                "answer": _in_words(sheet, flag.item),
            },
        )
        for flag in flags
        if flag.item not in known
    ]


def _in_words(sheet: Sheet, item: str) -> str:
    answer = sheet.answers.get(item)
    try:
        questions = form_of(sheet.instrument).questions
    except NoSuchForm:
        questions = ()
    question = next((one for one in questions if one.name == item), None)
    return question.label(answer) if question else str(answer)
