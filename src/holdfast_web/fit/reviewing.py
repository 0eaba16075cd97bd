"""When it is time to look at how it goes, and what is asked then: pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from holdfast_web.fit.models import Review

AT = (4, 8, 12)
"""After so many sessions the two look at how it goes (our choice, no evidence for just these)."""
BY_SIGNAL = ("worse", "off_course", "discuss")
"""Signals that call for a look: worse, off course, no reliable change by session eight."""
APART = 2
"""So many sessions lie between a look and one that a signal calls for (our choice)."""
LONGEST = 2_000
LATE = 8
"""From this session on, no reliable change is a reason to offer another way (our choice)."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that is answered in one's own words; any may be left open."""

    key: str
    to_client: str
    to_therapist: str


QUESTIONS = (
    Question(
        "helping",
        "Is it helping with what I came for?",
        "Is it helping with what they came for? How do you notice?",
    ),
    Question("helps_most", "What helps me most?", "What seems to help most?"),
    Question(
        "change",
        "What would I change, if I could?",
        "What would you change, in how you work together?",
    ),
    Question(
        "missing",
        "Is there something we haven’t spoken of, and should?",
        "What haven’t you spoken of yet, and should?",
    ),
    Question("next", "What do I wish for next?", "What do you think comes next?"),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a care relationship stands with its reviews.

    Attributes
    ----------
    held
        How many sessions were held.
    since
        When the care began.
    last_number
        The session of the latest review; 0 before the first.
    settled_at
        When the latest review was settled; ``None`` while it is open.
    signal_at
        When the latest signal came that calls for a look.
    """

    held: int
    since: datetime
    last_number: int = 0
    settled_at: datetime | None = None
    signal_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A review that it is time for: at which session, and why."""

    number: int
    why: Review.Why


def due(standing: Standing) -> Due | None:
    """Return the review that it is time for; ``None`` if there is none.

    Examples
    --------
    >>> from datetime import UTC
    >>> then = datetime(2026, 1, 1, tzinfo=UTC)
    >>> due(Standing(held=5, since=then))
    Due(number=4, why=Review.Why.SESSION)
    >>> due(Standing(held=5, since=then, last_number=4, settled_at=then)) is None
    True
    """
    last = standing.last_number
    milestone = max((one for one in AT if one <= standing.held), default=0)
    if milestone > last:
        return Due(milestone, Review.Why.SESSION)
    if _signalled(standing) and standing.held >= last + APART:
        return Due(standing.held, Review.Why.SIGNAL)
    return None


def _signalled(standing: Standing) -> bool:
    """Say whether a signal came that no review has looked at; one that is open looks at all."""
    if standing.last_number and standing.settled_at is None:
        return False
    before = standing.settled_at or standing.since
    return standing.signal_at is not None and standing.signal_at > before
