"""What a rule, its sources and its reasons are."""

from __future__ import annotations

from dataclasses import dataclass

from holdfast_web.fit.assessment.conditions import Condition
from holdfast_web.fit.assessment.outcome import Outcome

MARKS = {
    "fact": "Compared with its sources",
    "usual": "How it is commonly done; we claim no evidence for it",
    "choice": "How we work",
}
"""How words are meant, to whoever reads them beside their sources."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a claim comes from, and how far it was compared with it.

    Attributes
    ----------
    checked
        ``"yes"``, ``"second hand"``, ``"no"`` or ``"choice"``: a choice of ours claims no evidence.
    """

    key: str
    cite: str
    url: str
    checked: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes
    ----------
    found
        What the person answered, in plain words; ``{phq-9}`` stands for a score.
    words
        What we make of it, to the person.
    states
        How ``words`` are meant: ``"fact"`` (every source was checked), ``"usual"`` (common
        practice, no claim of evidence) or ``"choice"`` (how we work).
    think
        What a clinician may want to think about, with what else has good evidence.
    stops
        Whether nothing more is asked now.
    at_once
        Whether help is needed this minute rather than today.
    shown
        Whether the person reads it; the others are for the clinician.
    fallback
        Whether it counts only where no rule comes to more than ``reasonable``.
    asks_what_is_open
        Whether it rests on what was left open; where the flow was stopped, nothing was.
    lines
        Sources of where a line is drawn, or of what only the clinician reads.
    """

    key: str
    title: str
    when: Condition
    outcome: Outcome
    found: str
    words: str
    states: str
    think: str
    sources: tuple[Source, ...]
    stops: bool = False
    at_once: bool = False
    shown: bool = True
    fallback: bool = False
    asks_what_is_open: bool = False
    lines: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules in their order, and which edition of them this is."""

    version: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an assessment came to what it did: a rule that fired, its words filled in.

    Attributes
    ----------
    rests_on
        The scores it rests on, by name.
    sources, lines
        Of ``words``; and of where a line is drawn, or what only the clinician reads.
    """

    rule: str
    title: str
    outcome: Outcome
    found: str
    words: str
    states: str
    think: str
    rests_on: dict[str, float]
    sources: tuple[Source, ...]
    lines: tuple[Source, ...] = ()
    stops: bool = False
    at_once: bool = False
    shown: bool = True

    @property
    def mark(self) -> str:
        """How its words are meant."""
        return MARKS[self.states]


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the rules say to think about. Nothing in it is a diagnosis, and nobody is decided on.

    Attributes
    ----------
    reasons
        The most urgent first; never empty.
    unanswered
        What was asked and left open, in words.
    version
        The rules' edition.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...]
    unanswered: tuple[str, ...]
    version: str

    @property
    def for_the_person(self) -> tuple[Reason, ...]:
        """The reasons that the person reads."""
        return tuple(one for one in self.reasons if one.shown)

    @property
    def stops(self) -> bool:
        """Whether nothing more is asked now."""
        return any(one.stops for one in self.reasons)

    @property
    def at_once(self) -> bool:
        """Whether help is needed this minute."""
        return any(one.at_once for one in self.reasons)

    @property
    def reaches_a_person(self) -> bool:
        """Whether somebody of the practice must hear of it today."""
        return self.outcome is Outcome.TALK_TODAY
