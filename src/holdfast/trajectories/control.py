"""Control limits of individual ratings (XmR chart): ratings out of the client's own range."""

from __future__ import annotations

import numpy as np

from holdfast.trajectories.alarm import Alarm
from holdfast.trajectories.panel import Floats, Panel
from holdfast.trajectories.rules import rule
from holdfast.trajectories.setting import Setting


def natural_process(values: Floats, setting: Setting) -> tuple[Floats, Floats]:
    """Return the centre and the mean moving range before each session.

    The centre is the mean of the last five ratings, the mean moving range that of all earlier
    ratings. Four equal ratings don't mean that a client never moves, so the moving range is at
    least the one that the instrument's error alone brings about: ``2/sqrt(pi) · sem``.

    Examples
    --------
    >>> centre, moving = natural_process(
    ...     np.array([[9.0, 7.0, 9.0, 7.0, 8.0]]), Setting(sd=1.5, mean=8.0, sem=0.75)
    ... )
    >>> centre[0, 4].item(), moving[0, 4].item()
    (8.0, 2.0)
    """
    used = rule("control_limit")
    width, least = int(used["centre_ratings"]), used["earlier_ratings"]
    floor = 2 / np.sqrt(np.pi) * setting.sem
    shape = values.shape
    centre, moving = np.full(shape, np.nan), np.full(shape, np.nan)
    recent = np.full((shape[0], width), np.nan)
    count, ranges = np.zeros(shape[0]), np.zeros(shape[0])
    for session in range(shape[1]):
        value = values[:, session]
        enough = count >= least
        with np.errstate(invalid="ignore", divide="ignore"):
            filled = np.minimum(count, width)
            sums = np.where(np.isnan(recent), 0.0, recent).sum(axis=1)
            centre[:, session] = np.where(enough, sums / filled, np.nan)
            mean_range = np.maximum(ranges / (count - 1), floor)
        moving[:, session] = np.where(enough, mean_range, np.nan)
        rated = ~np.isnan(value)
        ranges += np.where(rated & (count > 0), np.abs(value - recent[:, -1]), 0.0)
        shifted = np.concatenate((recent[:, 1:], value[:, None]), axis=1)
        recent = np.where(rated[:, None], shifted, recent)
        count += rated
    return centre, moving


def control(ratings: Panel, setting: Setting) -> tuple[Alarm, Alarm]:
    """Find ratings below the lower control limit, and below the warning limit.

    Examples
    --------
    >>> from holdfast.trajectories.panel import from_array
    >>> from holdfast.trajectories.setting import own_check_in
    >>> quiet = from_array(np.array([[9.0, 8.5, 9.0, 8.5, 9.0, 5.0]]))
    >>> limit, warning = control(quiet, own_check_in())
    >>> limit.fired[0].tolist()
    [False, False, False, False, False, True]
    """
    centre, moving = natural_process(ratings.values, setting)
    ranges = (centre - ratings.values) / moving
    outer, inner = rule("control_limit")["ranges"], rule("control_warning")["ranges"]
    beyond = ranges > outer
    warned = (ranges > inner) & ~beyond
    rating = ratings.values
    return (
        Alarm(
            "control_limit", beyond, ranges, {"rating": rating, "limit": centre - outer * moving}
        ),
        Alarm(
            "control_warning", warned, ranges, {"rating": rating, "limit": centre - inner * moving}
        ),
    )
