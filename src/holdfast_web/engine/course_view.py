"""What a page is given of a client's courses, and what the engine is given for them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.safestring import SafeString

from holdfast.trajectories.reading import ALLIANCE
from holdfast.trajectories.trajectory import Trajectory


@dataclass(frozen=True, slots=True)
class Rated:
    """One session's rating, with the guess beside it.

    Attributes
    ----------
    session
        Its number, from 1.
    value
        What the answers came to; ``None`` where they were left out.
    lowest_item
        The lowest single answer.
    guess
        What the therapist expected.
    date
        Of the session.
    """

    session: int
    value: float | None
    lowest_item: float | None = None
    guess: float | None = None
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table that stands with each picture."""

    session: int
    date: dt.date | None
    value: float | None
    guess: float | None


@dataclass(frozen=True, slots=True)
class Mark:
    """What a number above the picture points at.

    Attributes
    ----------
    place
        The number.
    title
        Of the card.
    sessions
        In words.
    """

    place: int
    title: str
    sessions: str


@dataclass(frozen=True, slots=True)
class CourseView:
    """One instrument over the sessions, ready for a page.

    Attributes
    ----------
    instrument, title, about, measures, not_meaning
        Name, title, and what it is about, measures and does not say.
    unvalidated
        Whether nobody has studied yet how well it measures.
    trajectory
        What the engine makes of it; on a client's own page without signals, drops and cut-offs.
    picture
        SVG, safe to show as it is.
    rows
        The picture's numbers.
    marks
        What the numbers above the picture point at.
    change_in_words, rules_in_words
        The last rating against the first, and by each rule; for outcomes only.
    band_in_words
        Where the last rating lies, if the instrument has bands.
    gap_in_words
        How the guesses lie beside the ratings, from two sessions on.
    waiting
        Sessions whose rating is kept back until the therapist has guessed.
    """

    instrument: str
    title: str
    about: str
    measures: str
    not_meaning: str
    unvalidated: bool
    trajectory: Trajectory
    picture: SafeString
    rows: tuple[Row, ...]
    marks: tuple[Mark, ...] = ()
    change_in_words: str | None = None
    rules_in_words: tuple[str, ...] = ()
    band_in_words: str | None = None
    gap_in_words: str | None = None
    waiting: tuple[int, ...] = ()

    @property
    def is_alliance(self) -> bool:
        """Whether it is about the relationship."""
        return self.about == ALLIANCE

    @property
    def has_guesses(self) -> bool:
        """Whether a guess stands beside a rating."""
        return any(one.guess is not None for one in self.rows)

    @property
    def has_dates(self) -> bool:
        """Whether the dates of the sessions are known."""
        return any(one.date for one in self.rows)

    @property
    def has_drops(self) -> bool:
        """Whether a drop is drawn."""
        return any(one.firm for one in self.trajectory.episodes)


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something in a course that is worth a person's attention.

    Attributes
    ----------
    instrument, name, session, attention
        As the engine's signal has them; attention is ``"alert"`` or ``"note"``.
    title
        Of the card.
    reason
        One sentence for the therapist.
    figures
        The numbers that it stands on.
    """

    instrument: str
    name: str
    session: int
    attention: str
    title: str
    reason: str
    figures: dict[str, float]
