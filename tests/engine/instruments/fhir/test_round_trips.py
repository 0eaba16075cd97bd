"""What goes out as FHIR comes back as it was: instruments, answers, totals, conditions."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.instruments import (
    Condition,
    Instrument,
    InstrumentError,
    Scale,
    Wording,
    load_instrument,
    load_wording,
    load_wordings,
    read_definition,
    read_wording,
    score,
)
from holdfast.instruments.fhir import (
    questionnaire_tables,
    read_questionnaire,
    read_response,
    read_responses,
    to_bundle,
    to_questionnaire,
    to_response,
)
from holdfast.instruments.fhir.conditions import Choices, read_condition, write_condition
from holdfast.instruments.fhir.expressions import Total, read_total, write_total
from holdfast.instruments.fhir.names import answer_coding, item_link
from holdfast.instruments.library import shipped_names
from holdfast.instruments.responses import Response, score_response

SHIPPED = tuple(shipped_names())
WITH_WORDS = tuple(name for name in SHIPPED if load_wordings(name, own=False))
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12
)
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True)


def facts_of(instrument: Instrument) -> dict[str, Any]:
    """Return what FHIR does not say of an instrument."""
    safety = {
        one.name: {
            "at_least": one.safety.at_least,
            "kind": one.safety.kind,
            "title": one.safety.title,
            "source": "questionnaire",
        }
        for one in instrument.items
        if one.safety
    }
    known = ("measures", "not_meaning", "about", "recall", "status", "title")
    return {
        **{key: getattr(instrument, key) for key in known},
        "worse": instrument.worse.value,
        "safety": safety,
        "total": bool(instrument.scales),
    }


def method(scale: Scale) -> str:
    """Return how a scale is computed, as FHIR can say it: the mean of one item is its sum."""
    return scale.method if len(scale.items) > 1 else "sum"


@st.composite
def instruments(draw: st.DrawFn) -> tuple[Instrument, Wording]:
    """Make up an instrument with its words."""
    names = draw(st.lists(NAMES, min_size=1, max_size=5, unique=True))
    count = draw(st.integers(2, 5))
    first = draw(st.integers(-3, 3))
    values = list(range(first, first + count))
    reverse = [draw(st.booleans()) for _ in names]
    how = draw(st.sampled_from(["sum", "mean"]))
    times = draw(st.sampled_from([1, 2, 4]))
    many = len(names) if how == "sum" else 1
    low, high = (end * times * many for end in (values[0], values[-1]))
    least = draw(st.sampled_from(values[1:]))
    items: list[dict[str, Any]] = [
        {"name": name, "options": "often", "reverse": turned}
        for name, turned in zip(names, reverse, strict=True)
    ]
    if len(names) > 1 and draw(st.booleans()):
        items[-1]["asked_if"] = {"items": names[:1], "at_least": least}
    table = {
        "name": "made-up", "title": "M", "full_title": "M", "version": "1", "measures": "M",
        "not_meaning": "M", "about": "wellbeing", "recall": "now", "worse": "higher",
        "status": "unvalidated", "options": {"often": {"values": values}}, "item": items,
        "licence": {
            "name": "L", "holder": "H", "terms": "T", "words": "practice", "source": "own",
        },
        "sources": {"own": {"cite": "C", "checked": "choice"}},
        "scale": [
            {
                "name": "total", "title": "M", "items": "all", "method": how, "times": times,
                "range": [low, high], "source": "own",
            }
        ],
    }  # fmt: skip
    labels = draw(st.lists(WORDS, min_size=count, max_size=count, unique=True))
    words = {
        "instrument": "made-up", "language": "en", "title": "M", "licence": "L", "source": "C",
        "items": {name: draw(WORDS) for name in names}, "options": {"often": {"labels": labels}},
    }  # fmt: skip
    made = read_definition(table)
    return made, read_wording(words, made)


def answers_to(instrument: Instrument) -> st.SearchStrategy[dict[str, Any]]:
    """Return some of an instrument's possible answers."""
    return st.fixed_dictionaries(
        {},
        optional={
            one.name: st.sampled_from(one.options.values) if one.options else WORDS
            for one in instrument.items
        },
    )


# Instruments


@given(instruments())
def test_a_made_up_instrument_comes_back_with_its_words(made: tuple[Instrument, Wording]) -> None:
    instrument, wording = made
    resource = json.loads(json.dumps(to_questionnaire(instrument, wording)))
    again, words = read_questionnaire(resource, facts_of(instrument))
    assert again.items == instrument.items
    (scale,), (expected,) = again.scales, instrument.scales
    assert replace(scale, source="own") == replace(expected, method=method(expected))
    assert (words.items, words.options) == (wording.items, wording.options)


@pytest.mark.parametrize("name", WITH_WORDS)
def test_a_shipped_instrument_comes_back_with_its_items_scales_and_words(name: str) -> None:
    instrument, wording = load_instrument(name), load_wording(name)
    again, words = read_questionnaire(to_questionnaire(instrument, wording), facts_of(instrument))
    assert (again.name, again.version, again.loinc) == (name, instrument.version, instrument.loinc)
    for one, expected in zip(again.items, instrument.items, strict=True):
        assert replace(one, options=None, safety=None) == replace(
            expected, options=None, safety=None
        )
        assert bool(one.safety) == bool(expected.safety)
        if expected.options is not None:
            assert one.options is not None
            assert one.options.values == expected.options.values
            assert one.options.loinc == expected.options.loinc
    for scale, before in zip(again.scales, instrument.scales, strict=True):
        for key in ("name", "items", "lowest", "highest", "times", "loinc"):
            assert getattr(scale, key) == getattr(before, key)
        assert scale.method == method(before)
    for item, texts in wording.items:
        assert words.text(item) == texts[0]


