from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from holdfast.trajectories import Course, Episode, Rating, Setting, alliance_signals, episodes

SETTING = Setting(sd=1.2, mean=8.0, sem=0.6)
VALUES = st.lists(st.one_of(st.none(), st.floats(0, 10)), max_size=15)


def course(values: Sequence[float | None]) -> Course:
    return Course("c1", tuple(Rating(n, value) for n, value in enumerate(values, start=1)))


def only(*values: float | None) -> Episode:
    (found,) = episodes(course(values), SETTING)
    return found


def told(name: str, *values: float | None) -> list[int]:
    found = alliance_signals(course(values), SETTING)
    return [signal.session for signal in found if signal.name == name]


def test_a_rating_within_half_an_sd_of_the_level_before_is_a_repair() -> None:
    # before 8, s 1.2: back from 7.4 on
    assert only(9, 9, 8, 5, 7.4) == Episode(4, 8.0, 3.0, "repaired", 5, 5, firm=True)
    assert only(9, 9, 8, 5, 7.3).status == "open"


def test_the_third_rating_after_the_dip_may_still_repair_it() -> None:
    assert only(9, 9, 8, 5, 5, 6, 7.4).status == "repaired"
    assert only(9, 9, 8, 5, 5, 6, 7.3) == Episode(4, 8.0, 3.0, "unrepaired", None, 7, firm=True)


def test_a_skipped_check_in_is_no_sign_that_it_stayed_open() -> None:
    assert only(9, 9, 8, 5, None, 5, None, 5).status == "open"
    assert only(9, 9, 8, 5, None, 5, None, 8).status == "repaired"


def test_what_comes_back_late_stays_unrepaired_and_says_when() -> None:
    found = only(9, 9, 8, 5, 5, 5, 5, 5, 8)
    assert (found.status, found.settled_at, found.repaired_at) == ("unrepaired", 7, 9)


def test_an_episode_is_as_deep_as_its_lowest_rating() -> None:
    assert only(9, 9, 8, 5, 4, 6).depth == 4.0


def test_a_second_fall_after_a_repair_is_an_episode_of_its_own() -> None:
    found = episodes(course((9, 9, 8, 5, 8, 8, 4)), SETTING)
    assert [(one.start, one.status) for one in found] == [(4, "repaired"), (7, "open")]


def test_an_open_rupture_is_told_when_the_third_rating_is_not_back() -> None:
    assert told("open_rupture", 9, 9, 8, 5, 5, 5) == []
    assert told("open_rupture", 9, 9, 8, 5, 5, 5, 5) == [7]
    assert told("open_rupture", 9, 9, 8, 5, 5, 5, 5, 5) == [7]
    assert told("open_rupture", 9, 9, 8, 5, 8, 8, 8) == []


def test_coming_back_is_told_once_however_late() -> None:
    assert told("repaired", 9, 9, 8, 5, 6, 8, 8) == [6]
    assert told("repaired", 9, 9, 8, 5, 5, 5, 5, 5, 8, 8) == [9]
    assert told("repaired", 9, 9, 8, 5, 5, 5, 5) == []


def test_a_mere_dip_is_followed_but_not_told_when_it_stays_open() -> None:
    setting = Setting(sd=1.2, mean=8.0, sem=1.1)  # so inexact that a dip says little
    found = episodes(course((8.5, 7.2, 7.5, 7.5, 7.5)), setting)
    assert [(one.start, one.status, one.firm) for one in found] == [(2, "unrepaired", False)]
    signals = alliance_signals(course((8.5, 7.2, 7.5, 7.5, 7.5)), setting)
    assert [signal.name for signal in signals] == ["dip"]


@given(VALUES)
def test_episodes_follow_each_other_and_their_sessions_are_in_order(
    values: list[float | None],
) -> None:
    found = episodes(course(values), SETTING)
    for one, other in pairwise(found):
        assert one.start < other.start
        assert one.settled_at is not None
        assert one.settled_at <= other.start
    for one in found:
        assert (one.settled_at is None) == (one.status == "open")
        assert one.repaired_at is None or one.repaired_at > one.start


@given(VALUES, st.integers(0, 15))
def test_a_settled_episode_never_changes_its_status(values: list[float | None], upto: int) -> None:
    whole = episodes(course(values), SETTING)
    part = episodes(course(values[:upto]), SETTING)
    for before, after in zip(part, whole, strict=False):
        assert before.start == after.start
        assert before.status in {"open", after.status}
