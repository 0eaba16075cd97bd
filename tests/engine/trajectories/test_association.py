"""Technique beside feeling: within clients only, sceptical, and mostly "too little to say".

The number by another hand comes from ``second_opinion/repeated_measures.py``, run with pingouin
0.7.0.
"""

from __future__ import annotations

import ast
from dataclasses import replace
from math import atanh, sqrt, tanh
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.trajectories.association import (
    FEWEST_SESSIONS,
    Association,
    Pairing,
    associate,
    sessions_missing,
)


def _sessions() -> list[Pairing]:
    """Return the fixed data of the script without running it."""
    script = Path(__file__).parent / "second_opinion" / "repeated_measures.py"
    (data,) = (
        ast.literal_eval(one.value)
        for one in ast.parse(script.read_text("utf-8")).body
        if isinstance(one, ast.Assign)
    )
    return [Pairing(client, *one) for client, every in data.items() for one in every]


SESSIONS = _sessions()
NUMBERS = st.floats(-100, 100).map(lambda value: round(value, 3))


def made_up(
    clients: int, r: float, *, sessions: int = 12, seed: int = 0, trend: float = 0
) -> list[Pairing]:
    draw = np.random.default_rng(seed)
    pairings = []
    for client in range(clients):
        own = draw.normal(0, 5)
        technique = draw.normal(size=sessions)
        feeling = r * technique + sqrt(1 - r**2) * draw.normal(size=sessions)
        drift = trend * np.arange(sessions)
        rows = zip(technique + own + drift, feeling - own + drift, strict=True)
        pairings += [
            Pairing(str(client), session, float(x), float(y))
            for session, (x, y) in enumerate(rows, start=1)
        ]
    return pairings


def nothing(found: Association) -> bool:
    return (found.says, found.r, found.low, found.high) == ("too little to say", None, None, None)


# The correlation


def test_a_correlation_within_clients_is_what_pingouin_finds() -> None:
    found = associate(SESSIONS, without_trend=False)
    assert found.raw == pytest.approx(0.6493094697110509)


def test_it_is_within_clients_also_where_they_go_the_other_way_across() -> None:
    across = np.array([[one.technique, one.feeling] for one in SESSIONS])
    assert np.corrcoef(across.T)[0, 1] < 0
    raw = associate(SESSIONS, without_trend=False).raw
    assert raw is not None
    assert raw > 0


def test_without_trend_it_is_the_partial_correlation_given_each_clients_own_line() -> None:
    clients = sorted({one.client for one in SESSIONS})
    lines = np.array(
        [
            [
                cell
                for name in clients
                for cell in ((1, one.session) if one.client == name else (0, 0))
            ]
            for one in SESSIONS
        ],
        dtype=float,
    )
    values = np.array([[one.technique, one.feeling] for one in SESSIONS])
    left = values - lines @ np.linalg.solve(lines.T @ lines, lines.T @ values)
    found = associate(SESSIONS).raw
    assert found == pytest.approx(float(np.corrcoef(left.T)[0, 1]))


def test_what_both_drift_along_with_is_no_link() -> None:
    drifting = made_up(10, 0, trend=1, seed=3)
    assert associate(drifting, without_trend=False).says == "goes with more"
    assert associate(drifting).says == "no clear sign"


@given(
    st.lists(st.tuples(NUMBERS, NUMBERS), min_size=40, max_size=60),
    st.floats(0.1, 10),
    st.floats(-50, 50),
    st.randoms(use_true_random=False),
)
def test_units_a_clients_own_level_and_the_order_of_rows_change_nothing(
    values: list[tuple[float, float]], factor: float, level: float, order: Random
) -> None:
    pairings = [
        Pairing(str(place % 4), place // 4 + 1, x, y) for place, (x, y) in enumerate(values)
    ]
    other = [
        replace(one, technique=factor * one.technique + level * int(one.client)) for one in pairings
    ]
    order.shuffle(other)
    found, same = associate(pairings), associate(other)
    assert (found.sessions, found.clients) == (same.sessions, same.clients)
    if found.raw is not None and same.raw is not None:
        assert same.raw == pytest.approx(found.raw, abs=1e-6)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=60))
