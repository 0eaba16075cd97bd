"""The answers that a question offers, whatever way FHIR has of saying so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from holdfast.instruments import loinc
from holdfast.instruments.definition import InstrumentError
from holdfast.instruments.fhir.conditions import Code
from holdfast.instruments.fhir.form import Part, Question, extension
from holdfast.instruments.fhir.names import BASE, HL7, LOINC, ORDINAL, REVERSED, WEIGHT
from holdfast.instruments.fields import LARGEST

TEXT = frozenset({"text", "string"})
WIDEST = 101
"""The most steps that a question in numbers may have."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Numbers as they were given, ascending, with the code and the words of each.

    ``reverse``: scales count them the other way round.
    """

    values: tuple[float, ...]
    codes: tuple[Code, ...]
    words: tuple[str, ...]
    reverse: bool = False

    @property
    def loinc(self) -> tuple[str, ...]:
        """LOINC answer codes, empty unless all answers have one."""
        ours = all(system == LOINC and loinc.is_answer(code) for system, code in self.codes)
        return tuple(code for _, code in self.codes) if ours else ()

    @property
    def name(self) -> str:
        """Our own name for these options, ``""`` where the codes don't have it."""
        system, code = self.codes[0] if self.codes else ("", "")
        return code.split(".")[1] if system.startswith(BASE) and code.count(".") > 1 else ""


def read_offer(
    question: Question, resource: Part, no_yes: Sequence[str], place: str
) -> Offer | None:
    """Return what a question offers, ``None`` for an open line.

    Parameters
    ----------
    question
        Of a Questionnaire.
    resource
        The Questionnaire: it may contain the ValueSet.
    no_yes
        The words for no and yes, empty where nobody said them.
    place
        For messages.

    Raises
    ------
    InstrumentError
        If the answers have no numbers, or the question is of a kind that has no place here.

    Examples
    --------
    >>> part = {"linkId": "1", "type": "boolean"}
    >>> read_offer(Question("1", "1", part), {}, ("No", "Yes"), "a form, item 1").values
    (0, 1)
    """
    part = question.part
    kind = part["type"]
    if part.get("repeats"):
        raise InstrumentError(f"{place}: it takes several answers. Make an item of each.")
    if kind in TEXT:
        return None
    if kind == "boolean":
        if len(no_yes) != 2:
            raise InstrumentError(f"{place}: write the words for no and yes as the fact no_yes.")
        return Offer((0, 1), (), tuple(no_yes))
    if kind == "integer":
        return _steps(part, place)
    if kind != "choice":
        raise InstrumentError(
            f"{place}: it is of type {kind}. Take it out, or make it a choice, an integer with "
            "minValue and maxValue, a boolean or a text."
        )
    return _choices(part, resource, place)


def weight_of(part: Part) -> float | None:
    """Return the number that a part has by its ordinal or its weight, ``None`` without one.

    Examples
    --------
    >>> weight_of({"extension": [{"url": ORDINAL, "valueDecimal": 2.0}]})
    2
    """
    for url in (ORDINAL, WEIGHT):
        found = extension(part, url)
        if found is not None and "valueDecimal" in found:
            with suppress(OverflowError):
                value = float(found["valueDecimal"])
                if abs(value) <= LARGEST:
                    return int(value) if value.is_integer() else value
    return None


def _steps(part: Part, place: str) -> Offer:
    low, high = (extension(part, f"{HL7}/{one}") for one in ("minValue", "maxValue"))
    if low is None or high is None:
        raise InstrumentError(f"{place}: it is a number. Add the extensions minValue and maxValue.")
    first, last = low.get("valueInteger"), high.get("valueInteger")
    if not isinstance(first, int) or not isinstance(last, int) or not 0 < last - first < WIDEST:
        raise InstrumentError(
            f"{place}: its minValue and maxValue must be whole numbers, ascending, with at most "
            f"{WIDEST} steps."
        )
    values = tuple(range(first, last + 1))
    return Offer(values, (), tuple(str(one) for one in values))


def _choices(part: Part, resource: Part, place: str) -> Offer:
    found = [_answer(one, place) for one in _options(part, resource, place)]
    if len({value for value, _, _ in found}) < max(len(found), 2):
        raise InstrumentError(f"{place}: it needs two answers or more, each with its own number.")
    reverse = bool((extension(part, REVERSED) or {}).get("valueBoolean"))
    if reverse:
        ends = min(value for value, _, _ in found) + max(value for value, _, _ in found)
        found = [(ends - value, code, words) for value, code, words in found]
    found.sort(key=lambda one: one[0])
    values, codes, words = zip(*found, strict=True)
    return Offer(values, codes if all(code for _, code in codes) else (), words, reverse)


def _options(part: Part, resource: Part, place: str) -> list[Part]:
    if part.get("answerOption"):
        return list(part["answerOption"])
    reference = str(part.get("answerValueSet", ""))
    for one in resource.get("contained", ()):
        if reference == f"#{one.get('id')}":
            return [
                {"valueCoding": concept, "extension": concept.get("extension", [])}
                for concept in _concepts(one)
            ]
    raise InstrumentError(
        f"{place}: its answers stand elsewhere. Write them as answerOption, or contain their "
        "ValueSet."
    )


def _concepts(value_set: Mapping[str, Any]) -> Iterator[Part]:
    for include in value_set.get("compose", {}).get("include", ()):
        for concept in include.get("concept", ()):
            yield {"system": include.get("system", ""), **concept}
    if not value_set.get("compose"):
        yield from value_set.get("expansion", {}).get("contains", ())


def _answer(option: Part, place: str) -> tuple[float, Code, str]:
    """Return an answer's number, code and words."""
    if "valueInteger" in option:
        value = option["valueInteger"]
        if weight_of(option) not in (None, value):
            raise InstrumentError(
                f"{place}: a whole number among its answers counts as another one. Write the "
                "answers as codes, or without a weight."
            )
        return value, ("", ""), str(value)
    coding = option.get("valueCoding", {})
    value = weight_of(option)
    if value is None:
        value = weight_of(coding)
    if value is None:
        raise InstrumentError(
            f"{place}: an answer has no number. Add the extension {ORDINAL} to each."
        )
    code = (str(coding.get("system", "")), str(coding.get("code", "")))
    return value, code, str(coding.get("display", option.get("valueString", "")))
