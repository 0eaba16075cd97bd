"""The figures of the model card, against worked examples and scikit-learn's definitions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.calibrate import activate, best_temperature, best_threshold, log_loss
from training.judge import Judged, by_sessions, calibration_error, f1_by_label, macro_f1, report

TRUTH = np.array([0, 0, 0, 1, 1, 2])
FOUND = np.array([0, 0, 1, 1, 2, 2])


def test_f1_of_a_worked_example() -> None:
    # label 0: precision 2/2, recall 2/3 → .8; 1: 1/2, 1/2 → .5; 2: 1/2, 1/1 → 2/3
    assert f1_by_label(TRUTH, FOUND, 3) == pytest.approx([0.8, 0.5, 2 / 3])
    assert macro_f1(TRUTH, FOUND, 3) == pytest.approx((0.8 + 0.5 + 2 / 3) / 3)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=50))
def test_f1_is_the_harmonic_mean_of_precision_and_recall(pairs: list[tuple[int, int]]) -> None:
    truth, found = (np.array(column) for column in zip(*pairs, strict=True))
    for label, f1 in enumerate(f1_by_label(truth, found, 3)):
        hits = ((truth == label) & (found == label)).sum()
        precision = hits / max((found == label).sum(), 1)
        recall = hits / max((truth == label).sum(), 1)
        both = precision + recall
        assert f1 == pytest.approx(2 * precision * recall / both if both else 0.0)


def test_an_interval_over_sessions_is_wider_than_one_over_utterances_would_be() -> None:
    rng = np.random.default_rng(1)
    session = np.repeat(np.arange(20), 30)
    good = rng.random(20)[session] > 0.4  # whole sessions are read well or badly
    truth = rng.integers(0, 2, 600)
    found = np.where(good, truth, 1 - truth)
    clustered = Judged(("a", "b"), truth, found, session)
    independent = Judged(("a", "b"), truth, found, np.arange(600))

    def accuracy(t: np.ndarray, f: np.ndarray) -> float:
        return float((t == f).mean())

    low, high = by_sessions(clustered, accuracy, draws=300)
    narrow_low, narrow_high = by_sessions(independent, accuracy, draws=300)
    assert high - low > 2 * (narrow_high - narrow_low)


def test_a_report_names_every_label() -> None:
    figures = report(Judged(("x", "y", "z"), TRUTH, FOUND, np.arange(6)), draws=20)
    assert figures["accuracy"] == pytest.approx(4 / 6, abs=1e-3)
    assert list(figures["labels"]) == ["x", "y", "z"]


def test_calibration_error_is_zero_when_confidence_is_the_hit_rate() -> None:
    assert calibration_error([0.5] * 10, [True, False] * 5, bins=1) == 0
    assert calibration_error([0.9] * 10, [True, False] * 5, bins=1) == pytest.approx(0.4)


def test_temperature_undoes_overconfidence() -> None:
    rng = np.random.default_rng(0)
    true = rng.normal(size=(4000, 3)) * 1.5
    p = activate(true, exclusive=True)
    target = np.eye(3)[[rng.choice(3, p=row) for row in p]]
    found = best_temperature(true * 2.0, target, exclusive=True)
    assert found == pytest.approx(2.0, rel=0.15)
    assert log_loss(activate(true * 2 / found, exclusive=True), target, exclusive=True) < log_loss(
        activate(true * 2, exclusive=True), target, exclusive=True
    )


def test_the_threshold_separates_what_can_be_separated() -> None:
    p = np.array([0.1, 0.2, 0.3, 0.6, 0.7])
    assert 0.3 < best_threshold(p, np.array([0.0, 0, 0, 1, 1])) <= 0.6
