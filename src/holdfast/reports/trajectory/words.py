"""What trajectories come to, in plain sentences that terminal and page share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from holdfast.instruments.change import Direction, Significance, Verdict
from holdfast.reports.numbers import MINUS, plain
from holdfast.trajectories.cards import Card, card
from holdfast.trajectories.gap import MeanGap
from holdfast.trajectories.rules import rule
from holdfast.trajectories.signals import Signal
from holdfast.trajectories.trajectory import ALERT, CaseTrajectories, Trajectory

SIGNIFICANCE = {
    Significance.RECOVERED: (
        "Reliably better, and now below where people in treatment usually lie (recovered, "
        "after Jacobson & Truax)."
    ),
    Significance.IMPROVED: (
        "Reliably better: more than the questionnaire's own error, and still on the side of "
        "people in treatment."
    ),
    Significance.UNCHANGED: "The change is within the questionnaire's own error.",
    Significance.DETERIORATED: "Reliably worse: more than the questionnaire's own error.",
}
DIRECTION = {
    Direction.BETTER: "better",
    Direction.WORSE: "worse",
    Direction.NEITHER: "less than that",
}
NO_SIGNALS = "Nothing stands out in these ratings. That does not say that all is well: ask."
TOO_FEW = "One rating is a start. From the second on, changes can be seen."


@dataclass(frozen=True, slots=True)
class Noticed:
    """Signals that share a card, the latest last.

    Attributes
    ----------
    card
        What to consider.
    signals
        In the order of the sessions.
    """

    card: Card
    signals: tuple[Signal, ...]

    @property
    def alert(self) -> bool:
        """Whether one of them calls for attention by itself."""
        return any(one.attention == ALERT for one in self.signals)

    @property
    def last(self) -> int:
        """Session of the latest."""
        return max(one.session for one in self.signals)


def noticed(trajectory: Trajectory) -> tuple[Noticed, ...]:
    """Return signals by card: what calls for attention first, then the latest."""
    by_card: dict[str, list[Signal]] = {}
    for one in trajectory.signals:
        by_card.setdefault(rule(one.name).card, []).append(one)
    found = [Noticed(card(name), tuple(signals)) for name, signals in by_card.items()]
    return tuple(sorted(found, key=lambda one: (not one.alert, -one.last)))


def change_in_words(trajectory: Trajectory) -> tuple[str, ...]:
    """Say what the last rating is against the first, rule by rule."""
    change = trajectory.change
    if change is None:
        return ()
    said = [f"From {plain(change.before)} to {plain(change.after)}: {points(change.improvement)}."]
    if trajectory.significance is not None:
        said.append(SIGNIFICANCE[trajectory.significance])
    return (*said, *(f"{_verdict(one)}." for one in change.verdicts))


def points(improvement: float) -> str:
    """Say how many points better or worse.

    Examples
    --------
    >>> points(8), points(-1), points(0.285714), points(0)
    ('8 points better', '1 point worse', '0.3 points better', 'no change')
    """
    count = plain(abs(improvement))
    if count == "0":
        return "no change"
    return f"{count} point{'' if count == '1' else 's'} {'better' if improvement > 0 else 'worse'}"


def gap_in_words(gap: MeanGap | None) -> str:
    """Say how the therapist's guesses lie beside the client's ratings; ``""`` without any."""
    if gap is None or gap.n < 2 or gap.interval is None:
        return ""
    low, high = gap.interval
    side = "higher" if gap.mean >= 0 else "lower"
    clear = "" if low > 0 or high < 0 else " They may as well lie level: the interval holds 0."
    return (
        f"Over {gap.n} sessions the therapist's guesses were {abs(gap.mean):.1f} points {side} "
        f"than the client's ratings on average (95 % interval {signed(low)} to {signed(high)})."
        f"{clear}"
    )


def signed(value: float) -> str:
    """Write a number with its sign.

    Examples
    --------
    >>> signed(-0.5).replace(MINUS, "-"), signed(1)
    ('-0.5', '+1.0')
    """
    return f"{value:+.1f}".replace("-", MINUS)


def sessions_in_words(numbers: Iterable[int]) -> str:
    """Name sessions.

    Examples
    --------
    >>> sessions_in_words((4,)), sessions_in_words((4, 5, 7))
    ('session 4', 'sessions 4, 5 and 7')
    """
    named = [str(one) for one in dict.fromkeys(numbers)]
    if len(named) == 1:
        return f"session {named[0]}"
    return f"sessions {', '.join(named[:-1])} and {named[-1]}"


def name_of(case: CaseTrajectories) -> str:
    """Return what to call a client whom a table may not name."""
    return case.client or "this client"


def _verdict(verdict: Verdict) -> str:
    rule = verdict.rule
    if verdict.direction is Direction.NEITHER:
        said = f"less than {rule.threshold:.3g} points"
    else:
        said = f"{DIRECTION[verdict.direction]} by {rule.threshold:.3g} points or more"
    return f"{rule.title}: {said}"
