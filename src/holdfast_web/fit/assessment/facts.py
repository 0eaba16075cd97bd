"""What is known of somebody who asks for help; what is not known stays open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Facts:
    """What somebody answered and told.

    Attributes
    ----------
    scores
        Totals by instrument (``"phq-9"``) and single answers by item (``"phq-9.q9"``); ``None``,
        or no entry, where too little was answered.
    flags
        Answers to our own yes-or-no questions by their keys (``"afraid"``); ``None``, or no entry,
        where a question was left open or never asked. Which there are: ``questions.toml``.
    problems
        What brings them, by key, the most important first.
    """

    scores: Mapping[str, float | None] = field(default_factory=dict)
    flags: Mapping[str, bool | None] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @property
    def main(self) -> str:
        """What matters most to them; empty if nothing was named."""
        return self.problems[0] if self.problems else ""

    def is_open(self, name: str) -> bool:
        """Say whether a score, an answer or a flag is not known.

        Examples
        --------
        >>> facts = Facts(scores={"phq-9": 12}, flags={"afraid": None})
        >>> facts.is_open("phq-9"), facts.is_open("afraid"), facts.is_open("partner")
        (False, True, True)
        """
        return self.scores.get(name) is None and self.flags.get(name) is None
