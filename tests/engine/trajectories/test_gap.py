from __future__ import annotations

import pytest

from holdfast.trajectories import Course, Rating, Setting, alliance_signals, gaps, mean_gap
from holdfast.trajectories.students_t import T_975

SETTING = Setting(sd=1.5, mean=8.0, sem=0.75)


def test_the_mean_gap_by_hand() -> None:
    # gaps 2, 0, 1, 1: mean 1, sd 0.8165, t(3) 3.182
    pairs = ((7, 9), (8, 8), (8, 9), (7, 8))
    ratings = tuple(Rating(n, value, guess=guess) for n, (value, guess) in enumerate(pairs, 1))
    found = mean_gap(Course("c1", ratings))
    assert found is not None
    assert (found.mean, found.n) == (1, 4)
    assert found.interval == pytest.approx((1 - 1.299, 1 + 1.299), abs=1e-3)


def test_without_both_there_is_no_gap() -> None:
    course = Course("c1", (Rating(1, None, guess=8.0), Rating(2, 8.0)))
    assert gaps(course) == (None, None)
    assert mean_gap(course) is None


def test_one_gap_has_no_interval() -> None:
    found = mean_gap(Course("c1", (Rating(1, 8.0, guess=9.0),)))
    assert found is not None
    assert found.interval is None


def test_only_a_guess_that_is_clearly_off_is_told() -> None:
    pairs = ((8.0, 9.4), (8.0, 9.5), (9.5, 7.0))
    ratings = tuple(Rating(n, value, guess=guess) for n, (value, guess) in enumerate(pairs, 1))
    found = alliance_signals(Course("c1", ratings), SETTING)
    assert [signal.session for signal in found if signal.name == "gap"] == [2]
    assert [signal.session for signal in found if signal.name == "guessed_lower"] == [3]


def test_students_t_falls_towards_the_normal_distribution() -> None:
    assert list(T_975) == sorted(T_975, reverse=True)
    assert len(T_975) == 30
    assert T_975[-1] > 1.96
