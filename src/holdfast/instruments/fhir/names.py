"""FHIR's addresses, and Holdfast's own names where LOINC has no code."""

from __future__ import annotations

from typing import Any

from holdfast.instruments.definition import Instrument, Item
from holdfast.instruments.scales import Scale
from holdfast.instruments.wording import Wording

Resource = dict[str, Any]
"""A FHIR resource or a part of one, as JSON has it."""

BASE = "https://holdfast.invalid/fhir"
"""Begins our own names. RFC 2606 keeps ``.invalid`` free, so they never lead to somebody else."""

LOINC = "http://loinc.org"
HL7 = "http://hl7.org/fhir/StructureDefinition"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition"
TERMS = "http://terminology.hl7.org/CodeSystem"

ORDINAL = f"{HL7}/ordinalValue"
WEIGHT = f"{HL7}/itemWeight"
HIDDEN = f"{HL7}/questionnaire-hidden"
CONTROL = f"{HL7}/questionnaire-itemControl"
CONTROLS = "http://hl7.org/fhir/questionnaire-item-control"
CALCULATED = f"{SDC}/sdc-questionnaire-calculatedExpression"
REVERSED = f"{BASE}/StructureDefinition/reversed"
"""On an item whose numbers count the other way round: its ordinals are what scales count."""


def url(instrument: Instrument, wording: Wording | None = None) -> str:
    """Return the canonical address of an instrument's Questionnaire, one for each wording.

    Examples
    --------
    >>> from holdfast.instruments import load_instrument, load_wording
    >>> url(load_instrument("check-in"), load_wording("check-in", respondent="therapist"))
    'https://holdfast.invalid/fhir/Questionnaire/check-in.en.therapist'
    """
    return f"{BASE}/Questionnaire/{identifier(instrument, wording)}"


def identifier(instrument: Instrument, wording: Wording | None = None) -> str:
    """Return the end of the address, as :func:`instrument_of` reads it."""
    if wording is None:
        return instrument.name
    for_whom = "" if wording.respondent == "client" else f".{wording.respondent}"
    return f"{instrument.name}.{wording.language}{for_whom}"


def instrument_of(canonical: str) -> str | None:
    """Return the instrument that one of our addresses names, ``None`` for other addresses.

    Examples
    --------
    >>> instrument_of("https://holdfast.invalid/fhir/Questionnaire/phq-9.en|1")
    'phq-9'
    >>> instrument_of("http://example.org/Questionnaire/phq-9")
    """
    ours = f"{BASE}/Questionnaire/"
    if not canonical.startswith(ours):
        return None
    return canonical.removeprefix(ours).partition("|")[0].partition(".")[0]


def system(name: str) -> str:
    """Return the address of the codes of our own for an instrument."""
    return f"{BASE}/CodeSystem/{name}"


def codings(instrument: Instrument, local: str, loinc: str = "") -> list[Resource]:
    """Return a LOINC coding where there is one, then our own, such as ``item.q1``."""
    ours = {"system": system(instrument.name), "code": local}
    return [{"system": LOINC, "code": loinc}, ours] if loinc else [ours]


def answer_coding(instrument: Instrument, item: Item, value: float, display: str = "") -> Resource:
    """Return the coding of an answer, with what it counts in scales as its ordinal.

    Examples
    --------
    >>> from holdfast.instruments import load_instrument
    >>> phq9 = load_instrument("phq-9")
    >>> answer_coding(phq9, phq9.item("difficulty"), 2)["code"]  # "very"
    'LA6575-0'
    """
    assert item.options is not None  # noqa: S101 - open lines have no codes
    if item.options.loinc:
        coded = {"system": LOINC, "code": item.options.loinc[item.options.values.index(value)]}
    else:
        local = f"answer.{item.options.name}.{value:g}"
        coded = {"system": system(instrument.name), "code": local}
    ordinal = {"url": ORDINAL, "valueDecimal": item.counted(value)}
    return {"extension": [ordinal], **coded, **({"display": display} if display else {})}


def item_link(instrument: Instrument, item: Item) -> str:
    """Return an item's linkId: ``/44250-9`` where LOINC has a code of its own for it.

    Examples
    --------
    >>> from holdfast.instruments import load_instrument
    >>> phq9 = load_instrument("phq-9")
    >>> item_link(phq9, phq9.item("q9"))
    '/44260-8'
    """
    same = sum(item.loinc == other.loinc for other in instrument.items)
    return f"/{item.loinc}" if item.loinc and same == 1 else item.name


def scale_link(scale: Scale) -> str:
    """Return the linkId of the item that shows a scale."""
    return f"/{scale.loinc}" if scale.loinc else f"scale.{scale.name}"
