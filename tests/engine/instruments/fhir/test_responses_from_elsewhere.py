"""Responses of other people's systems: nothing is taken for another answer, nothing is repeated."""

from __future__ import annotations

import copy
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.errors import HoldfastError
from holdfast.instruments import AnswerError, load_instrument, load_wording, score
from holdfast.instruments.fhir import (
    read_questionnaire,
    read_response,
    read_responses,
    to_bundle,
    to_questionnaire,
    to_response,
)
from holdfast.instruments.responses import Response

from .foreign import (
    CODES,
    FACTS,
    LOINC,
    URL,
    answer,
    choice,
    coded,
    form,
    ordinal,
    response,
)

PHQ2, PHQ9, CORE10 = map(load_instrument, ("phq-2", "phq-9", "core-10"))
Q1, Q2 = "/44250-9", "/44255-8"
"""linkIds of the PHQ-2's two items: their LOINC codes."""
NONE, SEVERAL, MOST, EVERY = "LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"


def loinc(code: str) -> dict[str, Any]:
    return {"system": LOINC, "code": code}


def refused(*items: dict[str, Any], instrument: str = "phq-2", **other: Any) -> str:
    with pytest.raises(AnswerError) as refusal:
        read_response(load_instrument(instrument), response(*items, **other))
    return str(refusal.value)


# Items


def test_items_are_known_by_their_linkid_in_whatever_order() -> None:
    forth = [answer(Q1, valueInteger=1), answer(Q2, valueInteger=3)]
    for items in (forth, forth[::-1]):
        assert read_response(PHQ2, response(*items)) == {"q1": 1, "q2": 3}


@pytest.mark.parametrize("link", [Q1, Q1.lstrip("/"), "q1", "/q1"])
def test_a_linkid_may_be_loincs_code_or_our_name(link: str) -> None:
    assert read_response(PHQ2, response(answer(link, valueInteger=2))) == {"q1": 2}


def test_groups_and_items_inside_answers_are_opened() -> None:
    inner = {"linkId": "more", "item": [answer(Q2, valueInteger=1)]}
    outer = {"linkId": Q1, "answer": [{"valueInteger": 2, "item": [inner]}]}
    found = read_response(PHQ2, response({"linkId": "panel", "item": [outer]}))
    assert found == {"q1": 2, "q2": 1}


@pytest.mark.parametrize(
    "item", [{"linkId": Q2}, {"linkId": Q2, "answer": []}, {"linkId": "heading", "text": "Lately"}]
)
def test_what_has_no_answer_is_a_missing_answer_and_no_mistake(item: dict[str, Any]) -> None:
    found = read_response(PHQ2, response(answer(Q1, valueInteger=2), item))
    assert found == {"q1": 2}
    assert score(PHQ2, found).scales[0].missing == (
        "1 of 2 answers are missing, no more than 0 may be"
    )


def test_a_total_that_somebody_computed_is_not_taken_from_them() -> None:
    items = (answer(Q1, valueInteger=2), answer(Q2, valueInteger=2))
    total = answer("/55758-7", valueDecimal=99)
    assert read_response(PHQ2, response(*items, total)) == {"q1": 2, "q2": 2}


def test_an_item_that_is_not_there_is_refused_and_not_left_out() -> None:
    said = refused(answer(Q1, valueInteger=2), answer("/99999-9", valueString="I want to die"))
    assert said.startswith("the response: PHQ-2 has no item '/99999-9'. Its items: q1, q2.")
    assert "want to die" not in said


def test_two_answers_to_one_item_are_refused() -> None:
    twice = {"linkId": Q1, "answer": [{"valueInteger": 1}, {"valueInteger": 2}]}
    assert refused(twice) == "the response, q1: it has several answers. Keep one."
    assert "several answers" in refused(answer(Q1, valueInteger=1), answer("q1", valueInteger=2))


