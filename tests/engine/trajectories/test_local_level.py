from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.trajectories import Setting
from holdfast.trajectories.local_level import LocalLevel, levels, likely_fall
from holdfast.trajectories.panel import Floats, from_array

MODEL = LocalLevel(mean=8.0, sd=1.3, sem=0.75, movement=0.5, lags=3)
COURSES = st.lists(st.one_of(st.just(math.nan), st.floats(0, 10)), min_size=1, max_size=8)
MODELS = st.builds(
    LocalLevel,
    mean=st.floats(0, 10),
    sd=st.floats(0.1, 4),
    sem=st.floats(0.1, 3),
    movement=st.floats(0.05, 2),
    lags=st.integers(1, 4),
)


def conditioned(values: list[float], model: LocalLevel) -> tuple[Floats, Floats]:
    """Return mean and covariance of all levels by conditioning their joint normal distribution."""
    n = len(values)
    steps = np.minimum.outer(np.arange(n), np.arange(n))
    prior = model.sd**2 + model.movement**2 * steps
    rated = np.flatnonzero(~np.isnan(values))
    if not rated.size:
        return np.full(n, model.mean), prior
    seen = prior[np.ix_(rated, rated)] + model.sem**2 * np.eye(len(rated))
    weights = np.linalg.solve(seen, prior[rated]).T
    mean = model.mean + weights @ (np.array(values)[rated] - model.mean)
    return mean, prior - weights @ prior[rated]


@given(COURSES, MODELS)
def test_the_filter_agrees_with_conditioning_the_joint_distribution(
    values: list[float], model: LocalLevel
) -> None:
    found = levels(np.array([values]), model)
    for session in range(len(values)):
        mean, cov = conditioned(values[: session + 1], model)
        assert found.mean[0, session] == pytest.approx(mean[-1], abs=1e-6)
        assert found.sd[0, session] == pytest.approx(math.sqrt(cov[-1, -1]), abs=1e-6)
        for lag in range(1, min(model.lags, session) + 1):
            then = -1 - lag
            spread = math.sqrt(cov[then, then] + cov[-1, -1] - 2 * cov[then, -1])
            p = 1 - NormalDist(mean[then] - mean[-1], spread).cdf(0.75)
            assert found.p_fall(0.75)[0, session, lag - 1] == pytest.approx(p, abs=1e-6)


def test_the_probability_agrees_with_drawing_the_levels() -> None:
    values = [9.0, 8.5, math.nan, 6.5, 6.0]
    mean, cov = conditioned(values, MODEL)
    drawn = np.random.default_rng(3).multivariate_normal(mean, cov, size=100_000)
    p = levels(np.array([values]), MODEL).p_fall(0.75)[0, -1]
    for lag in (1, 2, 3):
        share = (drawn[:, -1 - lag] - drawn[:, -1] >= 0.75).mean()
        assert p[lag - 1] == pytest.approx(share, abs=0.006)


def test_no_course_changes_another() -> None:
    values = np.random.default_rng(1).uniform(0, 10, (4, 9))
    values[1, 3:5] = np.nan
    together = levels(values, MODEL).p_fall(0.75)
    for row in range(4):
        alone = levels(values[row : row + 1], MODEL).p_fall(0.75)
        np.testing.assert_allclose(together[row], alone[0])


def test_before_there_is_an_earlier_session_nothing_can_have_fallen() -> None:
    assert np.isnan(levels(np.array([[1.0]]), MODEL).p_fall(0.75)).all()


def test_the_same_drop_says_less_where_ratings_are_less_exact() -> None:
    values = from_array(np.array([[9.0, 9.0, 9.0, 7.0]]))
    exact = likely_fall(values, Setting(sd=1.5, mean=8.0, sem=0.4)).strength[0, 3]
    inexact = likely_fall(values, Setting(sd=1.5, mean=8.0, sem=1.2)).strength[0, 3]
    assert exact > inexact


def test_a_skipped_check_in_gives_no_alarm_of_its_own() -> None:
    found = likely_fall(
        from_array(np.array([[9.0, 9.0, 4.0, np.nan, 4.0]])), Setting(1.5, 8.0, 0.75)
    )
    assert found.fired[0].tolist() == [False, False, True, False, True]


@given(COURSES, st.floats(0.1, 3), st.floats(0.1, 3))
def test_a_deeper_last_rating_never_makes_a_fall_less_likely(
    values: list[float], last: float, deeper: float
) -> None:
    high, low = ([*values, 5.0 - by] for by in (last, last + deeper))
    p_high, p_low = (levels(np.array([one]), MODEL).p_fall(0.75)[0, -1] for one in (high, low))
    known = ~np.isnan(p_high)
    assert (p_low[known] >= p_high[known] - 1e-12).all()
