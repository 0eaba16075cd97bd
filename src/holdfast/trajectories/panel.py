"""Many courses as arrays, one row a client: what the detectors work on.

A detector looks at all courses at once, session by session, and what it finds at a session
depends on the ratings up to that session only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from holdfast.trajectories.course import Course

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Courses as arrays of shape (courses, check-ins); shorter ones are filled up with ``NaN``.

    Attributes
    ----------
    values
        Ratings in points; ``NaN`` where the check-in was skipped.
    lowest_items, guesses
        As in :class:`~holdfast.trajectories.course.Rating`; ``NaN`` where unknown.
    sessions
        Number of each session; 0 after the end of a course.
    lowest, highest
        The ends of each course's scale, of shape (courses, 1).
    """

    values: Floats
    lowest_items: Floats
    guesses: Floats
    sessions: Ints
    lowest: Floats
    highest: Floats

    @property
    def rated(self) -> Bools:
        """Whether there is a rating."""
        return ~np.isnan(self.values)

    @property
    def skipped(self) -> Bools:
        """Whether a session's check-in was skipped."""
        return (self.sessions > 0) & ~self.rated


def panel(courses: Sequence[Course]) -> Panel:
    """Return courses as arrays.

    Examples
    --------
    >>> from holdfast.trajectories.course import Rating
    >>> two = panel((Course("a", (Rating(1, 9.0), Rating(3, None))), Course("b", ())))
    >>> two.values.shape, two.sessions.tolist(), two.skipped.tolist()
    ((2, 2), [[1, 3], [0, 0]], [[False, True], [False, False]])
    """
    longest = max((len(course) for course in courses), default=0)
    filled = np.full((3, len(courses), longest), np.nan)
    sessions = np.zeros((len(courses), longest), dtype=np.int64)
    for row, course in enumerate(courses):
        if course.ratings:
            length = len(course)
            sessions[row, :length] = [rating.session for rating in course.ratings]
            columns = [(r.value, r.lowest_item, r.guess) for r in course.ratings]
            filled[:, row, :length] = np.array(columns, dtype=np.float64).T
    ends = np.array([(course.lowest, course.highest) for course in courses]).reshape(-1, 2)
    return Panel(filled[0], filled[1], filled[2], sessions, ends[:, :1], ends[:, 1:])


def from_array(
    values: Floats,
    *,
    lowest_items: Floats | None = None,
    guesses: Floats | None = None,
    lowest: float = 0.0,
    highest: float = 10.0,
) -> Panel:
    """Return ratings in an array as a panel whose sessions are numbered from 1.

    Examples
    --------
    >>> from_array(np.array([[9.0, np.nan, 8.0]])).sessions.tolist()
    [[1, 2, 3]]
    """
    unknown = np.full(values.shape, np.nan)
    sessions = np.broadcast_to(np.arange(1, values.shape[1] + 1), values.shape)
    ends = np.ones((len(values), 1))
    return Panel(
        values=values,
        lowest_items=unknown if lowest_items is None else lowest_items,
        guesses=unknown if guesses is None else guesses,
        sessions=sessions,
        lowest=lowest * ends,
        highest=highest * ends,
    )


def last_rated(rated: Bools) -> Ints:
    """Return the column of the last rating *before* each session; -1 where there is none.

    Examples
    --------
    >>> last_rated(np.array([[True, False, True]])).tolist()
    [[-1, 0, 0]]
    """
    seen = np.maximum.accumulate(np.where(rated, np.arange(rated.shape[1]), -1), axis=1)
    before = np.full(rated.shape, -1, dtype=np.int64)
    before[:, 1:] = seen[:, :-1]
    return before


def taken(values: Floats, columns: Ints) -> Floats:
    """Return each row's values at columns of its own; ``NaN`` at -1.

    Examples
    --------
    >>> taken(np.array([[9.0, 8.0]]), np.array([[-1, 0]])).tolist()
    [[nan, 9.0]]
    """
    found = np.take_along_axis(values, np.maximum(columns, 0), axis=1)
    return np.where(columns < 0, np.nan, found)


def lasting(held: Bools) -> Ints:
    """Return for how many columns in a row something has held, up to each column.

    Examples
    --------
    >>> lasting(np.array([[True, True, False, True]])).tolist()
    [[1, 2, 0, 1]]
    """
    columns = np.arange(1, held.shape[1] + 1)
    broken = np.maximum.accumulate(np.where(held, 0, columns), axis=1)
    return np.where(held, columns - broken, 0)
