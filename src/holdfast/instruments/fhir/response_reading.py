"""FHIR R4 QuestionnaireResponse → answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from holdfast.instruments.definition import Instrument, Item
from holdfast.instruments.fhir.conditions import Code
from holdfast.instruments.fhir.form import Part, Question, lay_flat, loinc_of
from holdfast.instruments.fhir.names import (
    BASE,
    ORDINAL,
    answer_coding,
    item_link,
    scale_link,
    system,
)
from holdfast.instruments.fhir.offers import Offer, read_offer, weight_of
from holdfast.instruments.fhir.validation import require_valid
from holdfast.instruments.score import Answer, AnswerError, check_answer

KIND = "QuestionnaireResponse"


@dataclass(frozen=True, slots=True)
class Key:
    """How a response names an instrument's items and answers.

    Attributes
    ----------
    items
        By linkId without its first slash.
    codes
        Of each item, the number of each code.
    totals
        linkIds of totals, which are computed and not read.
    otherwise
        Items whose answers the Questionnaire counts otherwise: only known codes are read.
    """

    items: Mapping[str, Item]
    codes: Mapping[str, Mapping[Code, float]]
    totals: frozenset[str]
    otherwise: frozenset[str] = frozenset()


def read_response(
    instrument: Instrument,
    resource: Mapping[str, Any],
    questionnaire: Mapping[str, Any] | None = None,
    *,
    place: str = "the response",
) -> dict[str, Answer]:
    """Return the answers of a FHIR R4 QuestionnaireResponse.

    Parameters
    ----------
    instrument
        What was filled in.
    resource
        The response, parsed from JSON. An item is known by its linkId: our name or the LOINC
        code. An answer is known by its code, else by its ordinal, else by its number.
    questionnaire
        The Questionnaire that it answers, where its linkIds and codes are others.
    place
        For messages.

    Returns
    -------
    dict
        By item; what was not answered is absent.

    Raises
    ------
    AnswerError
        If an item or an answer is not the instrument's, or the response was entered in error.
        The message never has an answer.
    MissingExtra
        If fhir.resources is not installed.

    Examples
    --------
    >>> from holdfast.instruments import load_instrument
    >>> from holdfast.instruments.fhir import to_response
    >>> phq2 = load_instrument("phq-2")
    >>> read_response(phq2, to_response(phq2, {"q1": 2, "q2": 1}))
    {'q1': 2, 'q2': 1}
    """
    resource = require_valid(resource, KIND, AnswerError, place)
    if resource["status"] == "entered-in-error":
        raise AnswerError(f"{place}: it was entered in error and counts for nothing.")
    if questionnaire is not None:
        questionnaire = require_valid(
            questionnaire, "Questionnaire", AnswerError, f"{place}, its questionnaire"
        )
    return answers_of(instrument, resource, key_of(instrument, questionnaire), place)


def answers_of(instrument: Instrument, resource: Part, key: Key, place: str) -> dict[str, Answer]:
    """Return the answers of a response that is known to be valid FHIR.

    Examples
    --------
    >>> from holdfast.instruments import load_instrument
    >>> from holdfast.instruments.fhir import to_response
    >>> phq2 = load_instrument("phq-2")
    >>> answers_of(phq2, to_response(phq2, {"q1": 2}), key_of(phq2), "the response")
    {'q1': 2}
    """
    answers: dict[str, Answer] = {}
    for part in answered(resource):
        link = str(part["linkId"])
        item = key.items.get(link.lstrip("/"))
        if item is None:
            if link.lstrip("/") in key.totals:
                continue
            known = ", ".join(one.name for one in instrument.items)
            raise AnswerError(
                f"{place}: {instrument.title} has no item {link!r}. Its items: {known}. Put the "
                "Questionnaire beside the responses, or take other instruments out."
            )
        if item.name in answers or len(part["answer"]) > 1:
            raise AnswerError(f"{place}, {item.name}: it has several answers. Keep one.")
        answers[item.name] = _answer(item, part["answer"][0], key, f"{place}, {item.name}")
    return answers


def key_of(instrument: Instrument, questionnaire: Part | None = None) -> Key:
    """Return how responses name an instrument's items and answers.

    Examples
    --------
    >>> from holdfast.instruments import load_instrument
    >>> key_of(load_instrument("phq-9")).items["44260-8"].name
    'q9'
    """
    items = {item_link(instrument, one).lstrip("/"): one for one in instrument.items}
    items |= {one.name.lstrip("/"): one for one in instrument.items}
    codes: dict[str, dict[Code, float]] = {
        one.name: {
            _code(answer_coding(instrument, one, value)): value for value in one.options.values
        }
        for one in instrument.items
        if one.options
    }
    totals = {scale_link(one).lstrip("/") for one in instrument.scales}
    otherwise = set()
    if questionnaire:
        form = lay_flat(questionnaire)
        totals |= {str(one["linkId"]).lstrip("/") for one in form.totals}
        ours = dict(items)
        for question in form.questions:
            item = _item_of(question, instrument, ours)
            if item is None:
                items.pop(question.link.lstrip("/"), None)
                continue
            items[question.link.lstrip("/")] = item
            offer = read_offer(question, questionnaire, ("0", "1"), f"item {question.name}")
            if offer and _same(item, offer):
                pairs = zip(offer.codes, offer.values, strict=False)
                codes[item.name] = {**dict(pairs), **codes[item.name]}
            elif offer:
                otherwise.add(item.name)
    return Key(items, codes, frozenset(totals), frozenset(otherwise))


def _item_of(question: Question, instrument: Instrument, ours: Mapping[str, Item]) -> Item | None:
    """Return the item that a question is: by our own code, else by LOINC's, else by its linkId.

    A linkId such as ``1`` may be anything, so it says nothing where a code says otherwise.
    """
    codes = question.part.get("code", ())
    own = [one for one in codes if str(one.get("system", "")).startswith(f"{BASE}/CodeSystem/")]
    for one in own:
        if one["system"] == system(instrument.name):
            return ours.get(str(one.get("code", "")).removeprefix("item."))
    code = loinc_of(codes)
    by_loinc = ours.get(code) if code else None
    if by_loinc is not None or own:
        return by_loinc
    found = ours.get(question.link.lstrip("/"))
    return None if found and code and found.loinc else found


def answered(resource: Part) -> Iterator[Part]:
    """Yield the items of a response that have an answer, groups opened.

    Examples
    --------
    >>> inner = {"linkId": "1", "answer": [{"valueInteger": 2}]}
    >>> [part["linkId"] for part in answered({"item": [{"linkId": "g", "item": [inner]}]})]
    ['1']
    """
    yield from _walk(resource.get("item", ()))


def _walk(parts: Sequence[Part]) -> Iterator[Part]:
    for part in parts:
        if any(key.startswith("value") for answer in part.get("answer", ()) for key in answer):
            yield part
        yield from _walk(part.get("item", ()))
        for answer in part.get("answer", ()):
            yield from _walk(answer.get("item", ()))


def _answer(item: Item, answer: Part, key: Key, place: str) -> Answer:
    if item.options is None:
        if "valueString" in answer:
            return str(answer["valueString"])
        raise AnswerError(f"{place}: expected words, as valueString.")
    value: float | str = ""
    known = _code(answer.get("valueCoding", {})) in key.codes[item.name]
    if item.name in key.otherwise and not known:
        raise AnswerError(
            f"{place}: the Questionnaire beside it counts the answers otherwise, and this one has "
            "no code that Holdfast knows. Add the Questionnaire as an instrument of its own."
        )
    if "valueCoding" in answer:
        value = _coded(item, answer["valueCoding"], key, place)
    elif "valueBoolean" in answer and list(item.options.values) == [0, 1]:
        value = int(answer["valueBoolean"])
    else:
        value = answer.get("valueInteger", answer.get("valueDecimal", ""))
    try:
        found = check_answer(item, value)
    except AnswerError as error:
        raise AnswerError(f"{place}: {error}") from None
    return item.options.values[item.options.values.index(found)]


def _coded(item: Item, coding: Part, key: Key, place: str) -> float:
    known = key.codes[item.name]
    code = _code(coding)
    if code in known:
        return known[code]
    counted = weight_of(coding)
    if counted is None or item.reverse:
        raise AnswerError(
            f"{place}: its code is not known. Put the Questionnaire beside the responses"
            + ("." if item.reverse else f", or the extension {ORDINAL} on each answer.")
        )
    return counted


def _same(item: Item, offer: Offer) -> bool:
    """Return whether a foreign question counts its answers as ours does."""
    ours = item.options is not None and item.options.values == offer.values
    return ours and item.reverse == offer.reverse


def _code(coding: Part) -> Code:
    return str(coding.get("system", "")), str(coding.get("code", ""))
