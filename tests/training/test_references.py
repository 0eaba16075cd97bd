"""What people and the annotation layer gave, as a coded session that indicators can measure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from holdfast.coding.codes import CodedSession
from holdfast.indicators import INDICATORS, Spread, Unit, measure
from holdfast.indicators.opened import Response, openings
from training.annotation.labels import SessionLabels
from training.corpora import TALK, Example, Labelled, one_hot
from training.layer import annotated
from training.references import gold_codes, gold_session, spread, spreads, written
from training.tasks import TASKS

LABELS = {task.name: task.labels for task in TASKS}
GIVEN = {
    0: {("empathic_opportunity", "stated"), ("feeling", "sadness"), ("response", "met")},
    1: {("reflection_of_feelings", "present"), ("interpretation", "2")},
    2: {("hope", "present")},
    3: {("validation", "affirming"), ("validation", "making_sense"), ("reassurance", "plain")},
    5: {("suggestion", "without_permission"), ("encourager", "present")},
}
SAID = (
    ("client", "I was so sad when the dog died."),
    ("therapist", "It was as if the house had lost its heart."),
    ("client", "I think it will get lighter in spring."),
    ("therapist", "You kept the garden up, and no wonder. It will be well."),
    ("client", "Yes."),
    ("therapist", "Why don't you get a cat?"),
)


def read(given: dict[int, set[tuple[str, str]]]) -> SessionLabels:
    codes = {place: frozenset(one) for place, one in given.items()}
    return SessionLabels("0", "a", "1", codes)


def labelled(role: str, text: str) -> Labelled:
    if role == "client":
        return Labelled(role, text, {"talk": one_hot("neutral", TALK)})
    targets = {"behaviour": one_hot("other", LABELS["behaviour"]), "present": (0.0, 0.0, 0.0)}
    return Labelled(role, text, targets)


@pytest.fixture(scope="module")
def unread() -> Example:
    return Example("0", tuple(labelled(*one) for one in SAID), quality="high")


@pytest.fixture(scope="module")
def coded(unread: Example) -> CodedSession:
    return gold_session(annotated(unread, read(GIVEN)), {})


def values(coded: CodedSession, place: int) -> dict[str, Any]:
    return {name: one.value for name, one in coded.codes[place].items() if one.value}


def test_codes_of_the_layer_have_the_form_that_the_coder_gives_them(coded: CodedSession) -> None:
    assert coded.value(1, "reflection_of_feelings") == "present"
    assert coded.value(1, "interpretation") == "2"
    assert set(coded.codes[3]["validation"].value or ()) == {"affirming", "making_sense"}
    assert coded.codes[3]["validation"].p == (1.0, 1.0)
    assert coded.value(3, "reassurance") == "plain"
    assert coded.value(5, "suggestion") == "without_permission"
    assert coded.value(2, "hope") == "present"


def test_what_was_read_and_not_written_is_absent_with_certainty(coded: CodedSession) -> None:
    paraphrase = coded.codes[1]["paraphrase"]
    assert (paraphrase.value, paraphrase.p, paraphrase.by) == (None, 1.0, "people")
    assert coded.codes[5]["validation"].value == ()


def test_an_opening_has_its_feeling_and_its_answer_on_the_clients_line(coded: CodedSession) -> None:
    assert coded.value(0, "feeling") == "sadness"
    assert coded.value(0, "response") == "met"
    assert coded.codes[2]["feeling"].value is None
    (opening,) = openings(coded)
    assert (opening.index, opening.response) == (0, Response.MET)


def test_an_answer_that_the_layer_leaves_open_stays_open(unread: Example) -> None:
    opened = read({0: {("empathic_opportunity", "hinted")}})
    found = gold_session(annotated(unread, opened), {})
    assert found.value(0, "feeling") is None
    assert found.value(0, "response") is None


def test_what_rules_give_is_taken_from_the_rules(coded: CodedSession) -> None:
    assert coded.codes[5]["encourager"].by == "rules"
    assert coded.value(5, "encourager") is None


def test_a_session_that_nobody_annotated_has_none_of_the_layers_codes(unread: Example) -> None:
    found = gold_session(unread, {})
    assert "validation" not in found.codes[1]
    assert "response" not in found.codes[0]
    assert set(gold_codes(unread.utterances[0])) == {"talk"}


def test_the_new_indicators_can_be_measured_from_it(coded: CodedSession) -> None:
    found = {one.name: one.value for one in measure(coded)}
    assert found["reflections_of_feelings"] == 1
    assert found["affirming"] == 1
    assert found["openings_of_sadness"] == 1
    assert found["openings_met"] == 1
    assert found["suggestions_without_permission"] == 1
    assert found["uptake"] is None


def test_quantiles_need_ten_sessions_and_leave_counts_out(coded: CodedSession) -> None:
    assert spread([0.5] * 9) is None
    assert spread([0.0, 1.0] * 5) == Spread(0.0, 0.0, 0.5, 1.0, 1.0, 10)
    valued = [replace(one, value=0.5) for one in measure(coded)]
    found = spreads(("high", one) for _ in range(10) for one in valued)
    assert "openings_met_share" in found
    assert all(INDICATORS[name](coded).unit is not Unit.COUNT for name in found)


def test_the_file_says_where_the_codes_come_from() -> None:
    page = "\n".join(written({"validations_per_1000_words": {"high": Spread(0, 1, 2, 3, 4, 10)}}))
    assert "[spreads.validations_per_1000_words.high]" in page
    assert "machine-assisted annotation" in page