# Answers


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"valueInteger": 2}, 2),
        ({"valueDecimal": 2.0}, 2),
        ({"valueCoding": loinc(MOST)}, 2),
        ({"valueCoding": {**coded("so often"), "extension": ordinal(2)}}, 2),
        ({"valueCoding": {**loinc(MOST), "extension": ordinal(1)}}, 2),
        ({"valueCoding": loinc(NONE)}, 0),
    ],
    ids=["integer", "decimal", "LOINC", "ordinal", "the code before the ordinal", "none"],
)
def test_an_answer_is_its_code_or_its_number(value: dict[str, Any], found: int) -> None:
    answers = read_response(PHQ2, response(answer(Q1, **value)))
    assert answers == {"q1": found}
    assert type(answers["q1"]) is int


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"valueInteger": 4}, "the answer is none of 0, 1, 2, 3."),
        ({"valueInteger": -1}, "the answer is none of 0, 1, 2, 3."),
        ({"valueDecimal": 1.5}, "the answer is none of 0, 1, 2, 3."),
        ({"valueBoolean": True}, "the answer is none of 0, 1, 2, 3."),
        ({"valueString": "so sad"}, "the answer is none of 0, 1, 2, 3."),
        ({"valueCoding": {"display": "so sad"}}, "its code is not known."),
        ({"valueCoding": coded("so sad")}, "its code is not known."),
        ({"valueCoding": {**coded("so sad"), "extension": ordinal(9)}}, "none of 0, 1, 2, 3."),
        ({"valueCoding": loinc("LA9999-9")}, "its code is not known."),
    ],
)
def test_any_other_answer_is_refused_and_not_repeated(value: dict[str, Any], said: str) -> None:
    message = refused(answer(Q1, **value))
    assert message.startswith("the response, q1: ")
    assert said in message
    assert "so sad" not in message


def test_yes_and_no_answer_an_item_of_two_answers() -> None:
    form_ = load_instrument("pc-ptsd-5")
    items = [answer("trauma", valueBoolean=True), answer("q1", valueBoolean=False)]
    assert read_response(form_, response(*items)) == {"trauma": 1, "q1": 0}


def test_an_ordinal_of_an_item_that_is_turned_round_is_not_taken_for_an_answer() -> None:
    """Nobody can know whether an ordinal on a reversed item is turned round already."""
    value = {"valueCoding": {**coded("often"), "extension": ordinal(1)}}
    assert read_response(CORE10, response(answer("q1", **value))) == {"q1": 1}
    assert "q2: its code is not known" in refused(answer("q2", **value), instrument="core-10")
    assert read_response(CORE10, response(answer("q2", valueInteger=1))) == {"q2": 1}


def test_an_open_line_takes_words_and_no_code() -> None:
    assert read_response(
        load_instrument("check-in"), response(answer("note", valueString="Less advice."))
    ) == {"note": "Less advice."}
    said = refused(answer("note", valueInteger=1), instrument="check-in")
    assert said == "the response, note: expected words, as valueString."


# With their Questionnaire beside them