def test_turning_the_feeling_round_turns_the_answer_round(
    values: list[tuple[float, float]],
) -> None:
    pairings = [
        Pairing(str(place % 3), place // 3 + 1, x, y) for place, (x, y) in enumerate(values)
    ]
    found = associate(pairings)
    turned = associate([replace(one, feeling=-one.feeling) for one in pairings])
    words = {"goes with more": "goes with less", "goes with less": "goes with more"}
    assert turned.says == words.get(found.says, found.says)
    if found.r is not None and found.low is not None and found.high is not None:
        assert turned.r == pytest.approx(-found.r)
        assert (turned.low, turned.high) == pytest.approx((-found.high, -found.low))
        assert -1 < found.low <= found.r <= found.high < 1


# The sceptical prior


def test_the_prior_weighs_as_the_page_says() -> None:
    found = associate(made_up(5, 0.5, seed=1))
    assert found.raw is not None
    free = 60 - 2 * 5 - 1
    weight = 0.04 / (0.04 + 1 / (free - 1))
    z, sd = weight * atanh(found.raw), sqrt(weight / (free - 1))
    expected = (tanh(z), tanh(z - 1.96 * sd), tanh(z + 1.96 * sd))
    assert (found.r, found.low, found.high) == pytest.approx(expected, abs=1e-4)


def test_a_link_is_shrunken_and_the_less_the_more_there_is() -> None:
    few, many = (associate(made_up(clients, 0.5, seed=2)) for clients in (5, 80))
    for found in (few, many):
        assert found.r is not None
        assert found.raw is not None
        assert 0 < found.r < found.raw
    assert few.r / few.raw < many.r / many.raw  # type: ignore[operator]


@pytest.mark.parametrize(
    ("r", "says"), [(0.4, "goes with more"), (0, "no clear sign"), (-0.4, "goes with less")]
)
def test_a_clear_link_is_found_on_its_side(r: float, says: str) -> None:
    assert associate(made_up(20, r, seed=4)).says == says


def test_by_chance_alone_it_seldom_says_more_than_no_clear_sign() -> None:
    said = [associate(made_up(10, 0, seed=seed)).says for seed in range(200)]
    assert said.count("no clear sign") >= 188


def test_a_perfect_link_has_an_interval_too() -> None:
    found = associate([Pairing(c, n, n % 3, n % 3) for c in "ABCDE" for n in range(1, 13)])
    assert found.raw == pytest.approx(1)
    assert found.r is not None
    assert found.high is not None
    assert found.r < found.high < 1


# Too little to say


def test_nothing_says_nothing() -> None:
    assert nothing(associate([]))
    assert associate([]).sessions == associate([]).clients == 0


def test_a_client_with_few_sessions_is_left_out() -> None:
    enough = made_up(5, 0.4)
    few = [replace(one, client="few") for one in made_up(1, -0.9, sessions=FEWEST_SESSIONS - 1)]
    assert associate([*enough, *few]) == associate(enough)
    one_more = [replace(one, client="few") for one in made_up(1, -0.9, sessions=FEWEST_SESSIONS)]
    assert associate([*enough, *one_more]).clients == 6


@pytest.mark.parametrize(("sessions", "says"), [(32, False), (33, True)])
def test_one_client_alone_needs_33_sessions(sessions: int, says: bool) -> None:
    assert nothing(associate(made_up(1, 0.5, sessions=sessions))) is not says


def test_two_degrees_of_freedom_are_lost_with_each_clients_trend() -> None:
    pairings = made_up(4, 0.5, sessions=9)
    assert nothing(associate(pairings))
    assert not nothing(associate(pairings, without_trend=False))


@pytest.mark.parametrize("still", ["technique", "feeling"])
def test_where_one_of_the_two_never_varies_there_is_too_little_to_say(still: str) -> None:
    found = associate([replace(one, **{still: 7.3}) for one in made_up(20, 0.5)])
    assert nothing(found)
    assert found.raw is None
    assert found.sessions == 240


@pytest.mark.parametrize("unit", [1e-6, 0.1, 1, 1e9])
def test_what_only_ever_follows_a_line_has_nothing_left_to_go_together(unit: float) -> None:
    lines = [Pairing(c, n, unit * n, unit * (3 + 0.2 * n)) for c in "ABCDE" for n in range(1, 13)]
    assert nothing(associate(lines))
    assert associate(lines).raw is None


@pytest.mark.parametrize("unit", [1e-9, 1e9])
def test_a_link_is_found_in_the_smallest_and_the_largest_units(unit: float) -> None:
    pairings = made_up(5, 0.5, seed=1)
    other = [replace(one, technique=unit * one.technique) for one in pairings]
    assert associate(other).raw == pytest.approx(associate(pairings).raw)


@given(st.lists(st.integers(0, 14), max_size=6))
def test_as_many_sessions_as_are_said_to_be_missing_are_enough_and_one_less_is_not(
    counts: list[int],
) -> None:
    missing = sessions_missing(counts)
    assert _least(counts) == missing


def _least(counts: list[int]) -> int:
    """Find the fewest further sessions by trying: how many clients are brought to count."""
    ways = [_missing_with([*counts, 0], chosen) for chosen in range(2 ** (len(counts) + 1))]
    return min(way for way in ways if way is not None)


def _missing_with(counts: list[int], chosen: int) -> int | None:
    """Return what is missing where the chosen clients count, and no others."""
    those = [one for place, one in enumerate(counts) if chosen >> place & 1]
    if not those:
        return None
    added = sum(max(0, FEWEST_SESSIONS - one) for one in those)
    free = sum(max(FEWEST_SESSIONS, one) for one in those) - 2 * len(those) - 1
    return added + max(0, 30 - free)
