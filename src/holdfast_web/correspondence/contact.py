"""How client and therapist may reach each other here, as their working agreement says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import cast
from zoneinfo import ZoneInfo

from django.conf import settings

from holdfast_web.agreements.standing import running_care, standing_in
from holdfast_web.agreements.terms import Terms, terms_in
from holdfast_web.agreements.values import DAYS
from holdfast_web.care.context import the_practice
from holdfast_web.care.models import CareRelationship, Client
from holdfast_web.correspondence.hours import Hours
from holdfast_web.lib.decision import YES, Decision, no

A_DAY = 10
"""Messages of one person in a day after which they are told that it is a lot."""
OURS = "holdfast"
PLAINLY = frozenset({"messages", "messages here"})
NOBODY = "The care has ended, so nothing new can be written here. What was written stays readable."
NO_AGREEMENT = (
    "There is no working agreement yet that both have accepted. It says whether and when you "
    "write to each other here."
)
NOT_A_WAY = (
    "Your working agreement doesn’t name “messages in Holdfast” as a way to reach each other, "
    "so neither of you can write here."
)


@dataclass(frozen=True, slots=True)
class Contact:
    """What two people agreed about writing to each other.

    Attributes
    ----------
    care
        The care that runs; ``None`` without one.
    agreed
        Whether they may write to each other at all.
    has_agreement
        Whether there is an agreement that could be changed.
    hours
        When messages are read.
    within
        Hours in which an answer is promised.
    not_by_message
        What isn't to be written.
    a_day
        Messages in a day, beyond which a sender is told that it is a lot.
    """

    care: CareRelationship | None
    agreed: Decision
    has_agreement: bool = False
    hours: Hours | None = None
    within: int | None = None
    not_by_message: tuple[str, ...] = ()
    a_day: int = A_DAY

    @property
    def days_in_words(self) -> str:
        """The days on which messages are read."""
        return days_in_words(self.hours.days if self.hours else frozenset())


def contact_of(client: Client, *, held: bool = False) -> Contact:
    """Return what a client and their therapist agreed; with three queries.

    Parameters
    ----------
    client
        Whose.
    held
        Whether to keep others from writing in this care until the transaction ends.
    """
    care = running_care(client, held=held)
    if care is None:
        return Contact(None, no(NOBODY))
    version = standing_in(care).accepted
    if version is None:
        return Contact(care, no(NO_AGREEMENT))
    terms = terms_in(version)
    if not is_a_way(terms):
        return Contact(care, no(NOT_A_WAY), has_agreement=True)
    return Contact(
        care,
        YES,
        has_agreement=True,
        hours=hours_in(terms),
        within=terms.reply_within_hours,
        not_by_message=terms.not_by_message,
        a_day=cast("int", terms.written["contact"].get("messages_a_day", A_DAY)),
    )


def is_a_way(terms: Terms) -> bool:
    """Say whether messages here are among the agreed ways, and when they are read is known."""
    named = [one.casefold().strip() for one in terms.channels]
    return bool(terms.days and terms.hours) and any(OURS in one or one in PLAINLY for one in named)


def hours_in(terms: Terms) -> Hours:
    """Return the agreed hours, where the practice is."""
    begins, ends = terms.hours or ("00:00", "00:00")
    places = {key: place for place, key in enumerate(DAYS)}
    return Hours(
        frozenset(places[one] for one in terms.days),
        time.fromisoformat(begins),
        time.fromisoformat(ends),
        zone_here(),
    )


def zone_here() -> ZoneInfo:
    """Return the time zone where the practice is."""
    practice = the_practice()
    return ZoneInfo(practice.time_zone if practice else settings.TIME_ZONE)


def days_in_words(days: frozenset[int]) -> str:
    """Say days of the week within a sentence.

    Examples
    --------
    >>> days_in_words(frozenset(range(5))), days_in_words(frozenset({0, 3}))
    ('Monday to Friday', 'on Monday and Thursday')
    """
    names = [name for place, name in enumerate(DAYS.values()) if place in days]
    if len(names) == len(DAYS):
        return "every day"
    if len(names) > 2 and max(days) - min(days) == len(days) - 1:
        return f"{names[0]} to {names[-1]}"
    listed = [", ".join(names[:-1]), names[-1]] if len(names) > 1 else names
    return f"on {' and '.join(listed)}" if names else ""