def phq2_form(*links: str, options: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """Return somebody's PHQ-2 with linkIds of their own."""
    offered = options or [
        {"valueCoding": coded(f"a{n}"), "extension": ordinal(n)} for n in range(4)
    ]
    codes = (Q1, Q2)
    return form(
        *(
            choice(link, code=[loinc(code.lstrip("/"))], answerOption=offered)
            for link, code in zip(links, codes, strict=True)
        )
    )


def test_foreign_linkids_and_codes_are_read_by_their_questionnaire() -> None:
    found = read_response(
        PHQ2,
        response(answer("b", valueCoding=coded("a3")), answer("a", valueCoding=coded("a1"))),
        phq2_form("a", "b"),
    )
    assert found == {"q1": 1, "q2": 3}


@pytest.mark.parametrize("links", [("q1", "q2"), ("q2", "q1"), ("1", "2"), ("2", "1")])
def test_a_code_says_which_item_it_is_also_where_the_linkid_says_another(
    links: tuple[str, str],
) -> None:
    first, second = links
    items = (answer(first, valueInteger=1), answer(second, valueInteger=3))
    assert read_response(PHQ2, response(*items), phq2_form(*links)) == {"q1": 1, "q2": 3}


def test_a_linkid_like_our_name_with_the_code_of_something_else_is_not_our_item() -> None:
    other = form(choice("q1", code=[loinc("44260-8")]), choice("q2", code=[loinc("44255-8")]))
    items = (answer("q1", valueInteger=1), answer("q2", valueInteger=2))
    with pytest.raises(AnswerError, match="PHQ-2 has no item 'q1'"):
        read_response(PHQ2, response(*items), other)


def test_a_copy_of_another_instrument_of_ours_is_not_read_as_this_one() -> None:
    copied = {**to_questionnaire(load_instrument("csi-4")), "url": URL}
    items = [answer(f"q{n}", valueInteger=1) for n in range(1, 5)]
    bundle = [copied, response(*items, questionnaire=URL)]
    with pytest.raises(AnswerError, match="There is no response to WHO-5 among 1"):
        read_responses(load_instrument("who-5"), bundle)
    assert read_responses(load_instrument("csi-4"), bundle)[0].answers == dict.fromkeys(
        ("q1", "q2", "q3", "q4"), 1
    )


def shifted(first: int) -> list[dict[str, Any]]:
    """Return somebody's answers that count from ``first`` on."""
    return [
        {"valueCoding": coded(f"a{n}"), "extension": ordinal(n)} for n in range(first, first + 4)
    ]


@pytest.mark.parametrize(
    "value",
    [
        {"valueInteger": 2},
        {"valueDecimal": 2.0},
        {"valueCoding": coded("a2")},
        {"valueCoding": {**coded("a2"), "extension": ordinal(2)}},
    ],
)
def test_answers_that_count_otherwise_there_are_refused_and_not_shifted(
    value: dict[str, Any],
) -> None:
    questionnaire = phq2_form("a", "b", options=shifted(1))
    with pytest.raises(AnswerError) as refusal:
        read_response(PHQ2, response(answer("a", **value)), questionnaire)
    assert "the response, q1: the Questionnaire beside it counts the answers otherwise" in str(
        refusal.value
    )


def test_a_code_that_both_know_is_read_however_they_count() -> None:
    found = read_response(
        PHQ2,
        response(answer("a", valueCoding=loinc(EVERY))),
        phq2_form("a", "b", options=shifted(1)),
    )
    assert found == {"q1": 3}


def test_whole_numbers_that_count_as_others_are_refused() -> None:
    options = [{"valueInteger": n + 1, "extension": ordinal(n)} for n in range(4)]
    with pytest.raises(HoldfastError, match="counts as another one"):
        read_response(
            PHQ2, response(answer("a", valueInteger=2)), phq2_form("a", "b", options=options)
        )


def test_an_instrument_that_came_from_a_questionnaire_reads_its_responses() -> None:
    tides, _ = read_questionnaire(form(), FACTS)
    items = [
        answer("storm", valueCoding=coded("often")),
        answer("waves", valueCoding=coded("never")),
    ]
    found = read_responses(tides, [form(), response(*items, questionnaire=f"{URL}|2.1")])
    assert found[0].answers == {"storm": 2, "waves": 0}
    (ours,) = read_responses(tides, to_response(tides, found[0].answers))
    assert ours.answers == found[0].answers


# Whose and when


@pytest.mark.parametrize(
    ("subject", "client"),
    [
        ({"reference": "Patient/12"}, "Patient/12"),
        ({"identifier": {"system": "http://x.example", "value": "L-7"}}, "L-7"),
        ({"reference": "Patient/12", "identifier": {"value": "L-7"}}, "L-7"),
        ({"display": "Lee Miller"}, ""),
    ],
)
def test_the_client_is_an_identifier_and_never_a_name(subject: dict[str, Any], client: str) -> None:
    (found,) = read_responses(PHQ2, response(answer(Q1, valueInteger=1), subject=subject))
    assert found.client == client


@pytest.mark.parametrize(
    ("authored", "date"),
    [
        ("2026-03-09", "2026-03-09"),
        ("2026-03-09T23:30:00-05:00", "2026-03-09"),
        ("2026-03", None),
        (None, None),
    ],
)
def test_the_day_is_the_one_that_was_written(authored: str | None, date: str | None) -> None:
    other = {"authored": authored} if authored else {}
    assert read_responses(PHQ2, response(answer(Q1, valueInteger=1), **other))[0].date == date


@pytest.mark.parametrize(
    ("source", "respondent"),
    [
        ({"reference": "Practitioner/3"}, "therapist"),
        ({"type": "PractitionerRole"}, "therapist"),
        ({"reference": "http://x.example/fhir/Practitioner/3"}, "therapist"),
        ({"reference": "Patient/3"}, "client"),
        (None, "client"),
    ],
)
def test_a_practitioners_answers_are_a_guess(
    source: dict[str, Any] | None, respondent: str
) -> None:
    other = {"source": source} if source else {}
    (found,) = read_responses(PHQ2, response(answer(Q1, valueInteger=1), **other))
    assert found.respondent == respondent


def test_a_related_persons_answers_are_nobodys_and_refused() -> None:
    source = {"reference": "RelatedPerson/3"}
    with pytest.raises(AnswerError, match="response 1: a related person answered"):
        read_responses(PHQ2, response(answer(Q1, valueInteger=1), source=source))


# Which responses


def test_what_was_entered_in_error_counts_for_nothing() -> None:
    wrong = response(answer(Q1, valueInteger=3), status="entered-in-error")
    right = response(answer(Q1, valueInteger=1))
    assert [one.answers for one in read_responses(PHQ2, [wrong, right])] == [{"q1": 1}]
    with pytest.raises(AnswerError, match="it was entered in error and counts for nothing"):
        read_response(PHQ2, wrong)


def test_responses_to_others_are_left_aside_and_the_rest_keep_their_place() -> None:
    other = to_response(load_instrument("who-5"), {"q1": 3})
    found = read_responses(PHQ2, [other, to_response(PHQ2, {"q1": 1}), other])
    assert [(one.row, one.answers) for one in found] == [(2, {"q1": 1})]


def test_a_file_without_a_response_to_it_is_refused_with_what_to_give() -> None:
    with pytest.raises(AnswerError) as refusal:
        read_responses(PHQ2, [to_response(load_instrument("who-5"), {"q1": 3})])
    assert str(refusal.value).startswith(
        "There is no response to PHQ-2 among 1 QuestionnaireResponses here."
    )


@pytest.mark.parametrize("document", [None, 3, "so sad", [], {}, [[]], [None, 3], {"entry": []}])
def test_what_holds_no_response_is_refused(document: object) -> None:
    with pytest.raises(AnswerError, match="no response to PHQ-2 among 0"):
        read_responses(PHQ2, document)


@pytest.mark.parametrize("entry", [3, "so sad", {"a": 1}, ["so sad"]])
def test_a_bundle_with_odd_entries_is_refused(entry: object) -> None:
    with pytest.raises(AnswerError, match="no valid FHIR R4 Bundle"):
        read_responses(PHQ2, {"resourceType": "Bundle", "type": "collection", "entry": entry})


def test_what_is_no_valid_response_is_refused_with_the_place_alone() -> None:
    with pytest.raises(AnswerError) as refusal:
        read_responses(PHQ2, [response(), response({"linkId": 3, "so": "sad"})])
    assert str(refusal.value).startswith("response 2: it is no valid FHIR R4 QuestionnaireResp")
    assert "sad" not in str(refusal.value).replace("item.0.so", "")


def test_null_is_nothing_as_some_systems_write_it() -> None:
    empty = {"linkId": Q2, "answer": None, "item": None}
    found = read_responses(PHQ2, response(answer(Q1, valueInteger=1), empty, subject=None))
    assert (found[0].answers, found[0].client) == ({"q1": 1}, "")


# Any damage

SCORED = [
    (one, score(PHQ9, one.answers))
    for one in (
        Response("phq-9", {f"q{n}": n % 4 for n in range(1, 10)}, "A", 1, "2026-03-03"),
        Response("phq-9", {"q1": 1}, client="Patient/1", respondent="therapist"),
    )
]
WHOLE = to_bundle(PHQ9, SCORED, load_wording("phq-9"))


def places(table: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = []
    for key, value in table.items() if isinstance(table, dict) else enumerate(table):
        found.append((*way, key))
        if isinstance(value, dict | list):
            found += places(value, (*way, key))
    return found


ODD = st.sampled_from(
    [None, "", "x", 0, -1, 1.5, True, [], {}, [None], [{}], [[]], {"x": 1}, 10**400, float("nan")]
)  # fmt: skip


@given(st.sampled_from(places(WHOLE)), ODD)
def test_any_damage_is_read_or_refused_and_never_breaks(
    place: tuple[Any, ...], odd: object
) -> None:
    damaged: Any = copy.deepcopy(WHOLE)
    *way, last = place
    at = damaged
    for key in way:
        at = at[key]
    at[last] = odd
    with suppress(HoldfastError):
        read_responses(PHQ9, damaged)


@given(st.text(min_size=1), st.sampled_from(["valueString", "valueUri", "valueDate"]))
def test_no_message_repeats_what_somebody_answered(words: str, kind: str) -> None:
    said = f"zq{words}qz"
    with pytest.raises(AnswerError) as refusal:
        read_response(PHQ2, response(answer(Q1, **{kind: said})))
    assert said not in str(refusal.value)


def test_every_system_of_codes_is_its_own() -> None:
    """The same code in another system is another answer."""
    assert "its code is not known" in refused(
        answer(Q1, valueCoding={"system": CODES, "code": MOST})
    )
