from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from training.corpora import Example
from training.research import over_seeds, research, split, strategy_figures
from training.support_corpora import MECHANISMS, STRATEGIES, Said

RNG = np.random.default_rng(0)


def said(truth: np.ndarray, clear: float, posts: int = 40) -> Said:
    """Return vectors that tell the label the better the clearer they are."""
    labels = int(truth.max()) + 1
    rows = clear * np.eye(labels)[truth] + RNG.normal(size=(len(truth), labels))
    return Said(truth, rows.astype(np.float32), RNG.permutation(np.arange(len(truth)) % posts))


def test_the_replies_to_one_post_are_never_in_two_parts() -> None:
    parts = split(said(RNG.integers(0, 3, 200), 0), seed=0)
    groups = [set(part.group.tolist()) for part in parts]
    assert [len(one) for one in groups] == [30, 2, 8]
    assert len(set.union(*groups)) == 40
    assert sum(len(part.truth) for part in parts) == 200


def test_each_seed_draws_other_parts() -> None:
    pairs = said(RNG.integers(0, 3, 200), 0)
    assert set(split(pairs, 0)[2].group.tolist()) != set(split(pairs, 1)[2].group.tolist())
    assert split(pairs, 0)[2].group.tolist() == split(pairs, 0)[2].group.tolist()


def test_clear_vectors_give_high_figures_with_a_spread_and_what_others_published() -> None:
    truth = RNG.integers(0, 3, 300)
    clear = over_seeds(said(truth, 6), "exploration", seeds=3)
    vague = over_seeds(said(truth, 0), "exploration", seeds=3)
    assert clear["macro-F1"]["mean"] > 0.95
    assert vague["macro-F1"]["mean"] < 0.5
    assert vague["macro-F1"]["sd"] > 0
    assert clear["accuracy"]["published"]["bag of words"] == 0.918


def test_strategies_are_judged_on_the_test_split_with_intervals() -> None:
    train, valid, test = (said(np.tile(np.arange(8), 20), 6) for _ in range(3))
    found = strategy_figures(train, valid, test)
    accuracy, macro = found["figures"]
    assert macro["figure"] > 0.9
    assert macro["interval"][0] <= macro["figure"] <= macro["interval"][1]
    assert (accuracy["what"], macro["what"]) == ("strategy, accuracy", "strategy, macro-F1")
    assert set(found["report"]["labels"]) == set(STRATEGIES)


def test_both_corpora_are_read_and_judged(tmp_path: Path) -> None:
    (tmp_path / "esconv").mkdir()
    (tmp_path / "epitome").mkdir()
    turns = [
        {"speaker": "sys", "text": f"Turn {place}", "strategy": one}
        for place, one in enumerate(STRATEGIES)
    ]
    for part in ("train", "valid", "test"):
        lines = [json.dumps({"dialog": turns}) for _ in range(6)]
        (tmp_path / "esconv" / f"{part}.txt").write_text("\n".join(lines))
    rows = [f"p{place},r{place},A post.,Turn {place % 3},{place % 3}," for place in range(60)]
    for name in MECHANISMS.values():
        text = "\n".join(["sp_id,rp_id,seeker_post,response_post,level,rationales", *rows])
        (tmp_path / "epitome" / f"{name}-reddit.csv").write_text(text)

    def read(examples: Sequence[Example]) -> list[np.ndarray]:
        return [
            np.stack([np.eye(9, dtype=np.float32)[number(one.text)] for one in each.utterances])
            for each in examples
        ]

    found = research(tmp_path, read)
    assert found["ESConv"]["report"]["macro_f1"] == 1
    assert [found["EPITOME"][name]["accuracy"]["mean"] for name in MECHANISMS] == [
        pytest.approx(1.0)
    ] * 3


def number(text: str) -> int:
    return int(text.removeprefix("Turn ")) if text.startswith("Turn ") else 8
