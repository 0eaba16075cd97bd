"""When an item is asked: our conditions as enableWhen, and back where both can say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from holdfast.instruments.definition import Instrument, InstrumentError, Item
from holdfast.instruments.fhir.names import Resource, answer_coding, item_link
from holdfast.instruments.scales import Condition

Code = tuple[str, str]
"""System and code of an answer."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a question offers: numbers, ascending, and the code of each."""

    item: str
    values: tuple[float, ...]
    codes: tuple[Code, ...]


def write_condition(instrument: Instrument, item: Item, condition: Condition) -> Resource:
    """Return ``enableWhen`` and ``enableBehavior`` for a condition.

    Raises
    ------
    InstrumentError
        If FHIR's simple comparisons can't say it.

    Examples
    --------
    >>> from holdfast.instruments import load_instrument
    >>> form = load_instrument("pc-ptsd-5")
    >>> said = write_condition(form, form.item("q1"), form.item("q1").asked_if)
    >>> said["enableBehavior"], said["enableWhen"][0]["question"]
    ('any', 'trauma')
    """
    cases = [
        [(instrument.item(name), value) for value in _reaching(instrument.item(name), least)]
        for name, least in zip(condition.items, condition.at_least, strict=True)
    ]
    every = condition.count == len(cases) and all(len(one) == 1 for one in cases)
    if condition.count > 1 and not every:
        raise InstrumentError(
            f"{instrument.name}, item {item.name}: FHIR has no enableWhen for its asked_if, which "
            f"counts {condition.count} of several answers. Ask for one of them, or for all."
        )
    return {
        "enableWhen": [
            {
                "question": item_link(instrument, asked),
                "operator": "=",
                "answerCoding": _plain(answer_coding(instrument, asked, value)),
            }
            for case in cases
            for asked, value in case
        ],
        "enableBehavior": "all" if condition.count > 1 else "any",
    }


def read_condition(
    item: Mapping[str, Any], questions: Mapping[str, Choices], place: str
) -> Resource | None:
    """Return a definition's ``asked_if`` for an item's enableWhen, ``None`` where it has none.

    Parameters
    ----------
    item
        Of a Questionnaire.
    questions
        What the questions offer, by linkId.
    place
        For messages.

    Raises
    ------
    InstrumentError
        If our conditions, "one of these, or all of these, at or above a value", can't say it.

    Examples
    --------
    >>> yes_no = Choices("trauma", (0, 1), (("s", "no"), ("s", "yes")))
    >>> when = {"question": "1", "operator": "=", "answerCoding": {"system": "s", "code": "yes"}}
    >>> read_condition({"enableWhen": [when]}, {"1": yes_no}, "a form, item 2")
    {'items': ['trauma'], 'at_least': 1}
    """
    cases = item.get("enableWhen", [])
    if not cases:
        return None
    accepted: dict[str, list[set[float]]] = {}
    for case in cases:
        choices = questions.get(case["question"])
        if choices is None:
            raise _cannot(place, f"it looks at {case['question']}, which is no choice")
        accepted.setdefault(case["question"], []).append(_accepted(case, choices, place))
    every = len(cases) > 1 and item.get("enableBehavior") == "all"
    least = {}
    for link, sets in accepted.items():
        choices = questions[link]
        values = set.intersection(*sets) if every else set.union(*sets)
        least[choices.item] = _least(values, choices, place)
    return _condition(least, len(least) if every else 1)


def _condition(least: Mapping[str, float], count: int) -> Resource:
    first = next(iter(least.values()))
    others = {name: value for name, value in least.items() if value != first}
    return {
        "items": list(least),
        "at_least": first,
        **({"but": others} if others else {}),
        **({"count": count} if count > 1 else {}),
    }


def _accepted(case: Mapping[str, Any], choices: Choices, place: str) -> set[float]:
    """Return the answers that a case of enableWhen accepts."""
    operator = case["operator"]
    if operator == "=" and "answerCoding" in case:
        code = (case["answerCoding"].get("system", ""), case["answerCoding"].get("code", ""))
        if code not in choices.codes:
            raise _cannot(place, "it names an answer that is not offered")
        return {choices.values[choices.codes.index(code)]}
    if operator == "=" and "answerBoolean" in case:
        return {float(case["answerBoolean"])}
    bound = case.get("answerInteger", case.get("answerDecimal"))
    tests = {"=": float.__eq__, ">=": float.__ge__, ">": float.__gt__}
    if bound is None or operator not in tests:
        raise _cannot(place, f"it uses {operator}")
    return {one for one in choices.values if tests[operator](float(one), float(bound))}


def _least(values: set[float], choices: Choices, place: str) -> float:
    if not values or values != {one for one in choices.values if one >= min(values)}:
        raise _cannot(place, "it wants answers other than the highest")
    return min(one for one in choices.values if one in values)


def _reaching(item: Item, least: float) -> Sequence[float]:
    return [one for one in item.options.values if one >= least] if item.options else []


def _plain(coding: Resource) -> Resource:
    return {key: value for key, value in coding.items() if key != "extension"}


def _cannot(place: str, why: str) -> InstrumentError:
    return InstrumentError(
        f"{place}: its enableWhen can't be read: {why}. Holdfast asks an item if one of some "
        "answers, or all of them, are at or above a value. Write it so, or ask it always."
    )
