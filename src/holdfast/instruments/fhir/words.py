"""The words of a Questionnaire: labels of answers, texts of questions."""

from __future__ import annotations

from collections.abc import Mapping

from holdfast.instruments.definition import InstrumentError
from holdfast.instruments.fhir.form import Form, Question, ends
from holdfast.instruments.fhir.names import Resource
from holdfast.instruments.fhir.offers import Offer

Offers = Mapping[str, Offer | None]


def named_offers(form: Form, offers: Offers) -> dict[str, str]:
    """Return a name for the options of each question; the same options have the same name.

    Examples
    --------
    >>> from holdfast.instruments.fhir.form import lay_flat
    >>> form = lay_flat({"item": [{"linkId": "1", "type": "boolean"}]})
    >>> named_offers(form, {"1": Offer((0, 1), (), ("No", "Yes"))})
    {'1': 'answers'}
    """
    names: dict[object, str] = {}
    found = {}
    for question in form.questions:
        offer = offers[question.link]
        if offer is None:
            continue
        labels = ends(question.part) if _bare(offer) and not _sides(form, question) else ()
        key = (offer.values, offer.loinc, offer.words, offer.name, labels)
        if key not in names:
            names[key] = _free(offer.name or "answers", set(names.values()))
        found[question.link] = names[key]
    return found


def label_tables(
    form: Form, offers: Offers, names: Mapping[str, str], name: str
) -> dict[str, Resource]:
    """Return a wording's ``options``.

    Raises
    ------
    InstrumentError
        If an answer has no words.

    Examples
    --------
    >>> from holdfast.instruments.fhir.form import lay_flat
    >>> form = lay_flat({"item": [{"linkId": "1", "type": "boolean"}]})
    >>> label_tables(form, {"1": Offer((0, 1), (), ("No", "Yes"))}, {"1": "answers"}, "a form")
    {'answers': {'labels': ['No', 'Yes']}}
    """
    tables: dict[str, Resource] = {}
    for question in form.questions:
        offer = offers[question.link]
        if offer is None:
            continue
        low, high = ends(question.part)
        if low and high and _bare(offer) and not _sides(form, question):
            tables[names[question.link]] = {"low": low, "high": high}
        elif not all(offer.words):
            raise InstrumentError(f"{name}, item {question.name}: its answers have no words.")
        else:
            tables[names[question.link]] = {"labels": list(offer.words)}
    return tables


def text_tables(form: Form, offers: Offers, name: str) -> dict[str, object]:
    """Return a wording's ``items``.

    Raises
    ------
    InstrumentError
        If a question has no words.

    Examples
    --------
    >>> from holdfast.instruments.fhir.form import lay_flat
    >>> form = lay_flat({"item": [{"linkId": "1", "type": "boolean", "text": "Is it so?"}]})
    >>> text_tables(form, {"1": Offer((0, 1), (), ("No", "Yes"))}, "a form")
    {'1': 'Is it so?'}
    """
    tables: dict[str, object] = {}
    for question in form.questions:
        text = str(question.part.get("text", "")).strip()
        if not text:
            raise InstrumentError(
                f"{name}, item {question.name}: it has no text. Add the words, whose licence you "
                "hold."
            )
        if question.heading:
            text = f"{question.heading}\n{text}"
        right, left = ends(question.part)
        offer = offers[question.link]
        sided = left and right and offer and (not _bare(offer) or _sides(form, question))
        tables[question.name] = {"left": left, "right": right, "text": text} if sided else text
    return tables


def _bare(offer: Offer) -> bool:
    """Return whether the answers have numbers for words, as on a slider."""
    return all(word == f"{value:g}" for word, value in zip(offer.words, offer.values, strict=True))


def _sides(form: Form, question: Question) -> bool:
    """Return whether the words at the ends are this question's own: two statements."""
    own = ends(question.part)
    found = {ends(one.part) for one in form.questions} - {("", "")}
    return own != ("", "") and len(found) > 1


def _free(name: str, taken: set[str]) -> str:
    count = 1
    found = name
    while found in taken:
        count += 1
        found = f"{name}-{count}"
    return found
