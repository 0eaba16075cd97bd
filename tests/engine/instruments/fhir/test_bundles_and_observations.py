"""What answers come to, as other people's systems read it: codes, reasons, and safety first."""

from __future__ import annotations

import json
from typing import Any

import pytest

from holdfast.errors import HoldfastError
from holdfast.instruments import load_instrument, load_wording, score
from holdfast.instruments.fhir import to_bundle, to_observations, to_response
from holdfast.instruments.fhir.names import BASE
from holdfast.instruments.library import shipped_names
from holdfast.instruments.responses import Response, score_response

PHQ9, CORE10, CSSRS = map(load_instrument, ("phq-9", "core-10", "c-ssrs"))
TWOS = {f"q{n}": 2 for n in range(1, 10)}


def observed(answers: dict[str, Any], name: str = "phq-9", **other: Any) -> list[dict[str, Any]]:
    instrument = load_instrument(name)
    return to_observations(instrument, score(instrument, answers), **other)


def codes(observation: dict[str, Any]) -> list[str]:
    return [one["code"] for one in observation["code"]["coding"]]


def one(found: list[dict[str, Any]], code: str) -> dict[str, Any]:
    (only,) = [each for each in found if code in codes(each)]
    return only


# Observations


def test_answers_that_somebody_must_see_come_first_with_what_they_are() -> None:
    first, *rest = observed(TWOS)
    assert codes(first) == ["44260-8", "safety.q9"]
    assert first["interpretation"][0]["coding"] == [
        {"system": f"{BASE}/CodeSystem/flag", "code": "alert"}
    ]
    assert first["code"]["text"].startswith("Thoughts of being better off dead")
    assert first["valueCodeableConcept"]["coding"][0]["code"] == "LA6570-1"
    assert not [each for each in rest if "safety" in str(codes(each))]


def test_a_total_has_loincs_code_its_band_and_the_cut_offs_it_reaches() -> None:
    total = one(observed(TWOS), "44261-6")
    assert total["valueQuantity"] == {
        "value": 18, "unit": "{score}", "system": "http://unitsofmeasure.org", "code": "{score}",
    }  # fmt: skip
    said = [each["text"] for each in total["interpretation"]]
    assert said[0] == "moderately severe"
    assert [each.title for each in PHQ9.scale().cutoffs if each.at <= 18] == said[1:]


def test_a_total_without_a_value_has_the_reason_in_its_place() -> None:
    total = one(observed({"q1": 1}), "44261-6")
    assert "valueQuantity" not in total
    assert total["dataAbsentReason"]["text"] == (
        "8 of 9 answers are missing, no more than 2 may be"
    )


def test_what_stands_in_for_a_missing_answer_is_noted() -> None:
    total = one(observed({name: 2 for name in TWOS if name != "q3"}), "44261-6")
    assert total["note"] == [{"text": "Not answered: q3. The mean of the others stands in."}]
    assert total["valueQuantity"]["value"] == 18


@pytest.mark.parametrize(
    ("answers", "value"),
    [(TWOS, True), (dict.fromkeys(TWOS, 0), False), ({"q1": 2}, None)],
)
def test_a_pattern_holds_or_does_not_or_nobody_knows(
    answers: dict[str, int], value: bool | None
) -> None:
    pattern = one(observed(answers), "criterion.major")
    assert pattern.get("valueBoolean") is value
    assert ("dataAbsentReason" in pattern) is (value is None)
    assert pattern["note"][0]["text"] == PHQ9.criteria[0].meaning


def test_a_level_says_what_to_do_and_why_it_may_be_another() -> None:
    items = [each.name for each in CSSRS.items]
    level = one(observed(dict.fromkeys(items, 0), "c-ssrs"), "level")
    assert codes({"code": level["valueCodeableConcept"]}) == ["level.none"]
    assert level["note"][0]["text"] == CSSRS.levels[-1].action
    unsure = one(observed({"q3": 1}, "c-ssrs"), "level")
    assert unsure["note"][1]["text"] == "answers are missing: a more urgent level may hold"
    unknown = one(observed({}, "c-ssrs"), "level")
    assert unknown["dataAbsentReason"]["text"] == "answers are missing that decide"


def test_an_answer_of_a_therapist_who_guesses_is_the_practitioners() -> None:
    total = one(observed(TWOS, respondent="therapist", subject="A", session=3), "44261-6")
    assert total["performer"] == [{"type": "Practitioner", "display": "therapist"}]
    assert total["subject"]["identifier"]["value"] == "A"
    assert total["encounter"]["identifier"]["value"] == "3"


def test_no_observation_says_who_is_better_than_whom() -> None:
    text = json.dumps(observed(TWOS)).lower()
    assert "percentile" not in text
    assert "rank" not in text


