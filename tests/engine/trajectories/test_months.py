"""Months: the mean of a month's sessions, honest about how many clients it stands on."""

from __future__ import annotations

from datetime import date
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from holdfast.trajectories.months import Measured, by_month
from holdfast.trajectories.students_t import T_975

MARCH = date(2026, 3, 4)


def of(values: dict[str, list[float]], on: date = MARCH) -> list[Measured]:
    return [Measured(client, on, value) for client, every in values.items() for value in every]


def test_the_table_of_students_t_is_right() -> None:
    expected = [stats.t.ppf(0.975, free) for free in range(1, 31)]
    assert pytest.approx(expected, abs=0.001) == T_975


def test_with_one_session_a_client_it_is_the_usual_interval_of_a_mean() -> None:
    values = [0.2, 0.5, 0.3, 0.6]
    (month,) = by_month(of({str(place): [value] for place, value in enumerate(values)}))
    low, high = stats.t.interval(0.95, 3, loc=mean(values), scale=stats.sem(values))
    assert (month.value, month.low, month.high) == pytest.approx((0.4, low, high), abs=0.001)


def test_more_sessions_of_the_same_clients_that_say_the_same_narrow_nothing() -> None:
    (once,) = by_month(of({"A": [0.2], "B": [0.5], "C": [0.8]}))
    (often,) = by_month(of({"A": [0.2] * 9, "B": [0.5] * 9, "C": [0.8] * 9}))
    assert (once.low, once.high) == pytest.approx((often.low, often.high))


def test_two_clients_are_too_few_however_many_their_sessions() -> None:
    (month,) = by_month(of({"A": [0.2] * 20, "B": [0.5] * 20}))
    assert month.value is None
    assert month.missing == "too few clients: 2, at least 3 are needed"
    assert (month.sessions, month.clients) == (40, 2)


def test_a_month_without_sessions_is_a_gap_between_its_neighbours() -> None:
    values = {"A": [0.2], "B": [0.5], "C": [0.8]}
    months = by_month(of(values, date(2025, 12, 1)) + of(values, date(2026, 2, 1)))
    assert [(one.year, one.month, one.value is None) for one in months] == [
        (2025, 12, False),
        (2026, 1, True),
        (2026, 2, False),
    ]
    assert months[1].missing == "no session with a number"


def test_an_interval_stays_within_what_the_number_can_be() -> None:
    (month,) = by_month(of({"A": [0.0], "B": [0.9], "C": [1.0]}), lowest=0.0, highest=1.0)
    assert (month.low, month.high) == (0.0, 1.0)


@given(
    st.dictionaries(
        st.sampled_from("ABCDEF"), st.lists(st.floats(-9, 9), min_size=1, max_size=4), min_size=3
    )
)
def test_the_mean_lies_in_its_interval(values: dict[str, list[float]]) -> None:
    (month,) = by_month(of(values))
    assert month.value is not None
    assert month.low is not None
    assert month.high is not None
    assert month.low - 1e-9 <= month.value <= month.high + 1e-9
