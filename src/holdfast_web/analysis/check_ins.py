"""A session's check-in beside what was said: how it was for the client, and what is usual."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from uuid import UUID

from django.utils.safestring import SafeString

from holdfast_web.engine.courses import Noticed, Rated, noticed, sparkline

FELL = frozenset({"dip", "strong_dip", "likely_fall", "control_limit", "slide"})
"""What says that a rating lies lower than ratings here usually move."""
USUAL = 5
LEAST_USUAL = 2
LATEST = 12
APART = 2


@dataclass(frozen=True, slots=True)
class Course:
    """Where a rating stands among those before it.

    Attributes
    ----------
    rating, guess
        Of this session; ``None`` where there is none.
    before
        The rating before it.
    usual
        The mean of the last ratings before it; ``None`` while there are too few.
    of
        How many ratings ``usual`` is the mean of.
    reasons
        Why it counts as a fall, in sentences; none where it doesn't.
    picture
        The ratings up to this one, as a small line.
    """

    rating: float | None
    guess: float | None
    before: float | None
    usual: float | None
    of: int
    reasons: tuple[str, ...]
    picture: SafeString

    @property
    def below(self) -> float:
        """How far it lies below what is usual; less than zero above it."""
        if self.usual is None or self.rating is None:
            return 0.0
        # What a reader sees are rounded numbers, and these must come out even.
        return round(round(self.usual, 1) - round(self.rating, 1), 1)

    @property
    def above(self) -> float:
        """The other way round."""
        return -self.below

    @property
    def dip(self) -> bool:
        """Whether it lies lower by more than ratings here usually move."""
        return bool(self.reasons)

    @property
    def fell(self) -> bool:
        """Whether a dip came at this very session."""
        there = self.rating is not None and self.before is not None
        return self.dip and there and (self.rating or 0.0) < (self.before or 0.0)


@dataclass(frozen=True, slots=True)
class Answer:
    """A question of the check-in with what both said; empty where it was left open.

    Attributes
    ----------
    asked, kind
        The question; ``"scale"``, ``"choice"`` or ``"text"``.
    own, guess
        The client's answer, and what the therapist expected, in words.
    """

    asked: str
    kind: str
    own: str
    guess: str


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A session's check-in, as its therapist may see it now.

    Attributes
    ----------
    state
        ``"answered"``; ``"open"`` while it waits for the client; ``"none"``; ``"guess"`` while
        the therapist's own guess comes first, and nothing else is told.
    course
        ``None`` where it isn't answered, or stands in no course.
    answers
        In the order in which they were asked.
    signal_id
        Of what stands out at this session, with its card; ``None`` where nothing does.
    """

    state: str
    course: Course | None = None
    answers: tuple[Answer, ...] = ()
    signal_id: UUID | None = None

    @property
    def dip(self) -> bool:
        """Whether the rating lies lower by more than ratings here usually move."""
        return self.course is not None and self.course.dip

    @property
    def scales(self) -> tuple[Answer, ...]:
        """What was answered by a number."""
        return tuple(one for one in self.answers if one.kind == "scale")

    @property
    def lowest(self) -> Answer | None:
        """What was answered lowest, where it stands out from the rest by two points or more."""
        rated = sorted(
            (one for one in self.scales if one.own.isdigit()), key=lambda one: int(one.own)
        )
        if len(rated) < 2 or int(rated[1].own) - int(rated[0].own) < APART:
            return None
        return rated[0]

    @property
    def others(self) -> tuple[Answer, ...]:
        """What was answered otherwise."""
        return tuple(one for one in self.answers if one.kind != "scale" and (one.own or one.guess))

    @property
    def guessed(self) -> bool:
        """Whether there is a guess beside it."""
        return any(one.guess for one in self.answers)


def course_at(number: int, instrument: str, rated: Sequence[Rated]) -> Course | None:
    """Return where the rating of a session stands; ``None`` if there is none in the course.

    It rests on the ratings up to that session, as they were known then.

    Parameters
    ----------
    number
        Of the session.
    rated
        Ratings in the order of the sessions.

    Examples
    --------
    >>> rated = [Rated(n, value) for n, value in enumerate((9, 9, 8, 3, 9), start=1)]
    >>> found = course_at(4, "check-in", rated)
    >>> round(found.usual, 1), found.below, found.fell
    (8.7, 5.7, True)
    >>> course_at(5, "check-in", rated).dip, course_at(6, "check-in", rated)
    (False, None)
    """
    so_far = [one for one in rated if one.session <= number]
    if not so_far or so_far[-1].session != number:
        return None
    here = so_far[-1]
    before = [one.value for one in so_far[:-1] if one.value is not None]
    usual = before[-USUAL:]
    return Course(
        rating=here.value,
        guess=here.guess,
        before=before[-1] if before else None,
        usual=fmean(usual) if len(usual) >= LEAST_USUAL else None,
        of=len(usual),
        reasons=tuple(_reasons(noticed("", {instrument: so_far}), number)),
        picture=sparkline([one.value for one in so_far[-LATEST:]]),
    )


def _reasons(found: Iterable[Noticed], number: int) -> Iterable[str]:
    return (one.reason for one in found if one.session == number and one.name in FELL)
