"""κ and shares: against worked examples, against statsmodels, and what can't be said."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

from holdfast.coding.agreement import FEWEST_SESSIONS, agreement, share

Pairs = dict[tuple[Any, Any], int]
VALUES = ("open", "closed", None, ("joy", "relief"))
SESSIONS = st.lists(
    st.dictionaries(
        st.tuples(st.sampled_from(VALUES), st.sampled_from(VALUES)),
        st.integers(0, 40),
        max_size=len(VALUES) ** 2,
    ),
    min_size=1,
    max_size=8,
)


def turned(session: Pairs) -> Pairs:
    return {(second, first): count for (first, second), count in session.items()}


def test_a_worked_example() -> None:
    """Two readers of fifty proposals: po = .7, pe = .5, so κ = .4."""
    found = agreement([{("y", "y"): 20, ("y", "n"): 5, ("n", "y"): 10, ("n", "n"): 15}])
    assert (found.lines, found.sessions, found.alike) == (50, 1, 0.7)
    assert found.kappa == pytest.approx(0.4)


def test_a_worked_example_with_three_values() -> None:
    """By hand: 200 lines, po = 140/200, pe = (100·90 + 60·50 + 40·60) / 200² = .36."""
    table = {
        ("a", "a"): 75, ("a", "b"): 10, ("a", "c"): 15,
        ("b", "a"): 10, ("b", "b"): 35, ("b", "c"): 15,
        ("c", "a"): 5, ("c", "b"): 5, ("c", "c"): 30,
    }  # fmt: skip
    assert agreement([table]).kappa == pytest.approx((0.7 - 0.36) / (1 - 0.36))


@pytest.mark.parametrize("seed", range(8))
def test_statsmodels_finds_the_same(seed: int) -> None:
    chance = np.random.default_rng(seed)
    table = chance.integers(0, 30, (len(VALUES), len(VALUES)))
    counts = {
        (first, second): int(table[row, column])
        for row, first in enumerate(VALUES)
        for column, second in enumerate(VALUES)
    }
    theirs = cohens_kappa(table, return_results=False)
    assert agreement([counts]).kappa == pytest.approx(theirs)


@given(SESSIONS)
def test_it_does_not_matter_who_reads_first(sessions: list[Pairs]) -> None:
    one = agreement(sessions, draws=50)
    other = agreement([turned(session) for session in sessions], draws=50)
    assert one.kappa == pytest.approx(other.kappa)
    assert one.interval == pytest.approx(other.interval)
    assert one.alike == other.alike


@given(st.lists(st.lists(st.sampled_from(VALUES), min_size=1), min_size=1, max_size=8))
def test_two_who_say_the_same_agree_fully_or_had_nothing_to_agree_about(
    said: list[list[Any]],
) -> None:
    sessions = [{(value, value): values.count(value) for value in values} for values in said]
    found = agreement(sessions, draws=2)
    several = len({value for values in said for value in values}) > 1
    assert found.kappa == (pytest.approx(1) if several else None)
    assert found.alike == 1


def test_an_interval_draws_sessions_and_not_lines() -> None:
    """Sessions that differ make it wide; as many lines in sessions that are alike, narrow."""
    good, bad = {("a", "a"): 30, ("b", "b"): 30}, {("a", "b"): 30, ("b", "a"): 30}
    mixed = {("a", "a"): 15, ("b", "b"): 15, ("a", "b"): 15, ("b", "a"): 15}
    differing, alike = agreement([good, bad] * 5), agreement([mixed] * 10)
    assert differing.kappa == alike.kappa == 0
    assert differing.interval is not None
    assert differing.interval[1] - differing.interval[0] > 0.8
    assert alike.interval == (0, 0)


def test_few_sessions_have_no_interval() -> None:
    session = {("a", "a"): 30, ("b", "a"): 3, ("b", "b"): 30}
    assert agreement([session] * (FEWEST_SESSIONS - 1)).interval is None
    assert agreement([session] * FEWEST_SESSIONS).interval is not None


def test_a_session_without_lines_is_none() -> None:
    session = {("a", "a"): 30, ("b", "a"): 3, ("b", "b"): 30}
    assert agreement([session, {}, {("a", "b"): 0}]).sessions == 1


def test_nothing_read_says_nothing() -> None:
    found = agreement([])
    assert (found.lines, found.sessions, found.alike, found.kappa) == (0, 0, None, None)
    assert share([]).value is None


def test_the_same_seed_draws_the_same() -> None:
    sessions = [{("a", "a"): 30 + one, ("b", "a"): one, ("b", "b"): 9} for one in range(6)]
    assert agreement(sessions, seed=3) == agreement(sessions, seed=3)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(9, 30)), min_size=1, max_size=9))
def test_a_share_lies_in_its_interval(counts: list[tuple[int, int]]) -> None:
    found = share(counts)
    assert found.value is not None
    if found.interval is None:
        assert len(counts) < FEWEST_SESSIONS
        return
    low, high = found.interval
    assert 0 <= low <= found.value <= high <= 1
