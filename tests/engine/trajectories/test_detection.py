from __future__ import annotations

import numpy as np
import pytest

from holdfast.testing.courses import simulated_courses
from holdfast.testing.simulation import simulation
from holdfast.trajectories import Setting
from holdfast.trajectories.detection import Truth, curve, detection
from holdfast.trajectories.local_level import likely_fall
from holdfast.trajectories.panel import from_array


def truth() -> Truth:
    """Return four courses of six sessions: two unrepaired ruptures, one repaired, one calm."""
    onset = np.array([3, 2, 4, 0])
    in_rupture = np.zeros((4, 6), dtype=bool)
    in_rupture[0, 2:] = in_rupture[1, 1:] = in_rupture[2, 3:5] = True
    return Truth(
        onset=onset,
        repaired=np.array([False, False, True, False]),
        depth=np.array([2.0, 1.6, 1.5, 0.0]),
        in_rupture=in_rupture,
        rated=np.ones((4, 6), dtype=bool),
    )


def fired(*places: tuple[int, int]) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    found = np.zeros((4, 6), dtype=bool)
    for row, session in places:
        found[row, session - 1] = True
    return found


def test_an_alarm_is_in_time_from_the_onset_to_two_sessions_later() -> None:
    assert detection(fired((0, 3), (1, 4)), truth()).unrepaired.value == 1
    assert detection(fired((0, 2), (1, 5)), truth()).unrepaired.value == 0
    assert detection(fired((2, 6)), truth()).repaired.value == 1


def test_ruptures_that_are_too_shallow_are_not_counted() -> None:
    found = detection(fired((0, 3)), truth(), depth=1.8)
    assert (found.unrepaired.value, found.unrepaired.n, found.repaired.n) == (1, 1, 0)


def test_each_alarm_outside_a_rupture_counts_and_first_ratings_do_not() -> None:
    # calm without first ratings: 1 + 0 + 3 (sessions 2, 3, 6) + 5 = 9
    found = detection(fired((3, 1), (3, 2), (3, 3), (0, 3)), truth()).false_alarms
    assert found.n == 9
    assert found.value == pytest.approx(100 * 2 / 9)


def test_the_delay_counts_what_was_never_found_as_infinitely_late() -> None:
    assert detection(fired((0, 4), (1, 5)), truth()).delay.value == 1
    assert detection(fired(), truth()).delay.value == np.inf


def test_precision_is_the_share_of_alarms_that_are_true() -> None:
    assert detection(fired((0, 3), (0, 4), (3, 3)), truth()).precision.value == pytest.approx(2 / 3)


def test_a_curve_agrees_with_counting_at_each_threshold() -> None:
    known = simulated_courses(800, seed=2)
    strength = likely_fall(from_array(known.ratings), Setting.of()).strength
    followed = curve(strength, known.truth, false_alarms=np.array([1.0, 4.0, 12.0]))
    for line, share, alarms in zip(
        followed.thresholds, followed.sensitivity, followed.false_alarms, strict=True
    ):
        counted = detection(strength >= line, known.truth, draws=10)
        assert counted.unrepaired.value == pytest.approx(share)
        assert counted.false_alarms.value == pytest.approx(alarms)


def test_the_best_point_is_allowed() -> None:
    known = simulated_courses(800, seed=2)
    strength = likely_fall(from_array(known.ratings), Setting.of()).strength
    followed = curve(strength, known.truth)
    assert followed.best(5.0)[2] <= 5.0
    with pytest.raises(ValueError, match="no threshold"):
        followed.best(0.0)


def test_intervals_hold_the_value_and_narrow_with_more_courses() -> None:
    widths = []
    for n in (500, 5000):
        known = simulated_courses(n, seed=3)
        alarms = likely_fall(from_array(known.ratings), Setting.of()).fired
        found = detection(alarms, known.truth, draws=200).unrepaired
        assert found.low <= found.value <= found.high
        widths.append(found.high - found.low)
    assert widths[1] < widths[0]


@pytest.mark.parametrize("reliability", [0.64, 0.75, 0.88])
def test_the_local_level_rule_as_shipped_reaches_the_aim(reliability: float) -> None:
    known = simulated_courses(6000, seed=77, setting=simulation(reliability=reliability))
    alarms = likely_fall(from_array(known.ratings), Setting.of(reliability=reliability)).fired
    found = detection(alarms, known.truth, draws=100)
    assert found.unrepaired.low >= 0.9
    assert found.false_alarms.high <= 5
