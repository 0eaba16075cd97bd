"""What answers come to: scales with their bands and rules of change, criteria and levels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist


@dataclass(frozen=True, slots=True)
class Condition:
    """At least ``count`` of these items are answered at or above a value.

    Attributes
    ----------
    items
        Names.
    at_least
        The value for each of them, in the same order.
    count
        How many must reach theirs.

    Examples
    --------
    >>> both = Condition(("q1", "q2"), (2, 2), count=2)
    >>> both.holds({"q1": 3, "q2": 2}), both.holds({"q1": 1}), both.holds({"q1": 3})
    (True, False, None)
    """

    items: tuple[str, ...]
    at_least: tuple[float, ...]
    count: int = 1

    def holds(self, answers: Mapping[str, float]) -> bool | None:
        """Return whether it holds, ``None`` while a missing answer could decide."""
        reached = sum(
            answers[name] >= value
            for name, value in zip(self.items, self.at_least, strict=True)
            if name in answers
        )
        if reached >= self.count:
            return True
        missing = sum(name not in answers for name in self.items)
        return None if reached + missing >= self.count else False


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of a scale that its authors gave a name: from ``lowest`` up to the next one."""

    lowest: float
    title: str


@dataclass(frozen=True, slots=True)
class Cutoff:
    """A value from which on something is likely.

    Attributes
    ----------
    name, title
        For records and for people.
    at
        The value; it belongs to the side that is reached.
    above
        Whether it is reached from there upwards, or downwards.
    clinical
        Whether it parts people in treatment from others, for clinically significant change.
    source
        Name of the source.

    Examples
    --------
    >>> Cutoff("poor", "Poor wellbeing", 50, above=False, clinical=False, source="who").reached(48)
    True
    """

    name: str
    title: str
    at: float
    above: bool
    clinical: bool
    source: str

    def reached(self, value: float) -> bool:
        """Return whether a value lies on the cut-off's side."""
        return value >= self.at if self.above else value <= self.at


@dataclass(frozen=True, slots=True)
class ChangeRule:
    """From how many points on a change counts.

    Attributes
    ----------
    name, title
        For records and for people.
    kind
        ``"reliable"``: more than the instrument's error. ``"meaningful"``: what people notice.
    points
        Points as published, or ``None`` where they are computed (Jacobson & Truax 1991).
    sd, reliability, confidence
        What they are computed from: standard deviation before treatment, reliability, 0 to 1.
    source
        Name of the source.

    Examples
    --------
    >>> rule = ChangeRule("jt", "Jacobson-Truax", "reliable", None, 7.7, 0.9, 0.90, "barkham-2013")
    >>> round(rule.threshold, 2)
    5.66
    """

    name: str
    title: str
    kind: str
    points: float | None
    sd: float | None
    reliability: float | None
    confidence: float | None
    source: str

    @property
    def threshold(self) -> float:
        """Points that a change must reach: published, or ``z · sd · √2 · √(1 − r)``."""
        if self.points is not None:
            return self.points
        assert self.sd is not None and self.reliability is not None and self.confidence is not None  # noqa: S101, PT018 - reading refuses a rule without
        return reliable_points(self.sd, self.reliability, self.confidence)


def reliable_points(sd: float, reliability: float, confidence: float = 0.95) -> float:
    """Return from how many points on a change exceeds the instrument's error.

    ``z · S_diff`` with ``S_diff = √2 · sd · √(1 − r)`` (Jacobson & Truax 1991, J Consult Clin
    Psychol 59:12, doi 10.1037/0022-006X.59.1.12).

    Parameters
    ----------
    sd
        Standard deviation of the scale in people before treatment.
    reliability
        Retest reliability, or Cronbach's α where there is none; 0 to 1.
    confidence
        Two-sided: 0.95 for z = 1.96, 0.90 for 1.645.

    Raises
    ------
    ValueError
        If one of them is out of its range.

    Examples
    --------
    >>> round(reliable_points(5.5, 0.84), 1)  # PHQ-9 in the NHS: 6 is what they publish
    6.1
    """
    if sd <= 0 or not 0 <= reliability <= 1 or not 0 < confidence < 1:
        raise ValueError(
            f"sd is {sd}, reliability {reliability}, confidence {confidence}; expected a positive "
            "sd, a reliability from 0 to 1 and a confidence between 0 and 1"
        )
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    return z * sqrt(2) * sd * sqrt(1 - reliability)


@dataclass(frozen=True, slots=True)
class Sample:
    """How a group of people scored: ``kind`` is ``"clinical"`` or ``"general"``."""

    name: str
    title: str
    kind: str
    mean: float
    sd: float
    n: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far a scale repeats itself: ``kind`` is ``"alpha"`` or ``"retest"``, 0 to 1."""

    kind: str
    value: float
    source: str


@dataclass(frozen=True, slots=True)
class Scale:
    """A number made of several answers.

    Attributes
    ----------
    name, title
        For records and for people.
    items
        Names of the items.
    method, times
        ``"sum"`` or ``"mean"`` of the items, times this.
    lowest, highest
        Its range.
    max_missing, fill
        How many missing answers it bears, and whether the ``"mean"`` of the others stands in for
        them or ``"none"``.
    source
        Name of the source of this rule.
    bands, bands_source
        Named stretches, ascending, and their source.
    cutoffs, changes, samples, reliabilities
        What is known of its numbers.
    loinc
        LOINC code, or ``""``.
    """

    name: str
    title: str
    items: tuple[str, ...]
    method: str
    times: float
    lowest: float
    highest: float
    max_missing: int
    fill: str
    source: str
    bands: tuple[Band, ...] = ()
    bands_source: str = ""
    cutoffs: tuple[Cutoff, ...] = ()
    changes: tuple[ChangeRule, ...] = ()
    samples: tuple[Sample, ...] = ()
    reliabilities: tuple[Reliability, ...] = ()
    loinc: str = ""

    def band(self, value: float) -> Band | None:
        """Return the band that a value lies in, ``None`` where there are no bands."""
        return next((one for one in reversed(self.bands) if value >= one.lowest), None)

    def cutoff(self, name: str) -> Cutoff:
        """Return the cut-off with this name; raises ``KeyError`` if there is none."""
        return {one.name: one for one in self.cutoffs}[name]

    def change(self, name: str) -> ChangeRule:
        """Return the rule of change with this name; raises ``KeyError`` if there is none."""
        return {one.name: one for one in self.changes}[name]

    def sample(self, kind: str) -> Sample | None:
        """Return the first sample of a kind, ``None`` where there is none."""
        return next((one for one in self.samples if one.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Criterion:
    """A pattern of answers that a manual names; it holds if all its conditions do.

    Attributes
    ----------
    name, title
        For records and for people.
    meaning
        What it says, and what it doesn't.
    all_of
        The conditions.
    source
        Name of the source.
    """

    name: str
    title: str
    meaning: str
    all_of: tuple[Condition, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Level:
    """One of several levels, the most urgent first; the first that holds is the person's.

    Attributes
    ----------
    name, title
        For records and for people.
    action
        What to do.
    any_of
        The conditions; the last level has none and holds when nothing else does.
    source
        Name of the source.
    """

    name: str
    title: str
    action: str
    any_of: tuple[Condition, ...]
    source: str
