from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.codebooks import load_codebook
from holdfast.coding.codes import Code
from holdfast.indicators import intervals
from holdfast.indicators.events import EVENTS
from holdfast.indicators.intervals import (
    LABELS,
    Tally,
    count_interval,
    difference_interval,
    fit_widening,
    probability,
    ratio_interval,
    share_interval,
    share_of_all_interval,
    widenings,
)

SURE = st.lists(st.floats(0, 1), min_size=1, max_size=80)


def tally(name: str, p: list[float]) -> Tally:
    return Tally(name, sum(one >= 0.5 for one in p), tuple(p))


def test_a_probability_comes_from_the_alternatives_if_they_are_there() -> None:
    code = Code("talk", "change", 0.6, alternatives=(("change", 0.6), ("sustain", 0.3)))
    assert probability(code, "sustain") == 0.3
    assert probability(code, "neutral") == 0


def test_what_a_label_leaves_is_split_among_the_others() -> None:
    assert probability(Code("behaviour", "question", 0.7), "reflection") == pytest.approx(0.1)
    assert probability(Code("reflection", None, 0.8), "none") == 0.8
    assert probability(Code("reflection", None, 0.8), "complex") == pytest.approx(0.1)


def test_emotions_have_a_probability_each() -> None:
    code = Code("emotions", ("fear", "sadness"), (0.8, 0.6))
    assert (probability(code, "sadness"), probability(code, "joy")) == (0.6, 0)


def test_a_rule_is_certain_of_what_it_found_and_an_absent_code_of_nothing() -> None:
    assert probability(Code("encourager", "present", by="rules"), "present") == 1
    assert probability(Code("encourager", None, by="rules"), "present") == 0
    assert probability(Code("encourager", None, by="rules"), "none") == 0


def test_a_group_of_emotions_is_as_likely_as_its_likeliest() -> None:
    code = Code("emotions", (), (), alternatives=(("fear", 0.3), ("sadness", 0.2), ("joy", 0.1)))
    assert EVENTS["negative_emotion"].probability_in(code) == 0.3


def test_a_count_lies_within_two_deviations_by_hand() -> None:
    # 20 utterances at 0.8: expected 16, variance 3.2, 1.96 deviations 3.51
    assert count_interval(Tally("a", 16, (0.8,) * 20)) == (12, 20)
    assert share_of_all_interval(Tally("a", 16, (0.8,) * 20)) == pytest.approx(
        (0.8 - 3.506 / 20, 0.8 + 3.506 / 20), abs=1e-4
    )


def test_rules_have_no_interval() -> None:
    assert count_interval(Tally("encourager", 4)) is None
    assert share_interval(Tally("encourager", 4), Tally("judging", 1)) is None
    assert ratio_interval(Tally("encourager", 4), Tally("judging", 1)) is None
    assert difference_interval(Tally("encourager", 4), Tally("judging", 1)) is None


def test_what_was_not_heard_but_may_be_there_widens_the_interval_upwards() -> None:
    low, high = count_interval(Tally("a", 0, (0.2,) * 20)) or (0, 0)
    assert low == 0
    assert high == 8


def test_a_share_agrees_with_drawing_each_utterance() -> None:
    # 40 utterances are open, closed or neither with these probabilities
    open_, closed = (0.5,) * 40, (0.3,) * 40
    low, high = share_interval(Tally("a", 30, open_), Tally("b", 18, closed)) or (0, 0)
    drawn = np.random.default_rng(3).multinomial(40, (0.5, 0.3, 0.2), size=20_000)
    shares = drawn[:, 0] / (drawn[:, 0] + drawn[:, 1])
    assert (low, high) == pytest.approx(tuple(np.quantile(shares, (0.025, 0.975))), abs=0.03)


def test_an_interval_is_the_same_every_time() -> None:
    one, other = Tally("a", 4, (0.5,) * 9), Tally("b", 3, (0.4,) * 9)
    assert ratio_interval(one, other) == ratio_interval(one, other)


def test_a_factor_widens_the_interval(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intervals, "widenings", lambda: {"question": 2.0})
    assert count_interval(Tally("question", 50, (0.5,) * 100)) == (30, 70)
    assert count_interval(Tally("advice", 50, (0.5,) * 100)) == (40, 60)


@given(SURE)
def test_a_count_interval_holds_what_was_heard_and_what_is_possible(p: list[float]) -> None:
    found = tally("question", p)
    low, high = count_interval(found) or (math.nan, math.nan)
    assert 0 <= low <= found.heard <= high <= len(p)


@given(SURE, st.data())
def test_a_share_interval_holds_the_share(p: list[float], data: st.DataObject) -> None:
    rest = [data.draw(st.floats(0, 1 - one)) for one in p]
    part, others = tally("a", p), tally("b", rest)
    low, high = share_interval(part, others) or (math.nan, math.nan)
    assert 0 <= low <= high <= 1
    if part.heard + others.heard:
        assert low <= part.heard / (part.heard + others.heard) <= high


@given(SURE, SURE)
def test_a_ratio_interval_holds_the_ratio(p: list[float], others: list[float]) -> None:
    over, under = tally("a", p), tally("b", others)
    found = ratio_interval(over, under)
    if not under.heard:
        assert found is None
    else:
        assert found is not None
        assert 0 <= found[0] <= over.heard / under.heard <= found[1]


@given(SURE, SURE)
def test_a_difference_interval_stays_between_minus_one_and_one(
    late: list[float], early: list[float]
) -> None:
    low, high = difference_interval(tally("a", late), tally("a", early)) or (math.nan, math.nan)
    assert -1 <= low <= high <= 1


def test_the_fitted_factor_covers_what_people_counted() -> None:
    draw = np.random.default_rng(5)
    expected = draw.uniform(5, 40, size=200)
    variance = expected * 0.3
    observed = draw.normal(expected, 2 * np.sqrt(variance))
    factor = fit_widening(list(expected), list(variance), list(observed))
    covered = np.abs(observed - expected) <= 1.959964 * factor * np.sqrt(variance) + 0.01
    assert covered.sum() >= 190
    assert factor == pytest.approx(2, abs=0.4)


def test_the_fitted_factor_is_never_below_one() -> None:
    assert fit_widening([10.0] * 40, [4.0] * 40, [10.0] * 40) == 1


def test_certainty_that_was_wrong_cannot_be_widened() -> None:
    with pytest.raises(ValueError, match="calibrate the coder"):
        fit_widening([3.0], [0.0], [4.0])


def test_nothing_to_fit_on_is_an_error() -> None:
    with pytest.raises(ValueError, match="no session"):
        fit_widening([], [], [])


def test_every_factor_belongs_to_something_that_is_counted() -> None:
    assert set(widenings()) <= set(EVENTS)
    assert all(factor >= 1 for factor in widenings().values())


def test_the_shipped_factors_are_fitted_for_all_that_sessions_were_coded_with() -> None:
    not_wider = {name for name, factor in intervals.widenings().items() if factor == 1}
    too_few_cases = {"emotional_reaction_2", "self_disclosure"}
    assert not_wider == {"positive_emotion", "negative_emotion"} | too_few_cases


def test_exclusive_codes_have_as_many_labels_as_the_codebook_gives_them() -> None:
    always = {"behaviour", "talk", "feeling", "response"}
    for name, count in LABELS.items():
        assert count == len(load_codebook().code(name).values) + (name not in always)