@pytest.mark.parametrize("name", WITH_WORDS)
def test_going_out_and_back_twice_changes_nothing_more(name: str) -> None:
    instrument, wording = load_instrument(name), load_wording(name)
    tables = questionnaire_tables(to_questionnaire(instrument, wording), facts_of(instrument))
    again = read_definition(tables[0])
    words = read_wording(tables[1], again)
    twice = questionnaire_tables(to_questionnaire(again, words), facts_of(instrument))
    for key in ("item", "options", "name", "version"):
        assert twice[0][key] == tables[0][key]
    once, again_ = ([one["items"] for one in each[0]["scale"]] for each in (tables, twice))
    assert again_ == once
    assert (twice[1]["items"], twice[1]["options"]) == (tables[1]["items"], tables[1]["options"])


@given(instruments(), st.data())
def test_an_instrument_that_came_back_scores_as_it_did(
    made: tuple[Instrument, Wording], data: st.DataObject
) -> None:
    instrument, wording = made
    again, _ = read_questionnaire(to_questionnaire(instrument, wording), facts_of(instrument))
    answers = data.draw(answers_to(instrument))
    before, after = score(instrument, answers), score(again, answers)
    assert after.total == before.total
    assert (after.answered, after.asked) == (before.answered, before.asked)


# Answers


@given(st.sampled_from(SHIPPED), st.data())
def test_some_answers_to_a_shipped_instrument_come_back(name: str, data: st.DataObject) -> None:
    instrument = load_instrument(name)
    answers = data.draw(answers_to(instrument))
    resource = json.loads(json.dumps(to_response(instrument, answers)))
    assert read_response(instrument, resource) == answers


@given(instruments(), st.data())
def test_some_answers_to_a_made_up_instrument_come_back(
    made: tuple[Instrument, Wording], data: st.DataObject
) -> None:
    instrument, wording = made
    answers = data.draw(answers_to(instrument))
    resource = to_response(instrument, answers, wording=wording)
    assert read_response(instrument, resource) == answers
    assert read_response(instrument, resource, to_questionnaire(instrument, wording)) == answers


CLIENTS = st.one_of(
    st.just(""),
    WORDS,
    st.sampled_from(["Patient/12", "urn:uuid:1", "https://x.example/Patient/3", "L-7"]),
)


@given(
    st.lists(
        st.tuples(
            st.fixed_dictionaries({}, optional={f"q{n}": st.integers(0, 3) for n in range(1, 10)}),
            CLIENTS,
            st.one_of(st.none(), st.integers(0, 400)),
            st.one_of(st.none(), st.dates().map(str)),
            st.sampled_from(["client", "therapist"]),
        ),
        min_size=1,
        max_size=4,
    ).filter(lambda rows: all(answers for answers, *_ in rows))
)
def test_a_bundle_of_responses_comes_back_whole(
    rows: list[tuple[dict[str, int], str, int | None, str | None, str]],
) -> None:
    phq9 = load_instrument("phq-9")
    responses = tuple(
        Response("phq-9", answers, client, session, date, respondent, row)
        for row, (answers, client, session, date, respondent) in enumerate(rows, start=1)
    )
    scored = [(one, score_response(phq9, one)) for one in responses]
    bundle = json.loads(json.dumps(to_bundle(phq9, scored, load_wording("phq-9"))))
    assert read_responses(phq9, bundle) == responses


# Conditions


def test_a_condition_that_fhir_cannot_say_is_refused_and_not_bent() -> None:
    core10 = load_instrument("core-10")
    asked = replace(core10.item("q10"), asked_if=Condition(("q1", "q2", "q3"), (1, 1, 1), count=2))
    counting = replace(core10, items=(*core10.items[:-1], asked))
    with pytest.raises(InstrumentError, match="item q10: FHIR has no enableWhen for its asked_if"):
        to_questionnaire(counting)


@given(st.lists(st.sampled_from(["q1", "q4", "q5"]), min_size=1, unique=True), st.integers(0, 4))
def test_a_condition_comes_back_where_fhir_can_say_it(names: list[str], least: int) -> None:
    core10 = load_instrument("core-10")
    counts = (1, len(names)) if least == 4 else (1,)
    for count in counts:
        condition = Condition(tuple(names), (least,) * len(names), count)
        item = core10.item("q10")
        said = write_condition(core10, item, condition)
        questions = {
            item_link(core10, one): Choices(
                one.name,
                one.options.values,
                tuple(
                    (coding["system"], coding["code"])
                    for coding in (answer_coding(core10, one, v) for v in one.options.values)
                ),
            )
            for one in core10.items
            if one.options
        }
        again = read_condition(said, questions, "q10")
        assert again is not None
        assert (set(again["items"]), again["at_least"], again.get("count", 1)) == (
            set(names),
            least,
            count,
        )


# Totals

LINKS = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8),
    min_size=1, max_size=5, unique=True,
)  # fmt: skip


@given(LINKS, st.integers(1, 100), st.integers(1, 100))
def test_a_total_comes_back_whatever_its_items_are_called(
    links: list[str], times: int, divided: int
) -> None:
    whole = Total(tuple(links), times, divided)
    assert read_total(write_total(whole), links) == whole


@given(LINKS)
def test_a_total_of_an_item_that_is_not_there_is_not_read(links: list[str]) -> None:
    assert read_total(write_total(Total(tuple(links))), links[1:]) is None


@given(st.text(max_size=60))
def test_any_other_expression_is_not_read(expression: str) -> None:
    assert read_total(expression, {"a", "b"}) is None
