"""What an assessment can come to, from the least to the most urgent."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """What the rules say to think about; a clinician decides what is done.

    Examples
    --------
    >>> Outcome.TALK_TODAY.urgency > Outcome.TALK.urgency > Outcome.REASONABLE.urgency
    True
    """

    REASONABLE = "reasonable"
    TOGETHER = "together"
    SOMETHING_FIRST = "something_first"
    TALK = "talk"
    TALK_TODAY = "talk_today"

    @property
    def urgency(self) -> int:
        """Its place; what we don't know of somebody's safety goes before any other treatment."""
        return tuple(Outcome).index(self)

    @property
    def heading(self) -> str:
        """What it is called, to the person."""
        return HEADINGS[self]


HEADINGS = {
    Outcome.REASONABLE: "Supportive therapy is a reasonable choice",
    Outcome.TOGETHER: "Supportive therapy, together with something else",
    Outcome.SOMETHING_FIRST: "Something else comes first",
    Outcome.TALK: "Let’s talk first",
    Outcome.TALK_TODAY: "Please talk to a person today",
}
