"""What a page is given of a skill over sessions or months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class HeldSession:
    """A session that was held, and what was read in it.

    Attributes
    ----------
    number, date
        Of the session.
    label
        What it is called in a picture; its number without one.
    client
        A key of the client's, never a name.
    made_by
        What read it: model and codebook; ``""`` where it was not read.
    gist
        As ``engine.gist`` made it; ``None`` where it was not read.
    """

    number: int
    date: dt.date
    client: str = ""
    made_by: str = ""
    gist: Mapping[str, Any] | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class SkillPoint:
    """A line of the table that stands with each picture.

    Attributes
    ----------
    label
        The session's number, or the month.
    date
        Of the session.
    value
        ``None`` where there is no number: never 0.
    words, interval
        The value and its 95 % interval in words; ``""`` where there is none.
    why
        Why there is no number.
    other
        Whether another model than the latest read it.
    sessions
        How many it stands on, where it is a month.
    """

    label: str
    date: dt.date | None
    value: float | None
    words: str
    interval: str
    why: str
    other: bool = False
    sessions: int = 1


@dataclass(frozen=True, slots=True)
class SkillCourse:
    """A skill over sessions or months.

    Attributes
    ----------
    name, title, heading
        Stable name, plain words, and the heading of its family; those of one lie together.
    unit
        What its numbers are: "per 10 min", or ``""``.
    picture
        SVG, safe to show as it is.
    points
        The picture's numbers.
    references
        Where demonstrations lie, a sentence each.
    accuracy
        How often the coder is right, a sentence.
    not_meaning
        What the number does not mean.
    status
        How far it may be trusted, a sentence.
    experimental
        Whether it is to be read lightly.
    counted
        Whether it is counted from words and times, so that no coder can err.
    """

    name: str
    title: str
    heading: str
    unit: str
    picture: SafeString
    points: tuple[SkillPoint, ...]
    references: tuple[str, ...]
    accuracy: str
    not_meaning: str
    status: str
    experimental: bool
    counted: bool

    @property
    def has_numbers(self) -> bool:
        """Whether any session has a number."""
        return any(one.value is not None for one in self.points)

    @property
    def latest(self) -> SkillPoint | None:
        """The latest with a number."""
        return next((one for one in reversed(self.points) if one.value is not None), None)
