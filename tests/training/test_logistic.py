from __future__ import annotations

import numpy as np
import pytest

from training.logistic import fit

RNG = np.random.default_rng(0)


def test_a_feature_that_tells_all_is_learned() -> None:
    truth = np.arange(60) % 3
    rows = np.eye(3)[truth] + 0.1 * RNG.normal(size=(60, 3))
    assert fit(rows, truth, 3, c=1.0).p(rows).argmax(1).tolist() == truth.tolist()


def test_under_a_heavy_penalty_only_the_labels_shares_are_left() -> None:
    truth = np.array([0] * 30 + [1] * 10)
    p = fit(RNG.normal(size=(40, 5)), truth, 2, c=1e-4).p(np.zeros((1, 5)))
    assert p[0] == pytest.approx([0.75, 0.25], abs=0.01)


def test_balanced_labels_count_alike() -> None:
    truth = np.array([0] * 30 + [1] * 10)
    p = fit(RNG.normal(size=(40, 5)), truth, 2, c=1e-4, balanced=True).p(np.zeros((1, 5)))
    assert p[0] == pytest.approx([0.5, 0.5], abs=0.01)


def test_a_missing_value_counts_as_the_mean_of_those_fitted_on() -> None:
    rows = np.array([[0.0], [1.0], [2.0], [9.0], [np.nan]])
    head = fit(rows, np.array([0, 0, 1, 1, 0]), 2, c=1.0)
    assert head.p(np.array([[np.nan]])) == pytest.approx(head.p(np.array([[3.0]])))


def test_what_is_never_known_changes_nothing() -> None:
    rows, truth = RNG.normal(size=(40, 2)), np.arange(40) % 2
    unknown = np.hstack([rows, np.full((40, 1), np.nan)])
    with_it, without = fit(unknown, truth, 2, c=1.0), fit(rows, truth, 2, c=1.0)
    assert with_it.p(unknown) == pytest.approx(without.p(rows), abs=1e-4)


def test_the_penalised_loss_is_at_its_lowest_where_its_slope_is_none() -> None:
    rows, truth = RNG.normal(size=(80, 3)), RNG.integers(0, 3, 80)
    head = fit(rows, truth, 3, c=0.5)
    given = (rows - head.mean) / head.spread
    slope = 0.5 * given.T @ (head.p(rows) - np.eye(3)[truth]) + head.weights[:-1]
    assert np.abs(slope).max() < 0.01
