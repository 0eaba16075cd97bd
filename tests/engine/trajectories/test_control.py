from __future__ import annotations

import numpy as np
import pytest

from holdfast.trajectories import Setting
from holdfast.trajectories.control import control, natural_process
from holdfast.trajectories.panel import from_array

SETTING = Setting(sd=1.5, mean=8.0, sem=0.1)


def test_limits_by_hand() -> None:
    # centre 8, moving ranges 1, 1, 1: limit 8 - 2.66 = 5.34, warning 8 - 1.77 = 6.23
    values = np.array([[8.5, 7.5, 8.5, 7.5, 6.0], [8.5, 7.5, 8.5, 7.5, 5.3]])
    limit, warning = control(from_array(values), SETTING)
    assert limit.figures["limit"][0, 4] == pytest.approx(5.34)
    assert warning.figures["limit"][0, 4] == pytest.approx(6.23)
    assert limit.fired[:, 4].tolist() == [False, True]
    assert warning.fired[:, 4].tolist() == [True, False]


def test_there_is_no_limit_before_four_ratings() -> None:
    limit, warning = control(from_array(np.array([[9.0, 9.0, 9.0, 0.0]])), SETTING)
    assert not (limit.fired | warning.fired).any()


def test_equal_ratings_do_not_make_every_small_drop_an_alarm() -> None:
    setting = Setting(sd=1.5, mean=8.0, sem=0.75)
    limit, warning = control(from_array(np.array([[9.0, 9.0, 9.0, 9.0, 8.5]])), setting)
    assert not (limit.fired | warning.fired).any()


def test_the_centre_is_that_of_the_last_five_and_skipped_ones_are_passed_over() -> None:
    values = np.array([[1.0, 5.0, 6.0, np.nan, 7.0, 8.0, 9.0, 9.0]])
    centre, moving = natural_process(values, SETTING)
    assert centre[0, 7] == pytest.approx(np.mean([5, 6, 7, 8, 9]))
    assert moving[0, 7] == pytest.approx(np.mean([4, 1, 1, 1, 1]))
