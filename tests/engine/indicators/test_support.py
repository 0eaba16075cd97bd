"""Validation, ways of showing empathy, and what support is made of, from the model's codes."""

from __future__ import annotations

import math
from typing import Any

import pytest

from holdfast.coding.codes import Code
from holdfast.indicators import INDICATORS, Status, support
from holdfast.indicators.events import EVENTS

CODES = (
    "reassurance",
    "emotional_reaction",
    "interpretation",
    "exploration",
    "self_disclosure",
    "suggestion",
)
KINDS = ("normalising", "making_sense", "affirming")
HEARD_BY_MODEL = [one.__name__ for one in support.MEASURES[12:]]


def heard(*validation: str, **given: str) -> dict[str, Code]:
    """Every code of support, certain, as those given are present."""
    codes = {name: Code(name, given.get(name), 1.0) for name in CODES}
    return codes | {"validation": Code("validation", validation, (1.0,) * len(validation))}


NORMAL = ("T", "Many people feel numb at first.", heard("normalising"))
SENSE = ("T", "After that year, of course you were.", heard("making_sense"))
STRENGTH = ("T", "That took courage.", heard("affirming"))
BOTH = ("T", "That took courage, and it's never easy.", heard("normalising", "affirming"))
PLAIN = ("T", "And where was that?", heard())


def values(coded: Any, *names: str) -> list[float | None]:
    return [INDICATORS[name](coded).value for name in names]


def test_validation_is_counted_as_a_whole_and_in_each_way(coded: Any) -> None:
    told = coded(*[NORMAL] * 2, SENSE, BOTH, PLAIN)
    assert values(told, "validations", *KINDS) == [4, 3, 1, 1]


def test_an_utterance_that_validates_in_two_ways_counts_once_below_and_twice_above(
    coded: Any,
) -> None:
    told = coded(*[NORMAL] * 2, SENSE, STRENGTH, BOTH, *[PLAIN] * 9)
    assert values(told, *(f"{kind}_share" for kind in KINDS)) == pytest.approx([0.6, 0.2, 0.4])
    assert INDICATORS["normalising_share"](told).n == 5


def test_four_validations_are_not_enough_for_a_mix(coded: Any) -> None:
    found = INDICATORS["affirming_share"](coded(*[STRENGTH] * 4, *[PLAIN] * 30))
    assert (found.value, found.interval) == (None, None)
    assert found.missing == ("not enough talk: 4 utterances that validate, at least 5 are needed")


def test_a_mix_without_doubt_has_an_interval_without_width(coded: Any) -> None:
    found = INDICATORS["normalising_share"](coded(*[NORMAL] * 3, *[BOTH] * 3, *[SENSE] * 4))
    assert found.interval == pytest.approx((0.6, 0.6))


@pytest.mark.usefixtures("independent_errors")
def test_a_mix_with_doubt_has_an_interval_with_width(coded: Any) -> None:
    alternatives = (("normalising", 0.7), ("making_sense", 0.4), ("affirming", 0.1))
    doubted = Code("validation", ("normalising",), (0.7,), alternatives=alternatives)
    lines = [("T", "Many people feel so.", heard() | {"validation": doubted})] * 12
    found = INDICATORS["normalising_share"](coded(*lines))
    assert found.value == 1
    assert found.interval is not None
    assert 0.5 < found.interval[0] < 0.9


def test_ways_of_validating_that_may_go_together_are_not_added_up() -> None:
    alternatives = (("normalising", 0.7), ("making_sense", 0.6), ("affirming", 0.1))
    code = Code("validation", ("normalising",), (0.7,), alternatives=alternatives)
    assert EVENTS["validation"].probability_in(code) == 0.7


