"""Paraphrases, reflections of feelings and summaries, counted from the model's codes."""

from __future__ import annotations

from typing import Any

import pytest

from holdfast.coding.codes import Code
from holdfast.indicators import Status, giving_back

MEASURES = {measure.__name__: measure for measure in giving_back.MEASURES}
CODES = ("paraphrase", "reflection_of_feelings", "summary")


def heard(*present: str, p: float = 1.0, unsure: bool = False) -> dict[str, Code]:
    """Every code of giving back, those given being present with a probability."""
    return {
        name: Code(name, "present", p, unsure=unsure) if name in present else Code(name, None, 1.0)
        for name in CODES
    }


TOLD = ("C", "I fetch the twins and then I cook.")
GAVE_BACK = ("T", "Your day is full.", heard("paraphrase"))
ASKED = ("T", "Who else is at home?", heard())


def test_each_kind_is_counted_by_itself(coded: Any) -> None:
    told = coded(
        ("T", "Your mother moved in, and you're worn out.", heard(*CODES[:2])),
        ("T", "So the job, the move, and your mother.", heard("summary")),
        GAVE_BACK,
    )
    counts = [MEASURES[n](told).value for n in ("paraphrases", "reflections_of_feelings")]
    assert counts == [2, 1]
    assert MEASURES["summaries"](told).value == 1


def test_the_rate_is_a_share_of_all_the_therapists_utterances(coded: Any) -> None:
    told = coded(*[GAVE_BACK] * 3, *[ASKED] * 7, *[TOLD] * 5)
    found = MEASURES["paraphrase_share"](told)
    assert (found.value, found.n) == (0.3, 10)
    assert found.interval == pytest.approx((0.3, 0.3))
    assert MEASURES["reflection_of_feelings_share"](told).value == 0


def test_an_answer_is_a_turn_after_the_client_has_said_something(coded: Any) -> None:
    told = coded(*[ASKED] * 4, *[TOLD, GAVE_BACK] * 6, *[TOLD, ASKED] * 6, ("C", "Yes."), GAVE_BACK)
    found = MEASURES["paraphrased_answer_share"](told)
    assert (found.value, found.n) == (0.5, 12)


def test_an_answer_cut_in_several_utterances_is_one_answer(coded: Any) -> None:
    split = (TOLD, ("T", "Hm.", heard()), ("C", "[nods]"), GAVE_BACK)
    found = MEASURES["paraphrased_answer_share"](coded(*split * 10))
    assert (found.value, found.n) == (1.0, 10)


def test_a_third_person_between_the_two_makes_no_answer(coded: Any) -> None:
    told = coded(*[TOLD, ("O", "She does, every day."), GAVE_BACK] * 10)
    assert MEASURES["paraphrased_answer_share"](told).missing == (
        "not enough talk: 0 answers to the client, at least 10 are needed"
    )


def test_what_the_coder_is_unsure_of_is_not_counted_but_widens_the_interval(coded: Any) -> None:
    doubted = ("T", "A full day.", heard("paraphrase", p=0.5, unsure=True))
    found = MEASURES["paraphrases"](coded(*[GAVE_BACK] * 2, *[doubted] * 4))
    assert found.value == 2
    assert found.interval is not None
    assert found.interval[1] > 4


@pytest.mark.usefixtures("independent_errors")
def test_the_interval_of_answers_knows_the_coders_doubt(coded: Any) -> None:
    likely = ("T", "Your day is full.", heard("paraphrase", p=0.8))
    found = MEASURES["paraphrased_answer_share"](coded(*[TOLD, likely] * 20))
    assert found.value == 1
    assert found.interval == pytest.approx((0.8 - 1.96 * 0.4 / 20**0.5, 1), abs=1e-3)


def test_too_few_answers_make_no_share(coded: Any) -> None:
    found = MEASURES["paraphrased_answer_share"](coded(*[TOLD, GAVE_BACK] * 9))
    assert found.value is None
    assert found.missing == "not enough talk: 9 answers to the client, at least 10 are needed"


@pytest.mark.parametrize("name", MEASURES)
def test_an_older_models_session_has_no_number_and_not_zero(coded: Any, name: str) -> None:
    found = MEASURES[name](coded(*[TOLD, ("T", "Your day is full.")] * 30))
    assert found.value is None
    assert found.missing == "not applicable: the session was coded without it"


@pytest.mark.parametrize("name", MEASURES)
def test_it_says_how_far_it_may_be_trusted_and_what_it_does_not_mean(coded: Any, name: str) -> None:
    found = MEASURES[name](coded())
    status = Status.EXPERIMENTAL if name.startswith("summaries") else Status.COACHING
    assert (found.name, found.family, found.status) == (name, "giving_back", status)
    assert "its marks are to be checked" in found.not_meaning
