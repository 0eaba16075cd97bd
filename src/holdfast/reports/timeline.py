"""Where each utterance lies along the session: by its times, else by its number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from holdfast.reports.numbers import clock
from holdfast.session import Session, Utterance

MINUTES = (1, 2, 5, 10, 15, 30, 60)
LINES = (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
MOST_TICKS = 8
LEAST_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Timeline:
    """A session laid along an axis.

    Attributes
    ----------
    timed
        Whether the axis is time. One utterance without a start makes it utterance numbers,
        so that no place along the axis is made up.
    begin, end
        The axis' ends, in seconds or in utterances.
    step
        Between two ticks, in seconds or in utterances.
    """

    timed: bool
    begin: float
    end: float
    step: float

    def span(self, utterance: Utterance) -> tuple[float, float]:
        """Return where an utterance begins and ends along the axis."""
        if not self.timed or utterance.start is None:
            return float(utterance.index), float(utterance.index + 1)
        end = utterance.end if utterance.end is not None else utterance.start
        return utterance.start, max(end, utterance.start + LEAST_SECONDS)

    def middle(self, utterance: Utterance) -> float:
        """Return the middle of an utterance along the axis."""
        begin, end = self.span(utterance)
        return (begin + end) / 2

    def ticks(self) -> Iterator[tuple[float, str]]:
        """Yield the axis' ticks with their labels."""
        place = 0.0
        while place <= self.end:
            if place >= self.begin:
                yield place, clock(place) if self.timed else str(max(1, round(place)))
            place += self.step

    def slices(self) -> Iterator[tuple[float, float, str]]:
        """Yield stretches of one step each, with their labels, for the table of numbers."""
        place = self.begin - self.begin % self.step
        while place < self.end:
            last = min(place + self.step, self.end)
            if self.timed:
                label = f"{clock(place)} to {clock(last)}"
            else:
                label = f"{round(place) + 1} to {round(last)}"
            yield place, place + self.step, label
            place += self.step


def lay_out(session: Session) -> Timeline:
    """Lay a session along its times if every utterance has one, else along its numbers.

    Examples
    --------
    >>> said = Utterance(index=0, speaker="Lee", text="Hello.", line=1)
    >>> lay_out(Session((said,))).timed
    False
    """
    starts = [one.start for one in session.utterances if one.start is not None]
    timed = bool(starts) and len(starts) == len(session)
    if not timed:
        end = float(max(1, len(session)))
        return Timeline(timed=False, begin=0.0, end=end, step=_step(end, LINES))
    ends = [one.end for one in session.utterances if one.end is not None]
    begin, end = max(0.0, min(starts)), max([*starts, *ends])
    end = max(end, begin + 1.0)
    seconds = tuple(60 * minutes for minutes in MINUTES)
    begin = 0.0 if begin < 60 else begin
    return Timeline(timed=True, begin=begin, end=end, step=_step(end - begin, seconds))


def _step(length: float, steps: tuple[int, ...]) -> float:
    for step in steps:
        if length / step <= MOST_TICKS:
            return float(step)
    return length / MOST_TICKS
