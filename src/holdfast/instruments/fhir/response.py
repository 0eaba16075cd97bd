"""Answers → FHIR R4 QuestionnaireResponse."""

from __future__ import annotations

from holdfast.instruments.definition import Instrument, Item
from holdfast.instruments.fhir.names import Resource, answer_coding, item_link, url
from holdfast.instruments.fhir.people import Origin, person, subject_and_encounter
from holdfast.instruments.fhir.validation import checked
from holdfast.instruments.score import Answer, AnswerError, Answers, check_answer
from holdfast.instruments.wording import Wording


def to_response(
    instrument: Instrument,
    answers: Answers,
    *,
    subject: str = "",
    authored: str | None = None,
    session: int | None = None,
    respondent: str = "client",
    wording: Wording | None = None,
) -> Resource:
    """Return answers as a FHIR R4 QuestionnaireResponse, ready for JSON.

    Parameters
    ----------
    instrument
        What was filled in.
    answers
        By item; what was not answered is left out.
    subject
        The practice's identifier, or a reference such as ``Patient/12``.
    authored
        Date, or date and time with its zone.
    session, respondent
        Number of the session; ``"client"`` or ``"therapist"``.
    wording
        The words that were read, to be written beside the codes.

    Returns
    -------
    dict
        ``completed``, or ``stopped`` where an answer is missing without which nothing can be said.

    Raises
    ------
    AnswerError
        If the instrument has no such item or answer.
    MissingExtra
        If fhir.resources is not installed.

    Examples
    --------
    >>> from holdfast.instruments import load_instrument
    >>> response = to_response(load_instrument("phq-2"), {"q1": 2, "q2": 1}, subject="A")
    >>> response["status"], response["item"][0]["answer"][0]["valueCoding"]["code"]
    ('completed', 'LA6570-1')
    """
    names = [one.name for one in instrument.items]
    unknown = sorted(set(answers) - set(names))
    if unknown:
        raise AnswerError(
            f"{instrument.title} has no item {', '.join(unknown)}. Its items: {', '.join(names)}."
        )
    given = {name: answer for name, answer in answers.items() if answer not in (None, "")}
    origin = Origin(subject, authored, session, respondent)
    who = person(origin)
    return checked(
        {
            "resourceType": "QuestionnaireResponse",
            "questionnaire": f"{url(instrument, wording)}|{instrument.version}",
            "status": "completed" if _complete(instrument, given) else "stopped",
            **subject_and_encounter(origin),
            **({"authored": authored} if authored else {}),
            **({"source": who} if who else {}),
            **_items(instrument, given, wording),
        }
    )


def _items(instrument: Instrument, given: Answers, wording: Wording | None) -> Resource:
    items = [
        {
            "linkId": item_link(instrument, one),
            **({"text": wording.text(one.name)} if wording else {}),
            "answer": [_answer(instrument, one, given[one.name], wording)],
        }
        for one in instrument.items
        if one.name in given
    ]
    return {"item": items} if items else {}


def _answer(
    instrument: Instrument, item: Item, answer: Answer, wording: Wording | None
) -> Resource:
    if item.options is None:
        return {"valueString": str(answer)}
    value = check_answer(item, "" if answer is None else answer)
    place = item.options.values.index(value)
    display = wording.label(item.options.name, place) if wording else ""
    return {"valueCoding": answer_coding(instrument, item, item.options.values[place], display)}


def _complete(instrument: Instrument, given: Answers) -> bool:
    """Return whether everything was answered that something needs."""
    numbers = {name: answer for name, answer in given.items() if isinstance(answer, int | float)}
    needed = {
        one.name
        for one in instrument.items
        if one.scored
        and not any(scale.max_missing for scale in instrument.scales if one.name in scale.items)
        and not (one.asked_if and one.asked_if.holds(numbers) is False)
    }
    return needed <= set(given)
