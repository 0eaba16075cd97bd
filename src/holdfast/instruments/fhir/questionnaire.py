"""Instrument → FHIR R4 Questionnaire."""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.instruments.definition import Instrument, Item
from holdfast.instruments.fhir.conditions import write_condition
from holdfast.instruments.fhir.expressions import Total, write_total
from holdfast.instruments.fhir.names import (
    CALCULATED,
    CONTROL,
    CONTROLS,
    HIDDEN,
    LOINC,
    REVERSED,
    Resource,
    answer_coding,
    codings,
    identifier,
    item_link,
    scale_link,
    url,
)
from holdfast.instruments.fhir.validation import checked
from holdfast.instruments.scales import Scale
from holdfast.instruments.wording import Wording
from holdfast.instruments.words import small

PUBLISHER = "Holdfast"
LOINC_NOTICE = (
    "This material contains content from LOINC (http://loinc.org). LOINC is copyright © "
    "Regenstrief Institute, Inc. and the Logical Observation Identifiers Names and Codes (LOINC) "
    "Committee and is available at no cost under the license at http://loinc.org/license. LOINC® "
    "is a registered United States trademark of Regenstrief Institute, Inc."
)


def to_questionnaire(instrument: Instrument, wording: Wording | None = None) -> Resource:
    """Return an instrument as a FHIR R4 Questionnaire, ready for JSON.

    Parameters
    ----------
    instrument
        Its items become questions, its scales hidden totals with FHIRPath.
    wording
        Its words; without them the questions have codes and no text. Of texts that take turns,
        the first.

    Returns
    -------
    dict
        Valid R4. ``copyright`` has the licence, and LOINC's notice where its codes are used.

    Raises
    ------
    InstrumentError
        If FHIR can't say when an item is asked.
    MissingExtra
        If fhir.resources is not installed.

    Examples
    --------
    >>> from holdfast.instruments import load_instrument, load_wording
    >>> form = to_questionnaire(load_instrument("phq-9"), load_wording("phq-9"))
    >>> form["code"][0]["code"], form["item"][1]["linkId"], form["item"][1]["text"]
    ('44249-1', '/44250-9', 'Little interest or pleasure in doing things')
    """
    coded = {"code": [{"system": LOINC, "code": instrument.loinc}]} if instrument.loinc else {}
    return checked(
        {
            "resourceType": "Questionnaire",
            "id": identifier(instrument, wording),
            **({"language": wording.language} if wording else {}),
            "url": url(instrument, wording),
            "version": instrument.version,
            "name": _name(instrument),
            "title": wording.title if wording else instrument.full_title,
            "status": "active",
            "subjectType": ["Patient"],
            "publisher": PUBLISHER,
            "description": f"{instrument.measures}. It is not: {small(instrument.not_meaning)}",
            "copyright": _copyright(instrument, wording),
            **coded,
            "item": list(_items(instrument, wording)),
        }
    )


def _name(instrument: Instrument) -> str:
    name = instrument.name.replace("-", "_").upper()
    return name if name[0].isalpha() else f"Q_{name}"


def _copyright(instrument: Instrument, wording: Wording | None) -> str:
    licence = instrument.licence
    parts = [f"{licence.name} ({licence.holder}). {licence.terms}"]
    if wording:
        parts += [f"Words: {wording.licence}", wording.attribution]
    if _uses_loinc(instrument):
        parts.append(LOINC_NOTICE)
    return "\n\n".join(part for part in parts if part)


def _uses_loinc(instrument: Instrument) -> bool:
    return any(
        (
            instrument.loinc,
            any(one.loinc or (one.options and one.options.loinc) for one in instrument.items),
            any(one.loinc for one in instrument.scales),
        )
    )


def _items(instrument: Instrument, wording: Wording | None) -> Iterator[Resource]:
    if wording and wording.stem:
        yield {"linkId": "stem", "text": wording.stem, "type": "display"}
    for item in instrument.items:
        yield _question(instrument, item, wording)
    for scale in instrument.scales:
        yield _total(instrument, scale)
    if wording and wording.closing:
        yield {"linkId": "closing", "text": wording.closing, "type": "display"}


def _question(instrument: Instrument, item: Item, wording: Wording | None) -> Resource:
    link = item_link(instrument, item)
    parts = {"item": list(_ends(link, item, wording))} if wording and item.options else {}
    return {
        **({"extension": [{"url": REVERSED, "valueBoolean": True}]} if item.reverse else {}),
        "linkId": link,
        "code": codings(instrument, f"item.{item.name}", item.loinc),
        **({"text": wording.text(item.name)} if wording else {}),
        "type": "choice" if item.options else "text",
        **(write_condition(instrument, item, item.asked_if) if item.asked_if else {}),
        "required": _required(instrument, item),
        **({"answerOption": _offered(instrument, item, wording)} if item.options else {}),
        **{key: value for key, value in parts.items() if value},
    }


def _required(instrument: Instrument, item: Item) -> bool:
    """Return whether everything that needs an item bears no missing answer."""
    return item.scored and not any(
        one.max_missing for one in instrument.scales if item.name in one.items
    )


def _offered(instrument: Instrument, item: Item, wording: Wording | None) -> list[Resource]:
    assert item.options is not None  # noqa: S101 - the caller looked
    offered = []
    for place, value in enumerate(item.options.values):
        display = wording.label(item.options.name, place) or f"{value:g}" if wording else ""
        offered.append({"valueCoding": answer_coding(instrument, item, value, display)})
    return offered


def _ends(link: str, item: Item, wording: Wording) -> Iterator[Resource]:
    """Yield the words at the two ends: labels of a slider, or the statements on both sides.

    Of two statements, the left one is the higher number.
    """
    assert item.options is not None  # noqa: S101 - the caller looked
    labels = wording.labels(item.options.name)
    left, right = dict(wording.sides).get(item.name, (labels.high, labels.low))
    for end, text in (("lower", right), ("upper", left)):
        if text:
            control = {"coding": [{"system": CONTROLS, "code": end}]}
            yield {
                "extension": [{"url": CONTROL, "valueCodeableConcept": control}],
                "linkId": f"{link}/{end}",
                "text": text,
                "type": "display",
            }


def _total(instrument: Instrument, scale: Scale) -> Resource:
    links = tuple(item_link(instrument, instrument.item(name)) for name in scale.items)
    divided = len(links) if scale.method == "mean" else 1
    expression = write_total(Total(links, scale.times, divided))
    return {
        "extension": [
            {"url": HIDDEN, "valueBoolean": True},
            {
                "url": CALCULATED,
                "valueExpression": {"language": "text/fhirpath", "expression": expression},
            },
        ],
        "linkId": scale_link(scale),
        "code": codings(instrument, f"scale.{scale.name}", scale.loinc),
        "text": scale.title,
        "type": "decimal",
        "readOnly": True,
    }
