"""Reliability: what pingouin and factor_analyzer find, and what is refused.

The numbers come from ``second_opinion/reliability.py``, run with pingouin 0.7.0 and
factor_analyzer 0.5.1.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from holdfast.instruments import load_instrument
from holdfast.instruments.own_data import first_answers, first_two_scores
from holdfast.instruments.reliability import (
    Estimate,
    TooFewResponses,
    cronbach_alpha,
    mcdonald_omega,
    retest,
)
from holdfast.instruments.responses import Response


def _data() -> dict[str, Any]:
    """Return the fixed data of the script without running it."""
    script = Path(__file__).parent / "second_opinion" / "reliability.py"
    assigned = (
        one for one in ast.parse(script.read_text("utf-8")).body if isinstance(one, ast.Assign)
    )
    return {ast.unparse(one.targets[0]): ast.literal_eval(one.value) for one in assigned}


DATA = _data()


# A second opinion


def test_alpha_is_what_pingouin_finds() -> None:
    assert cronbach_alpha(DATA["ANSWERS"]).value == pytest.approx(0.9228795653486266)
    assert cronbach_alpha(DATA["PAIRS"]).value == pytest.approx(0.9189189189189189)


def test_retest_is_what_pingouin_finds() -> None:
    agreement = retest(DATA["FIRST"], DATA["SECOND"]).value
    assert agreement == pytest.approx(0.9760956175298802)


def test_retest_asks_for_agreement_and_not_only_for_the_same_order() -> None:
    before, after = DATA["BEFORE"], DATA["AFTER"]
    assert retest(before, after).value == pytest.approx(0.7028024836381943)
    assert np.corrcoef(before, after)[0, 1] > 0.8
    assert retest(before, [one + 10 for one in before]).value < 0.5


def test_omega_is_what_factor_analyzer_finds_also_where_one_item_has_hardly_an_error() -> None:
    assert mcdonald_omega(DATA["ANSWERS"], draws=10).value == pytest.approx(0.93013, abs=1e-4)


# Known answers


def with_correlations(correlations: np.ndarray, people: int = 50) -> np.ndarray:
    """Return data that has exactly these correlations."""
    rng = np.random.default_rng(5)
    raw = rng.normal(size=(people, len(correlations)))
    raw -= raw.mean(axis=0)
    white = raw @ np.linalg.inv(np.linalg.cholesky(np.cov(raw.T))).T
    return np.asarray(white @ np.linalg.cholesky(correlations).T)


@pytest.mark.parametrize(
    "loadings", [(0.9, 0.8, 0.7, 0.6, 0.5), (0.3, 0.4, 0.9, 0.4), (0.7, 0.7, 0.7), (0.6, 0.8, 0.5)]
)
def test_omega_finds_the_loadings_that_made_the_data(loadings: tuple[float, ...]) -> None:
    one_factor = np.outer(loadings, loadings)
    np.fill_diagonal(one_factor, 1)
    unique = sum(1 - one**2 for one in loadings)
    expected = sum(loadings) ** 2 / (sum(loadings) ** 2 + unique)
    found = mcdonald_omega(with_correlations(one_factor), draws=2).value
    assert found == pytest.approx(expected, abs=1e-3)


def test_alpha_and_omega_agree_where_every_item_goes_equally_with_the_rest() -> None:
    equal = np.full((4, 4), 0.5)
    np.fill_diagonal(equal, 1)
    data = with_correlations(equal)
    expected = 4 * 0.5 / (1 + 3 * 0.5)
    assert cronbach_alpha(data).value == pytest.approx(expected)
    assert mcdonald_omega(data, draws=2).value == pytest.approx(expected, abs=1e-4)


def test_omega_does_not_depend_on_the_units_of_the_items() -> None:
    data = np.asarray(DATA["ANSWERS"], dtype=float)
    other = mcdonald_omega(data * [1, 10, 100, 0.1, 3] + 7, draws=2).value
    assert other == pytest.approx(mcdonald_omega(data, draws=2).value)


def test_the_same_answers_twice_are_perfectly_reliable() -> None:
    values = list(range(12))
    assert retest(values, values).value == pytest.approx(1)
    assert cronbach_alpha([[one, one] for one in values]).value == pytest.approx(1)


# Intervals


def test_an_interval_holds_its_value_and_repeats_with_its_seed() -> None:
    first, again = cronbach_alpha(DATA["ANSWERS"]), cronbach_alpha(DATA["ANSWERS"])
    assert first == again
    assert first.low < first.value < first.high <= 1
    assert first.n == 15
    omega = mcdonald_omega(DATA["ANSWERS"], draws=50)
    assert omega == mcdonald_omega(DATA["ANSWERS"], draws=50)
    assert omega.low < omega.value <= omega.high


def test_more_people_make_the_interval_narrower() -> None:
    rng = np.random.default_rng(2)
    data = rng.normal(size=(400, 1)) + rng.normal(size=(400, 5))
    few, many = cronbach_alpha(data[:20]), cronbach_alpha(data)
    assert many.high - many.low < few.high - few.low


def test_answers_that_are_all_the_same_have_no_reliability() -> None:
    same = np.full((12, 4), 2.0)
    for found in (
        cronbach_alpha(same),
        mcdonald_omega(same, draws=5),
        retest(same[:, 0], same[:, 1]),
    ):
        assert np.isnan(found.value)
        assert np.isnan(found.low)


# Refusals


def test_people_with_a_missing_answer_are_left_out() -> None:
    gap = [[1, float("nan"), 1, 1, 1]]
    found = cronbach_alpha(DATA["ANSWERS"] + gap)
    assert found.n == 15
    assert found.value == pytest.approx(0.9228795653486266)
    assert retest([*DATA["FIRST"], float("nan")], [*DATA["SECOND"], 3]).n == 10


def refused(estimate: Callable[[], Estimate]) -> str:
    with pytest.raises(TooFewResponses) as refusal:
        estimate()
    return str(refusal.value)


def test_nine_people_are_too_few_and_ten_are_enough() -> None:
    few = DATA["ANSWERS"][:9]
    for estimate in (cronbach_alpha, mcdonald_omega):
        said = refused(lambda estimate=estimate: estimate(few))
        assert said == "9 responses are complete; at least 10 are needed."
    assert cronbach_alpha(DATA["ANSWERS"][:10]).n == 10


def test_omega_needs_three_items_and_alpha_two_whatever_the_number_of_people() -> None:
    assert refused(lambda: mcdonald_omega(DATA["PAIRS"][:3])) == (
        "McDonald's ω needs at least 3 items; there are 2."
    )
    assert refused(lambda: cronbach_alpha([[one] for one in range(20)])) == (
        "Cronbach's α needs at least 2 items; there is 1."
    )


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 people have two scores; at least 10 are needed."),
        (1, "1 person has two scores; at least 10 are needed."),
        (9, "9 people have two scores; at least 10 are needed."),
    ],
)
def test_retest_counts_people_and_speaks_of_no_items(count: int, said: str) -> None:
    scores = list(range(count))
    assert refused(lambda: retest(scores, scores)) == said


# A practice's own data


def core10(client: str, session: int, answers: list[float], by: str = "client") -> Response:
    named = {f"q{n}": one for n, one in enumerate(answers, start=1)}
    return Response("core-10", named, client=client, session=session, respondent=by)


def test_each_client_counts_once_with_reversed_items_turned_round() -> None:
    core = load_instrument("core-10")
    responses = [
        core10("A", 2, [4.0] * 10),
        core10("A", 1, [1.0] * 10),
        core10("B", 1, [0.0] * 9),
        core10("B", 1, [2.0] * 10, by="therapist"),
    ]
    table = first_answers(core, core.scale(), responses)
    assert table[0].tolist() == [1, 3, 3, 1, 1, 1, 1, 1, 1, 1]
    assert table[1, :9].tolist() == [0, 4, 4, 0, 0, 0, 0, 0, 0]
    assert np.isnan(table[1, 9])


def test_retest_takes_the_first_two_scores_of_those_who_have_two() -> None:
    core = load_instrument("core-10")
    responses = [
        core10("A", 3, [4.0] * 10),
        core10("A", 2, [2.0] * 10),
        core10("A", 1, [1.0] * 10),
        core10("B", 1, [1.0] * 10),
        core10("", 1, [1.0] * 10),
        core10("", 2, [1.0] * 10),
    ]
    first, second = first_two_scores(core, core.scale(), responses)
    assert (first.tolist(), second.tolist()) == ([14], [20])
