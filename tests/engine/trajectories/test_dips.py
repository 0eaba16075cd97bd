from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.trajectories import Course, Rating, Setting
from holdfast.trajectories.alarm import Alarm
from holdfast.trajectories.dips import ceiling, dips, low, skipped, slide, usual_movement
from holdfast.trajectories.panel import from_array, panel

SETTING = Setting(sd=1.2, mean=8.0, sem=0.6, p10=6.5)
NOTHING = float("nan")
VALUES = st.lists(st.one_of(st.just(NOTHING), st.floats(0, 10)), min_size=1, max_size=15)


def sessions(alarm: Alarm) -> list[int]:
    return (np.flatnonzero(alarm.fired[0]) + 1).tolist()


def both(*values: float) -> tuple[list[int], list[int]]:
    dip, strong = dips(from_array(np.array([values])), SETTING)
    return sessions(dip), sessions(strong)


def test_nine_nine_eight_five_is_a_strong_dip() -> None:
    assert both(9, 9, 8, 5) == ([], [4])


def test_a_drop_of_exactly_one_sd_is_a_dip_and_a_little_less_is_none() -> None:
    assert both(9.3, 8.1) == ([2], [])
    assert both(9.3, 8.2) == ([], [])


def test_a_skipped_check_in_is_passed_over() -> None:
    assert both(9, NOTHING, 6) == ([], [3])


def test_a_client_whose_ratings_move_a_lot_needs_a_larger_drop() -> None:
    # sample SD of 9, 5, 9, 5 is 2.309: a fall of 4 is 1.73 of it
    assert both(9, 5, 9, 5)[1] == [2, 4]
    assert both(9, 5, 9, 5, 9, 5) == ([6], [2, 4])


def test_the_clients_own_spread_counts_from_four_earlier_ratings_by_hand() -> None:
    values = np.array([[1.0, 9.0, 1.0, 9.0, 5.0, 5.0]])
    by_hand = [1.2, 1.2, 1.2, 1.2, np.std([1, 9, 1, 9], ddof=1), np.std([1, 9, 1, 9, 5], ddof=1)]
    assert usual_movement(values, SETTING)[0] == pytest.approx(by_hand)


@given(VALUES)
def test_the_spread_agrees_with_numpy_and_is_never_below_the_settings(values: list[float]) -> None:
    found = usual_movement(np.array([values]), SETTING)[0]
    for place, usual in enumerate(found):
        earlier = [value for value in values[:place] if value == value]
        own = np.std(earlier, ddof=1) if len(earlier) >= 4 else 0.0
        assert usual == pytest.approx(max(own, 1.2), abs=1e-6)


def test_a_slide_is_three_ratings_each_lower_than_the_last() -> None:
    def slides(*values: float) -> list[int]:
        return sessions(slide(from_array(np.array([values])), SETTING))

    assert slides(9, 8.4, 7.8) == [3]
    assert slides(9, 8.4, 8.4, 7.0) == []
    assert slides(9, 8.4, NOTHING, 7.8) == [4]
    assert slides(9, 8.8, 8.6) == []  # less than one sd in all
    assert slides(9, 8, 7, 6) == [3, 4]


def test_low_needs_the_practices_own_tenth_percentile() -> None:
    ratings = from_array(np.array([[6.4, 6.5, NOTHING]]))
    assert sessions(low(ratings, SETTING)[0]) == [1]
    assert sessions(low(ratings, Setting(1.2, 8.0, 0.6))[0]) == []


def test_one_answer_in_the_lower_half_of_any_scale_is_told() -> None:
    ratings = (Rating(1, 4.0, lowest_item=3.0), Rating(2, 4.0, lowest_item=3.1), Rating(3, 4.0))
    course = Course("c1", ratings, lowest=1, highest=5)
    assert sessions(low(panel((course,)), SETTING)[1]) == [1]


def test_four_ratings_at_the_top_are_told_once_in_each_run() -> None:
    def tops(*values: float) -> list[int]:
        return sessions(ceiling(from_array(np.array([values]))))

    assert tops(10, 9.5, 10, 10, 10, 10) == [4]
    assert tops(10, 10, 10, NOTHING, 10) == [5]
    assert tops(10, 10, 10, 9.4, 10, 10, 10, 10) == [8]


def test_two_check_ins_skipped_in_a_row_are_told_once() -> None:
    values = np.array([[9, NOTHING, 9, NOTHING, NOTHING, NOTHING, 9, NOTHING, NOTHING]])
    assert sessions(skipped(from_array(values))) == [5, 9]


def test_what_comes_after_the_end_of_a_shorter_course_is_not_skipped() -> None:
    short = Course("a", (Rating(1, 9.0),))
    longer = Course("b", tuple(Rating(session, 9.0) for session in range(1, 6)))
    assert not skipped(panel((short, longer))).fired.any()
