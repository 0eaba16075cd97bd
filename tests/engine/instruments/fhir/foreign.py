"""Questionnaires and responses as other people's systems write them. All words are invented."""

from __future__ import annotations

from typing import Any

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
WEIGHT = "http://hl7.org/fhir/StructureDefinition/itemWeight"
CALCULATED = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
CODES = "http://sailors.example/codes"
URL = "http://sailors.example/Questionnaire/tides"
HL7 = "http://hl7.org/fhir/StructureDefinition"
LOINC = "http://loinc.org"
HIDDEN = f"{HL7}/questionnaire-hidden"
FACTS: dict[str, Any] = {
    "measures": "How rough the last days were",
    "not_meaning": "Anything: it is an invented example.",
    "about": "wellbeing",
    "recall": "the last 3 days",
    "worse": "higher",
    "safety": {},
}
OFTEN = ("never", "sometimes", "often")


def ordinal(value: float, url: str = ORDINAL) -> list[dict[str, Any]]:
    return [{"url": url, "valueDecimal": value}]


def coded(code: str, value: float | None = None) -> dict[str, Any]:
    """Return an answer's coding, with its ordinal where it is given."""
    extra = {} if value is None else {"extension": ordinal(value)}
    return {**extra, "system": CODES, "code": code, "display": code}


def choice(link: str, text: str = "Was it rough?", **other: Any) -> dict[str, Any]:
    options = [{"valueCoding": coded(word, value)} for value, word in enumerate(OFTEN)]
    return {"linkId": link, "type": "choice", "text": text, "answerOption": options, **other}


def form(*items: dict[str, Any], **other: Any) -> dict[str, Any]:
    return {
        "resourceType": "Questionnaire",
        "url": URL,
        "name": "Tides",
        "title": "The Tides",
        "version": "2.1",
        "language": "en",
        "status": "active",
        "publisher": "The Sailors",
        "copyright": "Given to everybody by the sailors.",
        "item": list(items or (choice("waves"), choice("storm"))),
        **other,
    }


def total(expression: str, link: str = "sum", **other: Any) -> dict[str, Any]:
    said = {"language": "text/fhirpath", "expression": expression}
    return {
        "linkId": link,
        "type": "decimal",
        "readOnly": True,
        "extension": [{"url": CALCULATED, "valueExpression": said}],
        **other,
    }


def response(*items: dict[str, Any], **other: Any) -> dict[str, Any]:
    return {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "item": list(items),
        **other,
    }


def answer(link: str, **value: Any) -> dict[str, Any]:
    return {"linkId": link, "answer": [value]}