@pytest.mark.parametrize("name", shipped_names())
@pytest.mark.parametrize("place", [0, -1])
def test_every_instrument_makes_valid_observations_at_either_end(name: str, place: int) -> None:
    instrument = load_instrument(name)
    answers = {each.name: each.options.values[place] for each in instrument.items if each.options}
    found = observed(answers, name, authored="2026-03-09", subject="A", response="urn:uuid:1")
    result = score(instrument, answers)
    assert len(found) == (
        len(result.safety) + len(result.scales) + len(result.findings) + bool(instrument.levels)
    )
    for each in found:
        assert each["effectiveDateTime"] == "2026-03-09"
        assert each["derivedFrom"] == [{"reference": "urn:uuid:1"}]


# Responses


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        (TWOS, "completed"),
        ({name: 2 for name in TWOS if name != "q3"}, "completed"),
        ({}, "completed"),
    ],
)
def test_a_response_that_a_scale_can_bear_is_complete(answers: dict[str, int], status: str) -> None:
    assert to_response(PHQ9, answers)["status"] == status


def test_a_response_without_which_nothing_can_be_said_was_stopped() -> None:
    gad7 = load_instrument("gad-7")
    answers = {f"q{n}": 1 for n in range(1, 8)}
    assert to_response(gad7, answers)["status"] == "completed"
    del answers["q4"]
    assert to_response(gad7, answers)["status"] == "stopped"


def test_what_was_read_stands_beside_the_codes() -> None:
    (item,) = to_response(PHQ9, {"q1": 1}, wording=load_wording("phq-9"))["item"]
    assert item["text"] == "Little interest or pleasure in doing things"
    assert item["answer"][0]["valueCoding"]["display"] == "Several days"


@pytest.mark.parametrize("authored", ["yesterday", "9.3.2026", "2026-02-30"])
def test_a_date_that_is_none_is_refused_with_its_place(authored: str) -> None:
    with pytest.raises(HoldfastError) as refusal:
        to_response(PHQ9, {"q1": 1}, authored=authored)
    assert "Look at: authored" in str(refusal.value)
    assert authored not in str(refusal.value)


# Bundles


def bundle(*responses: Response) -> dict[str, Any]:
    scored = [(each, score_response(PHQ9, each)) for each in responses]
    return to_bundle(PHQ9, scored, load_wording("phq-9"))


A = Response("phq-9", TWOS, client="A", session=1, date="2026-03-03")
B = Response("phq-9", {"q1": 0}, client="B")


def kinds(found: dict[str, Any]) -> list[str]:
    return [entry["resource"]["resourceType"] for entry in found["entry"]]


def test_a_bundle_has_the_questionnaire_then_each_response_with_what_it_comes_to() -> None:
    found = kinds(bundle(A, B))
    assert found[:2] == ["Questionnaire", "QuestionnaireResponse"]
    second = found.index("QuestionnaireResponse", 2)
    assert set(found[2:second]) == {"Observation"}
    assert set(found[second + 1 :]) == {"Observation"}


def test_every_observation_leads_to_its_response() -> None:
    entries = bundle(A, B)["entry"]
    responses = [
        each["fullUrl"]
        for each in entries
        if each["resource"]["resourceType"] == "QuestionnaireResponse"
    ]
    last = ""
    for each in entries:
        if each["fullUrl"] in responses:
            last = each["fullUrl"]
        elif each["resource"]["resourceType"] == "Observation":
            assert each["resource"]["derivedFrom"] == [{"reference": last}]


def test_addresses_are_each_their_own_and_the_same_every_time() -> None:
    found = bundle(A, A, B)
    addresses = [each["fullUrl"] for each in found["entry"]]
    assert len(set(addresses)) == len(addresses)
    assert found == bundle(A, A, B)


def test_the_questionnaire_is_the_one_that_was_answered() -> None:
    entries = bundle(A)["entry"]
    form, answered = entries[0]["resource"], entries[1]["resource"]
    assert answered["questionnaire"] == f"{form['url']}|{form['version']}"


def test_a_guess_raises_no_alert_in_a_bundle() -> None:
    guess = Response("phq-9", TWOS, client="A", respondent="therapist")
    assert "safety.q9" not in json.dumps(bundle(guess))
    assert "safety.q9" in json.dumps(bundle(A))


def test_our_own_addresses_lead_nowhere() -> None:
    text = json.dumps(bundle(A))
    assert BASE.startswith("https://holdfast.invalid/")
    assert "holdfast." not in text.replace("holdfast.invalid", "")


def test_a_bundle_without_responses_is_the_questionnaire_alone() -> None:
    assert kinds(bundle()) == ["Questionnaire"]


def test_whoever_uses_loincs_codes_is_told_of_its_terms() -> None:
    with_codes = bundle(A)["entry"][0]["resource"]["copyright"]
    assert "LOINC (http://loinc.org)" in with_codes
    without = to_bundle(CORE10, [])["entry"][0]["resource"]["copyright"]
    assert "LOINC" not in without
    assert CORE10.licence.terms in without
