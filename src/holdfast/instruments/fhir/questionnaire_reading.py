"""FHIR R4 Questionnaire → instrument and wording, as strictly as from a file of our own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from holdfast.instruments.definition import Instrument, InstrumentError
from holdfast.instruments.fhir.conditions import Choices, read_condition
from holdfast.instruments.fhir.facts import SOURCE, Facts, read_facts
from holdfast.instruments.fhir.form import Form, Question, lay_flat, loinc_of
from holdfast.instruments.fhir.names import Resource
from holdfast.instruments.fhir.offers import Offer, read_offer
from holdfast.instruments.fhir.totals import scale_tables
from holdfast.instruments.fhir.validation import require_valid
from holdfast.instruments.fhir.words import label_tables, named_offers, text_tables
from holdfast.instruments.reading import read_definition
from holdfast.instruments.wording import Wording
from holdfast.instruments.wording_reading import read_wording

Offers = Mapping[str, Offer | None]


def read_questionnaire(
    resource: Mapping[str, Any], facts: Mapping[str, Any] | None = None
) -> tuple[Instrument, Wording]:
    """Return a FHIR R4 Questionnaire as an instrument and its words.

    Parameters
    ----------
    resource
        The Questionnaire, parsed from JSON.
    facts
        What FHIR does not say: see :func:`questionnaire_tables`.

    Raises
    ------
    InstrumentError
        If something is missing, or can't be read for certain.
    MissingExtra
        If fhir.resources is not installed.

    Examples
    --------
    >>> from holdfast.instruments import load_instrument, load_wording
    >>> from holdfast.instruments.fhir import to_questionnaire
    >>> form = to_questionnaire(load_instrument("gad-7"), load_wording("gad-7"))
    >>> facts = dict(measures="Anxiety", not_meaning="A diagnosis", about="anxiety",
    ...              recall="2 weeks", worse="higher", safety={})
    >>> instrument, wording = read_questionnaire(form, facts)
    >>> instrument.scale().highest, instrument.scale().loinc, wording.language
    (21, '70274-6', 'en')
    """
    definition, words = questionnaire_tables(resource, facts)
    instrument = read_definition(definition)
    return instrument, read_wording(words, instrument)


def questionnaire_tables(
    resource: Mapping[str, Any], facts: Mapping[str, Any] | None = None
) -> tuple[Resource, Resource]:
    """Return the tables of a definition and a wording, as their files would have them.

    Parameters
    ----------
    resource
        The Questionnaire, parsed from JSON.
    facts
        ``measures``, ``not_meaning``, ``about``, ``recall``, ``worse`` as a definition has them,
        and ``safety``, by item, which may be empty but not left out. Besides, where needed:
        ``name``, ``title``, ``version``, ``language``, ``respondent``, ``status``, ``licence``,
        ``sources``, ``no_yes`` (words for a boolean), ``total`` (``False`` for none), ``scale``
        (by name, what FHIR lacks: ``max_missing``, bands, changes), ``criterion``, ``level``.

    Raises
    ------
    InstrumentError
        If something is missing, or can't be read for certain.

    Examples
    --------
    >>> from holdfast.instruments import load_instrument, load_wording
    >>> from holdfast.instruments.fhir import to_questionnaire
    >>> form = to_questionnaire(load_instrument("gad-7"), load_wording("gad-7"))
    >>> facts = dict(measures="Anxiety", not_meaning="A diagnosis", about="anxiety",
    ...              recall="2 weeks", worse="higher", safety={})
    >>> definition, wording = questionnaire_tables(form, facts)
    >>> definition["item"][0]
    {'name': 'q1', 'options': 'answers', 'loinc': '69725-0'}
    """
    resource = require_valid(resource, "Questionnaire", InstrumentError, "the file")
    known = read_facts(resource, facts or {})
    form = lay_flat(resource)
    offers = {
        one.link: read_offer(one, resource, known.no_yes, f"{known.name}, item {one.name}")
        for one in form.questions
    }
    names = named_offers(form, offers)
    scales = scale_tables(form, offers, known)
    definition = {
        **_about(known),
        "options": {
            names[link]: {
                "values": list(offer.values),
                **({"loinc": list(offer.loinc)} if offer.loinc else {}),
            }
            for link, offer in offers.items()
            if offer
        },
        "item": _items(form, offers, names, scales, known),
        "scale": scales,
        **{key: known.given[key] for key in ("criterion", "level") if key in known.given},
    }
    wording = {
        "instrument": known.name,
        "language": known.text("language"),
        "respondent": known.given.get("respondent", "client"),
        "title": str(resource.get("title") or known.text("title")),
        "stem": form.stem,
        "closing": form.closing,
        "licence": known.terms,
        "attribution": str(resource.get("publisher", "")),
        "source": known.citation,
        "url": str(resource.get("url", "")),
        "options": label_tables(form, offers, names, known.name),
        "items": text_tables(form, offers, known.name),
    }
    return definition, wording


def _about(facts: Facts) -> Resource:
    resource, given = facts.resource, facts.given
    code = loinc_of(resource.get("code", ()))
    publisher = resource.get("publisher")
    return {
        "name": facts.name,
        "title": facts.text("title"),
        "full_title": str(resource.get("title") or facts.text("title")),
        "version": facts.text("version"),
        **{key: given[key] for key in ("measures", "not_meaning", "about", "recall", "worse")},
        "status": given.get("status", "unvalidated"),
        **({"loinc": code} if code else {}),
        "licence": {
            "name": "As its copyright notice says",
            "holder": f"see the notice; published by {publisher}"
            if publisher
            else "see the notice",
            "terms": facts.terms,
            "words": "practice",
            "source": SOURCE,
            **given.get("licence", {}),
        },
        "sources": {
            SOURCE: {
                "cite": facts.citation,
                "url": str(resource.get("url", "")),
                "checked": "second hand",
            },
            **given.get("sources", {}),
        },
    }


def _items(
    form: Form, offers: Offers, names: Mapping[str, str], scales: list[Resource], facts: Facts
) -> list[Resource]:
    choices = {
        one.link: Choices(one.name, offer.values, offer.codes)
        for one in form.questions
        if (offer := offers[one.link])
    }
    counted = {name for scale in scales for name in scale["items"]} or None
    _require_known(facts.given["safety"], form, facts.name)
    return [_item(one, offers[one.link], names, choices, counted, facts) for one in form.questions]


def _item(
    question: Question,
    offer: Offer | None,
    names: Mapping[str, str],
    choices: Mapping[str, Choices],
    counted: set[str] | None,
    facts: Facts,
) -> Resource:
    place = f"{facts.name}, item {question.name}"
    code = loinc_of(question.part.get("code", ()))
    scored = offer is not None and (counted is None or question.name in counted)
    asked_if = read_condition(question.part, choices, place)
    safety = facts.given["safety"].get(question.name)
    return {
        "name": question.name,
        **({"options": names[question.link]} if offer else {"kind": "text"}),
        **({"reverse": True} if offer and offer.reverse else {}),
        **({} if scored else {"scored": False}),
        **({"asked_if": asked_if} if asked_if else {}),
        **({"safety": safety} if safety else {}),
        **({"loinc": code} if code else {}),
    }


def _require_known(safety: Mapping[str, Any], form: Form, name: str) -> None:
    items = [one.name for one in form.questions]
    unknown = sorted(set(safety) - set(items))
    if unknown:
        raise InstrumentError(
            f"{name}: safety names {', '.join(unknown)}. Its items are {', '.join(items)}."
        )
