"""How much wider the counts of the layer's codes lie than independent errors."""

from __future__ import annotations

import math

import pytest

from holdfast.coding.codes import Code
from holdfast.indicators.intervals import Tally
from training.corpora import Example, Labelled
from training.references import gold_codes
from training.tasks import SAID
from training.widen import fit_widenings, learned, variance, widening_file


def therapist(*labels: str) -> Labelled:
    return Labelled("therapist", "Hm.", {"said": tuple(float(one in labels) for one in SAID)})


def doubtful(p: float) -> dict[str, Code]:
    given = (("none", 1 - p), ("present", p))
    value = "present" if p >= 0.5 else None
    return {"summary": Code("summary", value, max(p, 1 - p), alternatives=given)}


def test_an_event_is_learned_where_the_codebook_gives_its_code_to_the_model() -> None:
    assert learned("validation")
    assert learned("negative_emotion")
    assert not learned("judging")


def test_the_intervals_file_names_the_layers_codes_and_no_rule() -> None:
    page = widening_file({"summary": 2.5})
    assert "summary = 2.5\n" in page
    assert "interpretation_2 = 1.0\n" in page
    assert "encourager" not in page


def test_counts_of_the_layer_are_fitted_on_what_the_annotation_gave() -> None:
    said = [therapist("summary")] * 4 + [therapist()] * 6
    examples = [Example(str(place), tuple(said)) for place in range(20)]
    found = [[doubtful(0.1)] * 10 for _ in examples]
    factor = fit_widenings(examples, found)["summary"]
    assert factor == pytest.approx((4 - 1) / (1.959964 * math.sqrt(10 * 0.1 * 0.9)), abs=0.001)


def test_people_give_every_label_of_the_layer_as_the_coder_would() -> None:
    codes = gold_codes(therapist("suggestion", "suggestion=with_permission"))
    assert codes["suggestion"].value == "with_permission"
    assert codes["summary"].value is None


def test_a_rare_code_that_was_all_but_ruled_out_does_not_stop_the_fit() -> None:
    examples = [Example(str(place), (therapist("summary"), therapist())) for place in range(3)]
    found = [[doubtful(0.0)] * 2 for _ in examples]
    assert math.isfinite(fit_widenings(examples, found)["summary"])
    assert variance(Tally("summary", 0, (0.0,) * 40)) == pytest.approx(0.002)
    assert variance(Tally("summary", 1, (0.5,))) == 0.25
