from __future__ import annotations

import numpy as np
import pytest

from holdfast.testing.courses import simulated_courses
from holdfast.testing.simulation import simulation
from holdfast.trajectories import Course


def test_the_same_seed_gives_the_same_courses() -> None:
    one, same, other = (simulated_courses(50, seed) for seed in (3, 3, 4))
    np.testing.assert_array_equal(one.ratings, same.ratings)
    assert not np.array_equal(one.ratings, other.ratings, equal_nan=True)


def test_ruptures_are_as_common_as_larsson_found_them() -> None:
    known = simulated_courses(20_000, seed=5)
    ruptured, repaired = known.onset > 0, known.repaired_at > 0
    assert repaired.mean() == pytest.approx(0.147, abs=0.01)
    assert (ruptured & ~repaired).mean() == pytest.approx(0.107, abs=0.01)


@pytest.mark.parametrize("reliability", [0.64, 0.75, 0.88])
def test_ratings_have_the_settings_sd_and_error(reliability: float) -> None:
    setting = simulation(reliability=reliability)
    known = simulated_courses(10_000, seed=6, setting=setting)
    calm = ~known.truth.in_rupture
    assert np.nanstd(known.ratings[calm]) == pytest.approx(setting.sd, rel=0.03)
    inside = calm & (known.levels > 4) & (known.levels < 7)  # where no end of the scale is near
    error = (known.ratings - known.levels)[inside]
    assert np.nanstd(error) == pytest.approx(setting.error, rel=0.05)


def test_a_rupture_lowers_the_level_by_its_depth_and_a_repair_brings_it_back() -> None:
    known = simulated_courses(5000, seed=7)
    fall = (known.usual - known.levels) / known.setting.sd
    for row in np.flatnonzero(known.onset):
        start, end = known.onset[row] - 1, known.repaired_at[row] - 1
        assert not fall[row, :start].any()
        assert fall[row, start] == pytest.approx(known.depth[row])
        if end > 0:
            assert 1 <= end - start <= 3
            assert not fall[row, end:].any()
            assert (np.diff(fall[row, start : end + 1]) < 0).all()
        else:
            assert (fall[row, start:] > 0).all()
    assert not fall[known.onset == 0].any()


def test_a_rupture_may_build_up() -> None:
    known = simulated_courses(2000, seed=7, setting=simulation(building=3))
    fall = (known.usual - known.levels) / known.setting.sd
    rows = np.flatnonzero((known.onset > 0) & (known.usual.min(axis=1) > 6))
    for row in rows:
        start = known.onset[row] - 1
        assert not fall[row, :start].any()
        assert fall[row, start + 2] == pytest.approx(known.depth[row])
        assert fall[row, start] == pytest.approx(known.depth[row] / 3)
    assert len(rows) > 50


def test_onsets_leave_room_before_and_after() -> None:
    onset = simulated_courses(5000, seed=8).onset
    assert onset[onset > 0].min() == 4
    assert onset.max() == 17


def test_the_truth_marks_the_sessions_of_a_rupture() -> None:
    known = simulated_courses(500, seed=9)
    marked = known.truth.in_rupture
    np.testing.assert_array_equal(marked, known.usual - known.levels > 1e-9)


def test_ratings_stay_on_the_scale_in_steps_and_some_are_missing() -> None:
    known = simulated_courses(2000, seed=10, setting=simulation(step=0.5))
    given = known.ratings[~np.isnan(known.ratings)]
    assert given.min() >= 0
    assert given.max() == 10
    np.testing.assert_array_equal(given * 2, np.round(given * 2))
    assert np.isnan(known.ratings).mean() == pytest.approx(0.08, abs=0.005)


def test_courses_come_out_as_a_record_would_hold_them() -> None:
    known = simulated_courses(20, seed=11)
    courses = list(known)
    assert all(isinstance(course, Course) and len(course) == 20 for course in courses)
    first = courses[0].ratings[0]
    assert first.session == 1
    assert first.value is None or first.value == known.ratings[0, 0]
    skipped = [r for course in courses for r in course.ratings if r.value is None]
    assert skipped
    assert all(rating.lowest_item is None for rating in skipped)
