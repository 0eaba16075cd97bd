from __future__ import annotations

import numpy as np
import pytest

from training.support_corpora import STRATEGIES, Said
from training.support_figures import (
    best_share,
    chosen,
    frequencies,
    level_scores,
    over_draws,
    parts_of,
    strategy_figures,
)

RNG = np.random.default_rng(0)


def said(truth: np.ndarray, clear: float, posts: int = 40) -> Said:
    """Return logits that tell the label the better the clearer they are."""
    labels = int(truth.max()) + 1
    rows = clear * np.eye(labels)[truth] + RNG.normal(size=(len(truth), labels))
    return Said(truth, rows.astype(np.float32), np.arange(len(truth)) % posts)


def test_the_replies_to_one_post_are_never_in_two_parts() -> None:
    posts = np.arange(200) % 40
    parts = parts_of(posts, seed=0)
    groups = [set(posts[part].tolist()) for part in parts]
    assert [len(one) for one in groups] == [30, 2, 8]
    assert len(set.union(*groups)) == 40
    assert sum(int(part.sum()) for part in parts) == 200


def test_each_seed_draws_other_parts_and_the_same_ones_again() -> None:
    posts = np.arange(200) % 40
    test = [parts_of(posts, seed)[2].tolist() for seed in (0, 1, 0)]
    assert test[0] != test[1]
    assert test[0] == test[2]


def test_a_share_of_its_frequency_is_taken_from_each_label() -> None:
    rows, frequency = np.array([[2.0, 1.0]], dtype=np.float32), np.array([0.9, 0.1])
    assert chosen(rows, frequency, 0).tolist() == [0]
    assert chosen(rows, frequency, 1).tolist() == [1]


def test_the_share_is_the_one_that_finds_rare_labels_best() -> None:
    truth = np.repeat([0, 1], [180, 20])
    rows = np.column_stack([np.full(200, 2.0), np.where(truth == 1, 1.0, -2.0)])
    valid = Said(truth, rows.astype(np.float32), truth)
    assert best_share(valid, frequencies(truth, 2)) == pytest.approx(0.5)


def test_nothing_is_taken_where_taking_would_not_help() -> None:
    truth = RNG.permutation(np.repeat([0, 1], [90, 10]))
    assert best_share(said(truth, 20), frequencies(truth, 2)) == 0


def test_clear_logits_give_high_scores_and_vague_ones_low_ones() -> None:
    truth = RNG.integers(0, 3, 300)
    clear, vague = level_scores(said(truth, 6)), level_scores(said(truth, 0))
    assert clear["macro-F1"] > 0.95
    assert vague["macro-F1"] < 0.5
    row = over_draws([{"exploration": clear}, {"exploration": vague}])[0]
    assert row["what"] == "exploration, accuracy"
    assert row["sd"] > 0
    assert row["published"]["bag of words"] == 0.918


def test_one_draw_has_no_spread() -> None:
    assert over_draws([{"exploration": {"accuracy": 0.9}}])[0]["sd"] is None


def test_strategies_are_judged_on_the_test_part_with_intervals() -> None:
    truth = np.tile(np.arange(8), 20)
    found = strategy_figures(truth, said(truth, 6), said(truth, 6))
    accuracy, macro = found["figures"]
    assert macro["figure"] > 0.9
    assert macro["interval"][0] <= macro["figure"] <= macro["interval"][1]
    assert (accuracy["what"], macro["what"]) == ("strategy, accuracy", "strategy, macro-F1")
    assert set(found["report"]["labels"]) == set(STRATEGIES)
