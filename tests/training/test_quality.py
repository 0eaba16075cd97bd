"""Whether indicators tell good from poor demonstrations, on sessions of our own making."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from holdfast.coding.codes import Code, CodedSession
from holdfast.session import Role, Session, Utterance
from training.corpora import Example
from training.outcome import card_with
from training.quality import auc, session_quality, settings_of, told, with_interval

RNG = np.random.default_rng(0)
WORDS = "well so it was that I went there and then we had to go on with it all"


def coded(share: float, rng: np.random.Generator) -> CodedSession:
    """Return a session in which a share of what the therapist says is a reflection."""
    said, codes = [], []
    for index in range(30):
        role = Role.THERAPIST if index % 2 else Role.CLIENT
        said.append(Utterance(index, role, WORDS, index + 1, index * 10.0, role=role))
        heard = "simple" if role is Role.THERAPIST and rng.random() < share else None
        codes.append(
            {"reflection": Code("reflection", heard, 0.9), "question": Code("question", None, 0.9)}
            if role is Role.THERAPIST
            else {}
        )
    return CodedSession(Session(tuple(said)), tuple(codes), model="", codebook="")


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    rng = np.random.default_rng(1)
    qualities = ["low" if place % 4 == 0 else "high" for place in range(24)]
    sessions = [Example(str(i), (), i % 3, one) for i, one in enumerate(qualities)]
    given = [coded(0.7 if one == "high" else 0.1, rng) for one in qualities]
    return session_quality(sessions, given)


def test_sessions_that_differ_in_reflections_are_told_apart(found: dict[str, Any]) -> None:
    assert found["auc"] > 0.95
    assert found["sessions"] == 24
    low, high = found["interval"]
    assert low <= found["auc"] <= high


def test_talk_time_alone_tells_nothing_where_all_talk_alike(found: dict[str, Any]) -> None:
    assert found["talk_time_alone"]["auc"] == pytest.approx(0.5, abs=0.15)


def test_features_that_tell_nothing_are_not_made_to() -> None:
    rows, high = RNG.normal(size=(60, 3)), (np.arange(60) % 3 > 0).astype(int)
    assert auc(told(rows, high, np.arange(60) % 4), high) < 0.7


def test_a_fold_is_told_by_the_others_only() -> None:
    high, fold = np.arange(40) % 2, np.repeat(np.arange(4), 10)
    rows = high[:, None] + 0.1 * RNG.normal(size=(40, 1))
    before = told(rows, high, fold)
    turned = np.where(fold == 0, 1 - high, high)
    assert told(rows, turned, fold)[fold == 0] == pytest.approx(before[fold == 0])


def test_auc_of_a_worked_example() -> None:
    assert auc(np.array([3.0, 1, 2, 0]), np.array([1, 1, 0, 0])) == 0.75


def test_a_random_order_has_an_interval_around_a_half() -> None:
    low, high = with_interval(RNG.normal(size=100), np.arange(100) % 2)["interval"]
    assert low < 0.5 < high


def test_settings_survive_the_way_through_a_card() -> None:
    given = {"talk": {"temperature": 2.0, "offsets": (0.0, 0.1, 0.2), "thresholds": (0.4,)}}
    assert settings_of(card_with(given))["talk"] == given["talk"]