def test_levels_are_shares_of_all_utterances_and_lie_beside_each_other(coded: Any) -> None:
    told = coded(
        *[("T", "I'm sorry to hear that.", heard(emotional_reaction="1"))] * 3,
        ("T", "It saddens me that nobody came.", heard(emotional_reaction="2")),
        *[("T", "Part of you wanted to go in.", heard(interpretation="2"))] * 2,
        ("T", "Tell me more.", heard(exploration="1")),
        *[PLAIN] * 3,
    )
    ways = ("emotional_reaction", "interpretation", "exploration")
    names = [f"{way}_{level}_share" for way in ways for level in (1, 2)]
    assert values(told, *names) == pytest.approx([0.3, 0.1, 0, 0.2, 0.1, 0])
    assert INDICATORS["interpretation_2_share"](told).n == 10


def test_there_is_no_sum_of_empathy() -> None:
    assert not [name for name in INDICATORS if "empathy" in name]


def test_a_level_that_is_unsure_counts_in_neither_but_still_is_support(coded: Any) -> None:
    alternatives = (("none", 0.1), ("1", 0.5), ("2", 0.4))
    unsure = Code("emotional_reaction", "1", 0.5, unsure=True, alternatives=alternatives)
    lines = [("T", "Oh, that is sad.", heard() | {"emotional_reaction": unsure})] * 10
    told = coded(*lines)
    assert values(told, "emotional_reaction_1_share", "emotional_reaction_2_share") == [0, 0]
    assert values(told, "support_emotional_reaction_share") == [1]


def test_kinds_of_support_stand_beside_each_other(coded: Any) -> None:
    told = coded(
        *[("T", "We'll get this sorted together.", heard(reassurance="plain"))] * 2,
        ("T", "Don't worry, you'll be fine.", heard(reassurance="premature")),
        *[("T", "I'm so glad, that took courage.", heard("affirming", emotional_reaction="2"))] * 2,
        ("T", "I lost my father young, too.", heard(self_disclosure="present")),
        *[("T", "You could ring her.", heard(suggestion="without_permission"))] * 2,
        *[("T", "If you like, try a walk.", heard(suggestion="with_permission"))] * 2,
        *[PLAIN] * 20,
    )
    shares = values(told, *(f"support_{kind}_share" for kind in support.SUPPORT))
    assert shares == pytest.approx([0.2, 0.1, 0.2, 0.2, 0.1, 0.4])
    assert math.fsum(one for one in shares if one is not None) > 1
    assert INDICATORS["support_validation_share"](told).n == 10


def test_asking_after_a_feeling_is_not_in_the_mix_of_support(coded: Any) -> None:
    told = coded(*[STRENGTH] * 5, *[("T", "What was it like?", heard(exploration="2"))] * 5)
    assert INDICATORS["support_validation_share"](told).n == 5


def test_premature_reassurance_by_rules_is_counted_apart_from_the_models(coded: Any) -> None:
    ruled = Code("premature_reassurance", "present", by="rules")
    told = coded(("T", "Don't worry.", heard() | {"premature_reassurance": ruled}), *[STRENGTH] * 5)
    assert values(told, "premature_reassurance", "support_reassurance_premature_share") == [1, 0]


@pytest.mark.parametrize("name", HEARD_BY_MODEL)
def test_an_older_models_session_has_no_number_and_not_zero(coded: Any, name: str) -> None:
    found = INDICATORS[name](coded(*[("T", "That took courage.")] * 30))
    assert found.value is None
    assert found.missing == "not applicable: the session was coded without it"


def test_a_mix_needs_every_one_of_its_codes(coded: Any) -> None:
    codes = {name: code for name, code in heard("affirming").items() if name != "suggestion"}
    told = coded(*[("T", "That took courage.", codes)] * 30)
    assert values(told, "affirming_share") == [1]
    assert INDICATORS["support_validation_share"](told).missing == (
        "not applicable: the session was coded without it"
    )


@pytest.mark.parametrize("name", HEARD_BY_MODEL)
def test_what_the_model_is_new_to_is_experimental(coded: Any, name: str) -> None:
    found = INDICATORS[name](coded())
    assert (found.family, found.status) == ("support", Status.EXPERIMENTAL)
    assert "its marks are to be checked" in found.not_meaning
