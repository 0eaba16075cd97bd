"""A code is shown with how well it is heard and how far people agree on it."""

from __future__ import annotations

from typing import Any

from holdfast.cli.how_well import HowWell, how_well
from holdfast.codebooks import load_codebook
from holdfast.runtime import Card

LABEL = {
    "true": 40, "precision": 0.7, "recall": 0.6, "f1": 0.65, "interval": [0.5, 0.75],
    "kappa": 0.9, "kappa_interval": [0.8, 0.95], "usable": True,
}  # fmt: skip


def known(code: str, **accuracy: Any) -> HowWell:
    people = {"people": {"macro_f1": {"talk": 0.645}}}
    return how_well(load_codebook().code(code), Card("made-up", "1", {}, {}, {}, accuracy, people))


def test_a_code_with_one_value_is_told_at_that_value() -> None:
    (sentence,) = known("paraphrase", layer={"paraphrase": LABEL}).values["present"]
    assert sentence == (
        "F1 0.650 (0.500–0.750), precision 0.70, recall 0.60; the annotators gave it 40 times, "
        "κ of two readings 0.900 (0.800–0.950)."
    )


def test_values_that_are_judged_apart_are_told_apart() -> None:
    found = known("validation", layer={"validation=affirming": LABEL})
    assert found.values["affirming"]
    assert not found.values["normalising"]


def test_a_level_says_whether_higher_ones_are_in_it() -> None:
    layer = {"exploration>=1": LABEL, "exploration>=2": LABEL}
    found = known("exploration", layer=layer)
    assert found.values["1"][0].startswith("This or more: ")
    assert found.values["2"][0].startswith("F1 ")


def test_a_code_with_several_values_is_also_told_as_a_whole() -> None:
    assert known("suggestion", layer={"suggestion": LABEL}).whole


def test_experimental_and_too_rare_are_said() -> None:
    rare = {key: one for key, one in LABEL.items() if "kappa" not in key} | {"usable": False}
    (sentence,) = known("hope", layer={"hope": rare}).values["present"]
    assert "too rarely" in sentence
    assert sentence.endswith("Experimental.")


def test_what_people_reach_stands_beside_the_models_figure() -> None:
    labels = {"change": {"true": 9, "f1": 0.5}, "none": {"true": 5, "f1": 0.9}}
    found = known("talk", talk={"macro_f1": 0.53, "interval": [0.5, 0.56], "labels": labels})
    assert "0.530 (0.500–0.560); two people reach 0.645" in found.whole[0]
    assert found.values["change"] == ("F1 0.500; people gave it 9 times.",)


def test_of_a_rule_it_is_told_what_was_read_and_the_model_is_named_where_it_hears_it_too() -> None:
    found = known("withdrawal", layer={"withdrawal": LABEL})
    assert any(sentence.startswith("The model: ") for sentence in found.whole)
    assert "What the rules miss is not known." in found.whole
    assert any("were right" in one for value in found.values.values() for one in value)


def test_uptake_says_on_what_talk_it_was_judged() -> None:
    found = known("uptake", uptake={"rho": 0.5, "interval": [0.4, 0.6], "exchanges": 200})
    assert "200 classroom exchanges" in found.whole[0]


def test_what_nobody_has_measured_says_so() -> None:
    assert known("hope").whole == ("This has not been measured yet.",)
