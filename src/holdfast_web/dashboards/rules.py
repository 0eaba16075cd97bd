"""How a caseload is put in order: by what a relationship needs, never by how good it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from uuid import UUID

from django.utils import timezone

from holdfast_web.lib.templatetags.holdfast import clock, date_in_words, day, points

MOST = 2
SAFETY = "answer to see"
CLEAREST = ("strong_dip", "open_rupture")
"""Of several signals of one session, those that are named first: the plainest to read."""
LATE = timedelta(days=3)
"""After so long, a sheet that was not handed in is worth a thought (our choice, no evidence)."""


class Need(IntEnum):
    """What a relationship needs, the most pressing first."""

    TODAY = 1
    THOUGHT = 2
    STEADY = 3


HEADINGS = {
    Need.TODAY: "Needs you today",
    Need.THOUGHT: "Worth a thought",
    Need.STEADY: "Steady",
}


@dataclass(frozen=True, slots=True)
class Due:
    """Something that waits.

    Attributes
    ----------
    words
        What, in a few words.
    need
        How far it lifts its relationship on the page.
    """

    words: str
    need: Need = Need.THOUGHT


@dataclass(frozen=True, slots=True)
class Thing:
    """Words in a line: ``kind`` is "urgent", "tag" or empty; ``roomy`` not for a phone."""

    words: str
    kind: str = ""
    roomy: bool = False

    @property
    def look(self) -> str:
        """The classes of its style."""
        return f"{'tag now' if self.kind else ''}{' roomy' if self.roomy else ''}"


@dataclass(frozen=True, slots=True)
class Line:
    """One relationship in the caseload.

    Attributes
    ----------
    client_id, name
        Whose.
    address
        Of the relationship's page.
    last, usual
        The last check-in and what is usual here; ``None`` where there is none.
    skipped
        Whether the latest check-in was skipped.
    picture
        The small trend, as SVG; empty without ratings.
    next_at
        When the next session begins.
    safety_since
        Since when an answer waits that a person must see.
    signals
        Titles of the open signals that call for attention.
    due
        What waits.
    """

    client_id: UUID
    name: str
    address: str = ""
    last: float | None = None
    usual: float | None = None
    skipped: bool = False
    picture: str = ""
    next_at: datetime | None = None
    safety_since: datetime | None = None
    signals: tuple[str, ...] = ()
    due: tuple[Due, ...] = ()

    @property
    def need(self) -> Need:
        """What this relationship needs."""
        if self.safety_since is not None or self.signals:
            return Need.TODAY
        return min((one.need for one in self.due), default=Need.STEADY)

    @property
    def said(self) -> tuple[str, ...]:
        """All that is to be said of it, an answer to see first, then signals, then what waits."""
        safety = (SAFETY,) if self.safety_since is not None else ()
        waits = (one.words for one in sorted(self.due, key=lambda one: one.need))
        return (*safety, *self.signals, *waits)

    @property
    def things(self) -> tuple[Thing, ...]:
        """What fits in one line: two things, one of them where there is little room."""
        return tuple(
            Thing(words, self._kind(words), roomy=place > 0)
            for place, words in enumerate(self._shown)
        )

    @property
    def more(self) -> int:
        """How many things the line leaves out."""
        return len(self.said) - len(self._shown)

    @property
    def more_beside_one(self) -> int:
        """How many things a narrow line leaves out, which has room for one."""
        return max(0, len(self.said) - 1)

    @property
    def _shown(self) -> tuple[str, ...]:
        """Leave out a second signal: much the same stands in the first, and it is long."""
        first, others = self.said[:1], self.said[1:]
        rest = [one for one in others if one not in self.signals]
        return (*first, *rest[: MOST - 1])

    def _kind(self, words: str) -> str:
        if words is SAFETY:
            return "urgent"
        return "tag" if words in self.signals else ""

    @property
    def last_in_words(self) -> str:
        """The last check-in; empty where there is none."""
        return "" if self.last is None else points(self.last)

    @property
    def usual_in_words(self) -> str:
        """What is usual here; empty where nothing is yet."""
        return "" if self.usual is None else points(self.usual)

    @property
    def soon(self) -> bool:
        """Whether the next session is today."""
        return self.next_at is not None and is_today(self.next_at)

    @property
    def safety_since_words(self) -> str:
        """Since when an answer waits."""
        return f"{short_day(self.safety_since)} {clock(self.safety_since)}"

    @property
    def next_in_words(self) -> str:
        """When the next session begins, short enough for a line."""
        if self.next_at is None:
            return "none planned"
        return f"{short_day(self.next_at)}, {clock(self.next_at)}"

    @property
    def place(self) -> tuple[bool, bool, float, str]:
        """Where it stands within its group: safety first, then whoever comes next."""
        next_at = self.next_at
        return (
            self.safety_since is None,
            next_at is None,
            0.0 if next_at is None else next_at.timestamp(),
            self.name.casefold(),
        )


def short_day(value: date | datetime | None) -> str:
    """Say a date in a line with little room: today, tomorrow, ``Tue 3 Nov``."""
    if value is None:
        return ""
    on = timezone.localdate(value) if isinstance(value, datetime) else value
    near = abs((on - timezone.localdate()).days) <= 1
    return day(on) if near else date_in_words(on, "D j M")


def is_today(moment: datetime) -> bool:
    """Say whether something happens today."""
    return timezone.localdate(moment) == timezone.localdate()


@dataclass(frozen=True, slots=True)
class Group:
    """Relationships that need the same, under a plain heading."""

    need: Need
    lines: tuple[Line, ...]

    @property
    def heading(self) -> str:
        """Say it."""
        return HEADINGS[self.need]


def grouped(lines: Iterable[Line]) -> tuple[Group, ...]:
    """Return the caseload in groups, leaving out empty ones."""
    ordered = sorted(lines, key=lambda one: (one.need, *one.place))
    return tuple(
        Group(need, found)
        for need in Need
        if (found := tuple(one for one in ordered if one.need is need))
    )


def summary(groups: Iterable[Group]) -> str:
    """Say the whole caseload in one sentence.

    Examples
    --------
    >>> from uuid import uuid4
    >>> summary(grouped([Line(uuid4(), "A"), Line(uuid4(), "B", signals=("A dip",))]))
    'One needs you today, one is steady.'
    """
    said = [SAID[one.need].format(**_count(len(one.lines))) for one in groups]
    return f"{', '.join(said).capitalize()}." if said else ""


SAID = {
    Need.TODAY: "{n} {needs} you today",
    Need.THOUGHT: "{n} {is} worth a thought",
    Need.STEADY: "{n} {is} steady",
}


def _count(count: int) -> dict[str, str]:
    one = count == 1
    return {
        "n": "one" if one else str(count),
        "needs": "needs" if one else "need",
        "is": "is" if one else "are",
    }
