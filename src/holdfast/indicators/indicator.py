"""What an indicator is: one number of a session, with everything needed to read it rightly."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """How a number is to be written."""

    SHARE = "share"  # 0 to 1, written as a percentage
    COUNT = "count"
    RATIO = "ratio"
    SECONDS = "seconds"
    RATE = "per 10 minutes"
    RATE_OF_WORDS = "per 1,000 words"
    DIFFERENCE = "percentage points"  # of two shares: -1 to 1
    INDEX = "index"  # a bare number whose scale its page explains


class Status(StrEnum):
    """How far an indicator may be trusted (docs/validity/ says why)."""

    DESCRIPTIVE = "descriptive"  # a fact of the transcript, without a validated threshold
    COACHING = "coaching"  # of use for reflection on one's own practice
    EXPERIMENTAL = "experimental"  # early or contested evidence


@dataclass(frozen=True, slots=True)
class Spread:
    """How an indicator lies among reference sessions: its quantiles, and how many sessions."""

    p10: float
    p25: float
    p50: float
    p75: float
    p90: float
    sessions: int


@dataclass(frozen=True, slots=True)
class Reference:
    """Where an indicator lies among demonstrations of good and poor counselling (AnnoMI).

    ``high`` and ``low`` are the demonstrations that their makers call high- and low-quality;
    ``lines`` are published reference lines by name, such as ``("MITI 4.2.1, fair", 0.4)``, and
    ``note`` says what they were made for.
    """

    high: Spread | None = None
    low: Spread | None = None
    lines: tuple[tuple[str, float], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A number computed for a session from codes, words and times.

    Attributes
    ----------
    name
        ``"complex_reflection_share"``: stable, for records and tables.
    title
        Plain words for a screen: "Complex among reflections".
    family
        Name of the module that computes it: ``"talk"``, ``"reflections"``, …
    value
        The number, or ``None`` where it is not applicable or stands on too little.
    unit
        How ``value`` is to be written.
    n
        The count that it stands on.
    of
        What ``n`` counts, in words: "reflections".
    interval
        95 % interval that reflects the coder's known error; ``None`` where no code enters.
    missing
        Why there is no value: "not enough talk: 3 reflections, at least 5 are needed".
    status
        How far it may be trusted.
    source
        Paper or standard that the formula comes from.
    not_meaning
        What the number does not mean, one sentence.
    reference
        Where it lies among reference sessions, once that is known.
    """

    name: str
    title: str
    family: str
    value: float | None
    unit: Unit
    n: int
    of: str
    interval: tuple[float, float] | None = None
    missing: str | None = None
    status: Status = Status.DESCRIPTIVE
    source: str = ""
    not_meaning: str = ""
    reference: Reference | None = None
