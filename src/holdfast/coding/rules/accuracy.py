"""How often each rule was right when somebody read what it had matched."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import sqrt

ENOUGH_READ = 3
_Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class RuleAccuracy:
    """Matches of one value that were read in context, and how many were right.

    Attributes
    ----------
    code, value
        What the rule gave.
    read, right
        How many matches were read, and how many of them were judged to be right.
    where
        ``"demonstrations"`` of counselling (AnnoMI) or emotional-support ``"chats"`` (ESConv).
    corrected
        Whether phrases were corrected after this reading, so that it describes earlier ones.

    Examples
    --------
    >>> accuracy = RuleAccuracy("judging", "judging", read=10, right=9)
    >>> accuracy.precision
    0.9
    >>> low, high = accuracy.interval
    >>> round(low, 2), round(high, 2)
    (0.6, 0.98)
    """

    code: str
    value: str
    read: int
    right: int
    where: str = "demonstrations"
    corrected: bool = False

    @property
    def precision(self) -> float | None:
        """Share of the matches read that were right, ``None`` where none was read."""
        return self.right / self.read if self.read else None

    @property
    def borne_out(self) -> bool:
        """Whether enough matches were read, and at least half of them were right.

        A rule that is not borne out still says what it matched, as the coder's doubtful guess.
        """
        return self.read >= ENOUGH_READ and 2 * self.right >= self.read

    @property
    def interval(self) -> tuple[float, float] | None:
        """95 % Wilson interval of the precision, ``None`` where nothing was read."""
        if not self.read:
            return None
        share, n = self.right / self.read, self.read
        spread = 1 + _Z95**2 / n
        middle = (share + _Z95**2 / (2 * n)) / spread
        half = _Z95 * sqrt(share * (1 - share) / n + _Z95**2 / (4 * n * n)) / spread
        return max(0.0, middle - half), min(1.0, middle + half)


def borne_out(code: str, value: str) -> bool:
    """Return whether reading bore a rule's value out; what nobody has read is not.

    Examples
    --------
    >>> borne_out("encourager", "present"), borne_out("withdrawal", "topic_shift")
    (True, False)
    """
    known = rule_accuracy().get((code, value))
    return known is not None and known.borne_out


@cache
def rule_accuracy() -> dict[tuple[str, str], RuleAccuracy]:
    """Return what is known of each rule's accuracy, by code and value.

    The figures stand on one reader's judgement of matches in demonstrations of counselling.
    They are of precision only: what the rules miss is not known.
    """
    text = (files("holdfast.coding.rules") / "accuracy.toml").read_text(encoding="utf-8")
    entries = tomllib.loads(text)["rule"]
    return {(entry["code"], entry["value"]): RuleAccuracy(**entry) for entry in entries}
