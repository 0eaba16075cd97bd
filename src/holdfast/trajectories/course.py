"""A client's check-ins over the sessions of one therapy."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from holdfast.errors import HoldfastError


class CourseError(HoldfastError):
    """Ratings that cannot be a course; the message names the session, never a person."""


@dataclass(frozen=True, slots=True)
class Rating:
    """What a client answered after one session.

    Attributes
    ----------
    session
        Number of the session, from 1.
    value
        The rating, in the instrument's points; ``None`` where the check-in was skipped.
    lowest_item
        The lowest single answer, in points of one item; ``None`` if it isn't known.
    guess
        The rating that the therapist expected before seeing it, in the instrument's points.
    date
        When, as ``YYYY-MM-DD``.

    Examples
    --------
    >>> Rating(3, 8.5, guess=9.0).value
    8.5
    """

    session: int
    value: float | None
    lowest_item: float | None = None
    guess: float | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """One client's ratings, session by session.

    A session that nobody was asked about is left out; one whose check-in was skipped stands
    there without a value.

    Attributes
    ----------
    client
        A key of the client's, never a name.
    ratings
        In the order of the sessions.
    lowest, highest
        The ends of the instrument's scale, in points.

    Raises
    ------
    CourseError
        If sessions aren't in order, or a rating lies beyond the scale.

    Examples
    --------
    >>> course = Course("c1", (Rating(1, 9.0), Rating(2, None), Rating(3, 8.0)))
    >>> len(course), course.values
    (3, (9.0, None, 8.0))
    >>> Course("c1", (Rating(1, 11.0),))
    Traceback (most recent call last):
    ...
    holdfast.trajectories.course.CourseError: session 1: the rating is 11, expected 0 to 10. \
Check the instrument's scale.
    """

    client: str
    ratings: tuple[Rating, ...]
    lowest: float = 0.0
    highest: float = 10.0

    def __post_init__(self) -> None:
        """Refuse what cannot be a course."""
        if not self.lowest < self.highest:
            raise CourseError(
                f"the scale runs from {self.lowest:g} to {self.highest:g}. "
                "Give the lower end first."
            )
        for earlier, later in pairwise(self.ratings):
            if later.session <= earlier.session:
                raise CourseError(
                    f"session {later.session} comes after session {earlier.session}. "
                    "Give each session once, in order."
                )
        for rating in self.ratings:
            self._check(rating)

    def __len__(self) -> int:
        return len(self.ratings)

    @property
    def values(self) -> tuple[float | None, ...]:
        """The ratings by themselves."""
        return tuple(rating.value for rating in self.ratings)

    def upto(self, session: int) -> Course:
        """Return the course as it stood after a session."""
        kept = tuple(rating for rating in self.ratings if rating.session <= session)
        return Course(self.client, kept, self.lowest, self.highest)

    def _check(self, rating: Rating) -> None:
        if rating.session < 1:
            raise CourseError(f"session {rating.session}: sessions count from 1.")
        for what, value in (
            ("rating", rating.value),
            ("lowest item", rating.lowest_item),
            ("guess", rating.guess),
        ):
            # Written so that "not a number" is refused as well.
            if value is not None and not self.lowest <= value <= self.highest:
                raise CourseError(
                    f"session {rating.session}: the {what} is {value:g}, expected "
                    f"{self.lowest:g} to {self.highest:g}. Check the instrument's scale."
                )
