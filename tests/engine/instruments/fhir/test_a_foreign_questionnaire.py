"""Other people's Questionnaires: what is read of them, and what is refused with what to write."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.instruments import Instrument, InstrumentError, load_instrument, load_wording, score
from holdfast.instruments.adding import add_file
from holdfast.instruments.fhir import read_questionnaire, to_questionnaire

from .foreign import (
    CODES,
    FACTS,
    HIDDEN,
    HL7,
    LOINC,
    OFTEN,
    ORDINAL,
    URL,
    WEIGHT,
    choice,
    coded,
    form,
    ordinal,
    total,
)


def read(*items: dict[str, Any], facts: dict[str, Any] | None = None, **other: Any) -> Instrument:
    return read_questionnaire(form(*items, **other), {**FACTS, **(facts or {})})[0]


def refused(*items: dict[str, Any], facts: dict[str, Any] | None = None, **other: Any) -> str:
    with pytest.raises(InstrumentError) as refusal:
        read(*items, facts=facts, **other)
    return str(refusal.value)


# What is read


def test_questions_become_items_and_choices_add_up_to_a_total() -> None:
    tides, words = read_questionnaire(form(), FACTS)
    assert (tides.name, tides.title, tides.version) == ("tides", "The Tides", "2.1")
    assert [one.name for one in tides.items] == ["waves", "storm"]
    assert (tides.scale().lowest, tides.scale().highest) == (0, 4)
    assert score(tides, {"waves": 2, "storm": 1}).total == 3
    assert words.text("waves") == "Was it rough?"
    assert words.labels("answers").each == OFTEN


def test_licence_and_source_are_the_questionnaires_own_and_marked_as_such() -> None:
    tides, words = read_questionnaire(form(), FACTS)
    assert tides.licence.terms == words.licence == "Given to everybody by the sailors."
    assert (tides.licence.words, tides.status) == ("practice", "unvalidated")
    source = tides.source("questionnaire")
    assert (source.url, source.checked.value) == (URL, "second hand")
    assert "published by The Sailors" in source.cite


def test_facts_add_what_fhir_lacks() -> None:
    facts = {
        "name": "tides-north",
        "status": "validated",
        "sources": {"paper": {"cite": "Invented", "checked": "no"}},
        "safety": {
            "storm": {"at_least": 2, "kind": "alert", "title": "A storm", "source": "paper"}
        },
        "scale": {"total": {"max_missing": 1, "fill": "mean"}},
    }
    tides = read(choice("waves"), choice("storm"), total(SUM), facts=facts)
    assert (tides.name, tides.status, tides.scale().max_missing) == ("tides-north", "validated", 1)
    found = score(tides, {"storm": 2})
    assert [flag.item for flag in found.safety] == ["storm"]
    assert found.total == 4


def test_groups_are_opened_and_their_words_are_kept_before_the_questions() -> None:
    group = {"linkId": "g", "type": "group", "text": "Lately:", "item": [choice("waves")]}
    display = {"linkId": "d", "type": "display", "text": "Thank you."}
    second = {
        "linkId": "h",
        "type": "group",
        "text": "At night:",
        "item": [choice("storm"), display],
    }
    tides, words = read_questionnaire(form(group, second), FACTS)
    assert [one.name for one in tides.items] == ["waves", "storm"]
    assert (words.stem, words.closing) == ("Lately:", "Thank you.")
    assert words.text("storm") == "At night:\nWas it rough?"


def test_questions_that_nobody_answers_are_left_out() -> None:
    hidden = {**choice("secret"), "extension": [{"url": HIDDEN, "valueBoolean": True}]}
    tides = read(choice("waves"), hidden, {**choice("shown"), "readOnly": True})
    assert [one.name for one in tides.items] == ["waves"]


@pytest.mark.parametrize(
    "options",
    [
        [{"valueCoding": coded(word, value)} for value, word in enumerate(OFTEN)],
        [
            {"valueCoding": coded(word), "extension": ordinal(value)}
            for value, word in enumerate(OFTEN)
        ],
        [
            {"valueCoding": coded(word), "extension": ordinal(value, WEIGHT)}
            for value, word in enumerate(OFTEN)
        ],
        [{"valueCoding": coded(word, value)} for value, word in reversed([*enumerate(OFTEN)])],
        [{"valueCoding": coded(word, float(value))} for value, word in enumerate(OFTEN)],
    ],
    ids=["on the coding", "on the option", "as a weight", "downwards", "as decimals"],
)
def test_the_number_of_an_answer_is_found_wherever_it_stands(options: list[Any]) -> None:
    tides, words = read_questionnaire(form(choice("waves", answerOption=options)), FACTS)
    assert tides.items[0].options is not None
    assert tides.items[0].options.values == (0, 1, 2)
    assert words.labels("answers").each == OFTEN


def test_answers_of_a_value_set_that_the_questionnaire_contains_are_read() -> None:
    concepts = [
        {"code": word, "display": word, "extension": ordinal(n)} for n, word in enumerate(OFTEN)
    ]
    include = [{"system": CODES, "concept": concepts}]
    contained = [
        {
            "resourceType": "ValueSet",
            "id": "often",
            "status": "active",
            "compose": {"include": include},
        }
    ]
    item = {"linkId": "waves", "type": "choice", "text": "Waves?", "answerValueSet": "#often"}
    tides = read(item, contained=contained)
    assert tides.items[0].options is not None
    assert tides.items[0].options.values == (0, 1, 2)


def test_whole_numbers_from_one_to_another_are_a_choice() -> None:
    bounds = [
        {"url": f"{HL7}/{key}", "valueInteger": n} for key, n in (("minValue", 0), ("maxValue", 10))
    ]
    tides = read({"linkId": "waves", "type": "integer", "text": "Waves?", "extension": bounds})
    assert tides.scale().highest == 10


def test_yes_and_no_take_their_words_from_the_language_or_from_a_person() -> None:
    item = {"linkId": "leak", "type": "boolean", "text": "Is there a leak?"}
    assert read_questionnaire(form(item), FACTS)[1].labels("answers").each == ("No", "Yes")
    german = form({**item, "text": "Leckt es?"}, language="de")
    with pytest.raises(InstrumentError, match="item leak: write the words for no and yes"):
        read_questionnaire(german, FACTS)
    _, words = read_questionnaire(german, {**FACTS, "no_yes": ["Nein", "Ja"]})
    assert words.labels("answers").each == ("Nein", "Ja")


def test_an_open_line_is_asked_and_not_scored() -> None:
    tides = read(choice("waves"), {"linkId": "more", "type": "text", "text": "What else?"})
    assert (tides.item("more").options, tides.item("more").scored) == (None, False)
    assert tides.scale().items == ("waves",)


def test_loinc_codes_are_kept_where_they_are_real() -> None:
    item = choice("/1", code=[{"system": LOINC, "code": "44250-9"}])
    tides = read(item, code=[{"system": LOINC, "code": "44249-1"}])
    assert (tides.loinc, tides.items[0].loinc) == ("44249-1", "44250-9")
    assert "its check digit is wrong" in refused(
        choice("1", code=[{"system": LOINC, "code": "44250-8"}])
    )


@pytest.mark.parametrize(
    ("when", "asked"),
    [
        ([{"operator": "=", "answerCoding": coded("often")}], (False, True)),
        (
            [
                {"operator": "=", "answerCoding": coded("sometimes")},
                {"operator": "=", "answerCoding": coded("often")},
            ],
            (True, True),
        ),
    ],
)
def test_when_a_question_is_asked_is_read(
    when: list[dict[str, Any]], asked: tuple[bool, ...]
) -> None:
    cases = [{"question": "waves", **one} for one in when]
    cases = [{**one, "answerCoding": {**one["answerCoding"]}} for one in cases]
    tides = read(choice("waves"), choice("storm", enableWhen=cases, enableBehavior="any"))
    condition = tides.item("storm").asked_if
    assert condition is not None
    assert [condition.holds({"waves": value}) for value in (1, 2)] == list(asked)
    assert condition.holds({"waves": 0}) is False


# Totals

BOTH = ("waves", "storm")
SUM = "%resource.item.where(linkId in ('waves' | 'storm')).answer.value.ordinal().sum()"


@pytest.mark.parametrize(
    ("expression", "points"),
    [
        (SUM, 3),
        (f"{SUM} * 4", 12),
        (f"({SUM.removesuffix('.sum()')}).sum() / 2", 1.5),
        (
            " + ".join(
                f"%resource.item.where(linkId='{one}').answer.value.ordinal()" for one in BOTH
            ),
            3,
        ),
        (SUM.replace("ordinal", "weight"), 3),
        (SUM.replace("%resource.item", "%resource.descendants()"), 3),
    ],
)
def test_a_calculated_sum_becomes_a_scale(expression: str, points: float) -> None:
    tides = read(choice("waves"), choice("storm"), choice("calm"), total(expression, text="Sum"))
    assert score(tides, {"waves": 2, "storm": 1}).total == points
    assert tides.scale().title == "Sum"
    assert not tides.item("calm").scored


@pytest.mark.parametrize(
    "expression",
    [
        "%score + 1",
        SUM.replace("'storm'", "'hail'"),
        SUM.replace("'storm'", "'waves'"),
        f"iif({SUM} > 2, 1, 0)",
        SUM.replace(".sum()", ".max()"),
    ],
)
def test_a_total_that_is_no_sum_of_answers_is_refused_until_somebody_says_what_it_is(
    expression: str,
) -> None:
    items = (choice("waves"), choice("storm"), total(expression))
    said = refused(*items)
    assert "tides, total total: its calculatedExpression is more than a sum of answers" in said
    assert "scale.total" in said
    fact = {"total": {"items": ["waves"], "range": [0, 2]}}
    assert score(read(*items, facts={"scale": fact}), {"waves": 2}).total == 2


def test_there_need_not_be_a_total() -> None:
    assert read(choice("waves"), facts={"total": False}).scales == ()


# What is refused


@pytest.mark.parametrize("key", ["measures", "not_meaning", "about", "recall", "worse", "safety"])
def test_a_fact_that_fhir_does_not_say_is_asked_for_and_never_guessed(key: str) -> None:
    facts = {name: value for name, value in FACTS.items() if name != key}
    with pytest.raises(InstrumentError, match=f"tides: FHIR does not say {key} "):
        read_questionnaire(form(), facts)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("copyright", "The questionnaire has no copyright (its licence)."),
        ("title", "The questionnaire has no title."),
        ("version", "The questionnaire has no version."),
        ("language", "The questionnaire has no language."),
    ],
)
def test_a_questionnaire_that_lacks_licence_or_name_is_refused(key: str, said: str) -> None:
    resource = {name: value for name, value in form().items() if name != key}
    with pytest.raises(InstrumentError) as refusal:
        read_questionnaire(resource, FACTS)
    assert said in str(refusal.value)


def test_a_questionnaire_from_nowhere_is_refused() -> None:
    resource = {key: value for key, value in form().items() if key not in ("url", "publisher")}
    with pytest.raises(InstrumentError, match="no url or publisher"):
        read_questionnaire(resource, FACTS)


def only(*options: dict[str, Any]) -> dict[str, Any]:
    return choice("a", answerOption=list(options))


def asked_if(**case: Any) -> dict[str, Any]:
    return choice("b", enableWhen=[{"question": "a", **case}])


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ({"linkId": "a", "type": "quantity", "text": "A?"}, "a: it is of type quantity. Take it"),
        (choice("a", repeats=True), "a: it takes several answers. Make an item of each."),
        (
            only({"valueCoding": coded("never")}, {"valueCoding": coded("often")}),
            f"a: an answer has no number. Add the extension {ORDINAL} to each.",
        ),
        (
            only(*({"valueCoding": coded(word, 1)} for word in OFTEN)),
            "a: it needs two answers or more, each with its own number.",
        ),
        (only({"valueCoding": coded("often", 1)}), "a: it needs two answers or more"),
        (
            only({"valueInteger": 1, "extension": ordinal(0)}, {"valueInteger": 2}),
            "a: a whole number among its answers counts as another one.",
        ),
        (
            {"linkId": "a", "type": "choice", "text": "A?", "answerValueSet": "http://x.example"},
            "a: its answers stand elsewhere.",
        ),
        (
            {"linkId": "a", "type": "integer", "text": "A?"},
            "a: it is a number. Add the extensions minValue and maxValue.",
        ),
        ({"linkId": "a", "type": "text"}, "a: it has no text."),
        (
            asked_if(operator="exists", answerBoolean=True),
            "b: its enableWhen can't be read: it uses exists.",
        ),
        (
            asked_if(operator="=", answerCoding=coded("never")),
            "b: its enableWhen can't be read: it wants answers other than the highest.",
        ),
        (
            asked_if(operator="=", answerCoding=coded("seldom")),
            "b: its enableWhen can't be read: it names an answer that is not offered.",
        ),
    ],
)
def test_what_cannot_be_read_for_certain_is_refused_with_its_item(
    item: dict[str, Any], said: str
) -> None:
    first = [] if item["linkId"] == "a" else [choice("a")]
    assert f"tides, item {said}" in refused(*first, item)


def test_facts_that_nobody_knows_or_items_that_are_not_there_are_refused() -> None:
    assert "facts: unknown colour. Known: measures" in refused(facts={"colour": "blue"})
    safety = {"hail": {"at_least": 1, "kind": "note", "title": "Hail", "source": "questionnaire"}}
    assert "safety names hail. Its items are waves, storm." in refused(facts={"safety": safety})


@pytest.mark.parametrize(
    ("resource", "said"),
    [
        ({"resourceType": "Patient"}, "the file: it is no FHIR Questionnaire. Give one as JSON."),
        ({}, "the file: it is no FHIR Questionnaire."),
        ([], "the file: it is no FHIR Questionnaire."),
        ({"resourceType": "Questionnaire"}, "no valid FHIR R4 Questionnaire. Look at: status."),
        (form(date="so sad"), "Look at: date"),
        (form({"linkId": "a", "type": "choice", "colour": "so sad"}), "Look at: item.0.colour"),
    ],
)
def test_what_is_no_valid_questionnaire_is_refused_with_the_place_alone(
    resource: Any, said: str
) -> None:
    with pytest.raises(InstrumentError) as refusal:
        read_questionnaire(resource, FACTS)
    assert said in str(refusal.value)
    assert "so sad" not in str(refusal.value)


# Any damage

WHOLE = to_questionnaire(load_instrument("pc-ptsd-5"), load_wording("pc-ptsd-5"))


def places(table: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    pairs = table.items() if isinstance(table, dict) else enumerate(table)
    for key, value in pairs:
        yield (*way, key)
        if isinstance(value, dict | list):
            yield from places(value, (*way, key))


ODD = st.sampled_from(
    [None, "", "x", 0, -1, 1.5, True, [], {}, [None], [{}], [[]], {"x": 1}, 10**400, float("nan")]
)  # fmt: skip


@given(st.sampled_from([*places(WHOLE)]), ODD)
def test_any_damage_is_read_or_refused_and_never_breaks(
    place: tuple[Any, ...], odd: object
) -> None:
    damaged: Any = copy.deepcopy(WHOLE)
    *way, last = place
    at = damaged
    for key in way:
        at = at[key]
    at[last] = odd
    with suppress(InstrumentError):
        read_questionnaire(damaged, {**FACTS, "about": "trauma"})


# Added to a practice


def test_a_foreign_questionnaire_is_added_with_its_words_and_scored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOLDFAST_HOME", str(tmp_path / "home"))
    file = tmp_path / "tides.json"
    file.write_text(json.dumps(form()), encoding="utf-8")
    with pytest.raises(InstrumentError, match="FHIR does not say measures"):
        add_file(file)
    assert not (tmp_path / "home").exists()
    added = add_file(file, facts=FACTS)
    assert (added.instrument, added.what, added.unfit) == ("tides", "definition and wording", ())
    assert load_wording("tides").text("storm") == "Was it rough?"
    assert score(load_instrument("tides"), {"waves": 1, "storm": 1}).total == 2


def test_our_own_questionnaire_cannot_be_added_over_what_ships(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOLDFAST_HOME", str(tmp_path / "home"))
    file = tmp_path / "a.json"
    file.write_text(json.dumps(WHOLE), encoding="utf-8")
    with pytest.raises(InstrumentError, match="pc-ptsd-5 ships with Holdfast and stays as it is"):
        add_file(file, facts={**FACTS, "about": "trauma"})
