from __future__ import annotations

import math

import pytest

from holdfast.errors import HoldfastError
from holdfast.trajectories import Course, CourseError, Rating, Setting


def test_a_skipped_check_in_has_its_place_and_no_value() -> None:
    course = Course("c1", (Rating(1, 8.0), Rating(2, None), Rating(4, 9.0)))
    assert course.values == (8.0, None, 9.0)
    assert len(course.upto(2)) == 2


@pytest.mark.parametrize("sessions", [(2, 1), (1, 1), (1, 3, 3)])
def test_sessions_come_once_and_in_order(sessions: tuple[int, ...]) -> None:
    with pytest.raises(CourseError, match=rf"session {sessions[-1]}.*in order"):
        Course("somebody", tuple(Rating(session, 8.0) for session in sessions))


@pytest.mark.parametrize(
    "rating",
    [
        Rating(3, 10.1),
        Rating(3, -0.1),
        Rating(3, math.nan),
        Rating(3, math.inf),
        Rating(3, 8.0, lowest_item=11.0),
        Rating(3, 8.0, guess=-1.0),
    ],
)
def test_what_lies_beyond_the_scale_is_refused_without_naming_anybody(rating: Rating) -> None:
    with pytest.raises(CourseError, match=r"session 3: the .* expected 0 to 10") as refused:
        Course("somebody", (rating,))
    assert "somebody" not in str(refused.value)
    assert isinstance(refused.value, HoldfastError)


def test_sessions_count_from_one() -> None:
    with pytest.raises(CourseError, match="count from 1"):
        Course("c1", (Rating(0, 8.0),))


def test_a_scale_has_a_lower_and_a_higher_end() -> None:
    with pytest.raises(CourseError, match="lower end first"):
        Course("c1", (), lowest=5, highest=1)


@pytest.mark.parametrize(("sd", "sem"), [(0, 0.5), (-1, 0.5), (1.5, 0), (1.5, 1.5), (1.5, 2)])
def test_a_setting_needs_a_spread_and_a_smaller_error(sd: float, sem: float) -> None:
    with pytest.raises(CourseError, match="sem below sd"):
        Setting(sd=sd, mean=8.0, sem=sem)


@pytest.mark.parametrize("reliability", [0, 1, 1.2])
def test_a_reliability_lies_between_zero_and_one(reliability: float) -> None:
    with pytest.raises(CourseError, match="reliability"):
        Setting.of(reliability=reliability)


def test_the_error_follows_from_the_reliability_by_hand() -> None:
    assert Setting.of(reliability=0.91, sd=2.0).sem == pytest.approx(0.6)
