"""What became of each drop: back to the level before, still open, or not repaired."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from holdfast.trajectories.alarm import HAIR, Alarm
from holdfast.trajectories.course import Course
from holdfast.trajectories.dips import dips, usual_movement
from holdfast.trajectories.local_level import likely_fall
from holdfast.trajectories.panel import Floats, Panel, last_rated, panel, taken
from holdfast.trajectories.rules import rule
from holdfast.trajectories.setting import Setting

Status = Literal["open", "repaired", "unrepaired"]


@dataclass(frozen=True, slots=True)
class Episode:
    """A drop and what followed.

    Attributes
    ----------
    start
        Session at which the drop was found.
    before
        Level before it, in points: the last rating, or the model's level for a likely fall.
    depth
        How far the lowest rating of the episode lay below, in points.
    status
        ``"repaired"`` if one of the next ratings (rule ``open_rupture``: three) is back;
        ``"unrepaired"`` if none of them is; ``"open"`` while that isn't known yet.
    repaired_at
        Session at which the rating was back. Of an unrepaired episode: back after all, but later.
    settled_at
        Session at which the status was known; ``None`` while open.
    firm
        Whether an alert stands behind it: a strong dip or a likely fall, not a mere dip.

    Examples
    --------
    >>> Episode(4, 8.0, 3.0, "repaired", 6, 6).status
    'repaired'
    """

    start: int
    before: float
    depth: float
    status: Status = "open"
    repaired_at: int | None = None
    settled_at: int | None = None
    firm: bool = False


def episodes(course: Course, setting: Setting) -> tuple[Episode, ...]:
    """Follow each dip, strong dip and likely fall of a course.

    Examples
    --------
    >>> from holdfast.trajectories.course import Rating
    >>> from holdfast.trajectories.setting import own_check_in
    >>> values = (9.0, 9.0, 8.0, 5.0, 6.0, 8.0)
    >>> course = Course("c1", tuple(Rating(n, value) for n, value in enumerate(values, start=1)))
    >>> found = episodes(course, own_check_in())
    >>> [(one.start, one.depth, one.status, one.repaired_at) for one in found]
    [(4, 3.0, 'repaired', 6)]
    """
    return episodes_of(panel((course,)), setting)[0]


def episodes_of(
    ratings: Panel, setting: Setting, drops: Sequence[Alarm] | None = None
) -> tuple[tuple[Episode, ...], ...]:
    """Follow the drops of many courses.

    Parameters
    ----------
    ratings
        The courses.
    setting
        What a drop is measured against.
    drops
        Alarms that begin an episode, if they were computed already.
    """
    if drops is None:
        drops = (*dips(ratings, setting), likely_fall(ratings, setting))
    columns = (
        ratings.values,
        ratings.sessions,
        *_levels_before(ratings, setting, drops),
        np.logical_or.reduce([drop.fired for drop in drops if rule(drop.name).is_alert]),
    )
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return tuple(_followed(*row) for row in rows)


def turns(ratings: Panel, followed: Sequence[Sequence[Episode]]) -> tuple[Alarm, Alarm]:
    """Find the sessions at which a firm episode turned out to be open, or came back.

    A mere dip is followed as well, but says nothing when it stays open: most are error.
    """
    firm = [(row, one) for row, found in enumerate(followed) for one in found if one.firm]
    unrepaired = [(row, one.settled_at, one) for row, one in firm if one.status == "unrepaired"]
    back = [(row, one.repaired_at, one) for row, one in firm]
    return _turn("open_rupture", ratings, unrepaired), _turn("repaired", ratings, back)


def _turn(name: str, ratings: Panel, found: Sequence[tuple[int, int | None, Episode]]) -> Alarm:
    starts, before = (np.full(ratings.values.shape, np.nan) for _ in range(2))
    for row, session, episode in found:
        if session is not None:
            column = ratings.sessions[row] == session
            starts[row, column], before[row, column] = episode.start, episode.before
    figures = {"start": starts, "before": before, "last": ratings.values}
    return Alarm(name, ~np.isnan(starts), before - ratings.values, figures)


def _levels_before(
    ratings: Panel, setting: Setting, drops: Sequence[Alarm]
) -> tuple[Floats, Floats]:
    """Return the level before each drop (``NaN``: no drop here), and how near counts as back."""
    last = taken(ratings.values, last_rated(ratings.rated))
    before = np.full(ratings.values.shape, np.nan)
    for drop in drops:
        # The model's fall is smaller than the drop of the rating, which holds error as well.
        level = ratings.values + drop.figures["fall"] if "fall" in drop.figures else last
        fresh = drop.fired & np.isnan(before)
        before = np.where(fresh, level, before)
    margin = rule("open_rupture")["back_sds"] * usual_movement(ratings.values, setting)
    return before, margin


def _followed(
    values: list[float],
    sessions: list[int],
    before: list[float],
    margin: list[float],
    alerted: list[bool],
) -> tuple[Episode, ...]:
    found: list[Episode] = []
    waited, back, patience = 0, 0.0, int(rule("open_rupture")["ratings"])
    for value, session, level, near, firm in zip(
        values, sessions, before, margin, alerted, strict=True
    ):
        if value != value:  # skipped
            continue
        just_settled = False
        if found and found[-1].repaired_at is None:
            waited += 1
            found[-1] = _next(found[-1], value, session, back, waited, patience)
            just_settled = found[-1].settled_at == session
        if found and found[-1].status == "open":
            found[-1] = replace(found[-1], firm=found[-1].firm or firm)
        elif level == level and not just_settled:
            found.append(Episode(session, level, level - value, firm=firm))
            waited, back = 0, level - near
    return tuple(found)


def _next(
    episode: Episode, value: float, session: int, back: float, waited: int, patience: int
) -> Episode:
    is_back, is_late = value >= back - HAIR, episode.status == "unrepaired"
    if is_late:
        return replace(episode, repaired_at=session) if is_back else episode
    if is_back:
        return replace(episode, status="repaired", repaired_at=session, settled_at=session)
    deeper = replace(episode, depth=max(episode.depth, episode.before - value))
    if waited < patience:
        return deeper
    return replace(deeper, status="unrepaired", settled_at=session)
