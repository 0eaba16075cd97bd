"""The expected course: what it is fitted to, where ratings then lie, and what it refuses."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from math import log
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.errors import HoldfastError
from holdfast.instruments.extras import MissingExtra
from holdfast.trajectories import Course, Rating
from holdfast.trajectories.expected import (
    FEWEST_CASES,
    ExpectedCourse,
    TooFewCases,
    fit_expected_course,
)

USUAL = ExpectedCourse("phq-9", "1", 300, 2400, 15, (15, -2, 0.8, -0.1), (4, 0.2, 1), 9, 0, 27)
TRUE = replace(USUAL, lowest=-100, highest=100)
STARTS, SESSIONS = st.floats(0, 27), st.integers(2, 60)


def course(*values: float | None, first: int = 1, client: str = "c1") -> Course:
    ratings = tuple(Rating(session, value) for session, value in enumerate(values, start=first))
    return Course(client, ratings, TRUE.lowest, TRUE.highest)


def made_up(clients: int, seed: int, first: int = 1) -> list[Course]:
    """Return courses that come about exactly as ``TRUE`` says."""
    draw = np.random.default_rng(seed)
    g0, g1, g2, g3 = TRUE.fixed
    t00, t01, t11 = TRUE.spread
    own = draw.multivariate_normal([0, 0], [[t00, t01], [t01, t11]], size=clients)
    courses = []
    for level, slope in own:
        z = draw.normal(0, 4)
        later = [
            g0 + g2 * z + level + (g1 + g3 * z + slope) * log(k) + draw.normal(0, TRUE.error**0.5)
            for k in range(2, draw.integers(5, 12))
        ]
        courses.append(course(TRUE.start_mean + z, *map(float, later), first=first))
    return courses


@pytest.fixture(scope="module")
def fitted() -> ExpectedCourse:
    return fit_expected_course(made_up(500, seed=1), instrument="phq-9", version="1")


# The fit


def test_a_fit_finds_what_made_the_courses(fitted: ExpectedCourse) -> None:
    assert fitted.fixed == pytest.approx(TRUE.fixed, abs=0.35)
    assert fitted.spread == pytest.approx(TRUE.spread, abs=1.5)
    assert fitted.error == pytest.approx(TRUE.error, rel=0.06)
    assert fitted.start_mean == pytest.approx(TRUE.start_mean, abs=0.4)
    assert (fitted.cases, fitted.instrument, fitted.version) == (500, "phq-9", "1")


def test_a_fit_names_how_many_ratings_it_stands_on(fitted: ExpectedCourse) -> None:
    assert fitted.ratings == sum(len(one) - 1 for one in made_up(500, seed=1))


def restricted(courses: list[Course], fit: ExpectedCourse) -> tuple[float, np.ndarray]:
    """Return the restricted log-likelihood and the fixed effects, as textbooks write them."""
    t00, t01, t11 = fit.spread
    between = np.array([[t00, t01], [t01, t11]])
    normal, right, logs, squares = np.zeros((4, 4)), np.zeros(4), 0.0, 0.0
    parts = []
    for one in courses:
        values = np.array(one.values, float)
        z, x = values[0] - fit.start_mean, np.log(np.arange(2, len(values) + 1))
        ones = np.ones_like(x)
        fixed, own = np.column_stack([ones, x, ones * z, x * z]), np.column_stack([ones, x])
        whole = own @ between @ own.T + fit.error * np.eye(len(x))
        inverse = np.linalg.inv(whole)
        normal += fixed.T @ inverse @ fixed
        right += fixed.T @ inverse @ values[1:]
        logs += np.linalg.slogdet(whole)[1]
        parts.append((fixed, inverse, values[1:]))
    effects = np.linalg.solve(normal, right)
    for fixed, inverse, later in parts:
        left = later - fixed @ effects
        squares += left @ inverse @ left
    return -0.5 * (logs + squares + np.linalg.slogdet(normal)[1]), effects


def test_a_fit_has_the_highest_restricted_likelihood_by_a_second_opinion() -> None:
    courses = made_up(200, seed=2)
    fit = fit_expected_course(courses, instrument="phq-9", version="1")
    highest, effects = restricted(courses, fit)
    assert fit.fixed == pytest.approx(effects, rel=1e-4, abs=1e-4)
    t00, t01, t11 = fit.spread
    for factor in (0.9, 1.1):
        for other in (
            replace(fit, error=fit.error * factor),
            replace(fit, spread=(t00 * factor, t01, t11)),
            replace(fit, spread=(t00, t01 * factor, t11)),
            replace(fit, spread=(t00, t01, t11 * factor)),
        ):
            assert restricted(courses, other)[0] < highest


def test_eight_in_ten_of_other_courses_lie_inside_the_band(fitted: ExpectedCourse) -> None:
    inside = [
        (band := fitted.band(one.values[0], rating.session)).low <= rating.value <= band.high
        for one in made_up(400, seed=3)
        for rating in one.ratings[1:]
        if one.values[0] is not None and rating.value is not None
    ]
    assert np.mean(inside) == pytest.approx(0.8, abs=0.03)


def test_sessions_count_from_the_first_rating_whatever_its_number() -> None:
    early, late = (
        fit_expected_course(made_up(200, seed=2, first=first), instrument="phq-9", version="1")
        for first in (1, 6)
    )
    assert early == late


def test_a_check_in_that_was_skipped_is_left_out_and_the_start_is_the_first_rating() -> None:
    courses = made_up(200, seed=5)
    late = [
        Course("c1", (Rating(1, None), *(replace(r, session=r.session + 1) for r in one.ratings)),
               one.lowest, one.highest)
        for one in courses
    ]  # fmt: skip
    fits = [fit_expected_course(all_, instrument="a", version="1") for all_ in (courses, late)]
    assert fits[0] == fits[1]


# What is refused


def test_one_case_too_few_is_refused_with_the_numbers() -> None:
    few = [*made_up(FEWEST_CASES - 1, seed=6), *[course(9, 8)] * 50, course(9, None, None, 8)]
    with pytest.raises(TooFewCases) as refused:
        fit_expected_course(few, instrument="phq-9", version="1")
    assert str(refused.value).startswith(
        "There are 199 closed cases with 3 ratings or more; 200 are needed"
    )


def test_the_least_number_of_cases_is_enough() -> None:
    enough = made_up(FEWEST_CASES, seed=6)
    assert fit_expected_course(enough, instrument="phq-9", version="1").cases == FEWEST_CASES


def test_ratings_that_hardly_vary_are_refused_in_words() -> None:
    with pytest.raises(HoldfastError, match="all cases start alike, or their ratings hardly vary"):
        fit_expected_course([course(5, 5, 5, 5)] * 200, instrument="phq-9", version="1")


def test_without_statsmodels_the_command_that_brings_it_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "statsmodels", None)
    with pytest.raises(MissingExtra, match=r"pip install 'holdfast\[statistics\]'"):
        fit_expected_course(made_up(200, seed=6), instrument="phq-9", version="1")


# The band


def test_the_band_is_the_formula() -> None:
    band, x = TRUE.band(19, 8), log(8)
    mean = 15 + 0.8 * 4 + (-2 - 0.1 * 4) * x
    half = NormalDist().inv_cdf(0.9) * (4 + 2 * x * 0.2 + x * x * 1 + 9) ** 0.5
    assert (band.mean, band.low, band.high) == pytest.approx((mean, mean - half, mean + half))


@given(STARTS, SESSIONS)
def test_the_band_stays_on_the_scale_and_holds_its_mean(start: float, session: int) -> None:
    band = USUAL.band(start, session)
    assert USUAL.lowest <= band.low <= band.mean <= band.high <= USUAL.highest


@given(STARTS, SESSIONS)
def test_a_band_for_more_cases_is_wider(start: float, session: int) -> None:
    narrow, wide = (TRUE.band(start, session, coverage) for coverage in (0.5, 0.95))
    assert wide.low < narrow.low < narrow.mean < narrow.high < wide.high


@pytest.mark.parametrize("session", [1, 0, -3])
def test_before_session_2_nothing_is_expected(session: int) -> None:
    with pytest.raises(ValueError, match="the expected course begins at session 2"):
        USUAL.band(15, session)


# A client's own line


def test_without_later_ratings_a_clients_line_is_the_usual_one() -> None:
    assert TRUE.line(course(19)) == pytest.approx((15 + 0.8 * 4, -2 - 0.1 * 4))


def test_a_clients_line_is_drawn_towards_the_client_as_far_as_one_rating_weighs() -> None:
    flat = replace(TRUE, spread=(4, 0, 0))
    usual, slope = flat.line(course(15))
    seen = usual + slope * log(2) + 13
    level, _ = flat.line(course(15, seen))
    assert level - usual == pytest.approx(13 * 4 / (4 + 9))


def test_many_exact_ratings_leave_a_client_the_line_that_was_seen() -> None:
    exact = replace(TRUE, error=1e-9)
    values = [20.0, *(18 - 3 * log(k) for k in range(2, 12))]
    assert exact.line(course(*values)) == pytest.approx((18, -3), abs=1e-4)


def test_a_course_without_a_rating_has_no_line() -> None:
    with pytest.raises(ValueError, match="no rating"):
        TRUE.line(course(None, None))


# Kept as JSON


@given(
    st.tuples(*[st.floats(-30, 30)] * 4),
    st.tuples(*[st.floats(-9, 9)] * 3),
    st.floats(0, 20),
    st.text(max_size=8),
)
def test_what_was_written_is_read_again(
    fixed: tuple[float, float, float, float],
    spread: tuple[float, float, float],
    error: float,
    version: str,
) -> None:
    usual = replace(USUAL, fixed=fixed, spread=spread, error=error, version=version)
    assert ExpectedCourse.from_json(usual.to_json()) == usual


TABLE = json.loads(USUAL.to_json())


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "3",
        "null",
        '"so sad"',
        "{}",
        "{so sad",
        json.dumps({**TABLE, "form": "straight line"}),
        json.dumps({**TABLE, "mood": "so sad"}),
        json.dumps({**TABLE, "fixed": [1, 2, 3]}),
        json.dumps({**TABLE, "spread": [1, 2, "so sad"]}),
        json.dumps({**TABLE, "spread": 4}),
        json.dumps({**TABLE, "error": "so sad"}),
        json.dumps({**TABLE, "error": float("nan")}),
        json.dumps({key: value for key, value in TABLE.items() if key != "cases"}),
    ],
)
def test_anything_else_is_refused_without_its_words(content: str) -> None:
    with pytest.raises(HoldfastError) as refused:
        ExpectedCourse.from_json(content)
    assert str(refused.value) == (
        "This is no expected course of this version of Holdfast. Fit it again."
    )


def test_a_session_far_away_still_lies_on_a_logarithm() -> None:
    near, far = TRUE.band(15, 3), TRUE.band(15, 9)
    assert far.mean - near.mean == pytest.approx(-2 * log(3))
