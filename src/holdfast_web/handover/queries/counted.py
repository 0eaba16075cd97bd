"""How often clients changed and why, for the practice: counts by month, and nobody's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.accounts.rules import runs_the_practice
from holdfast_web.audit.witness import clinical_read, witness
from holdfast_web.handover.models import HandOver
from holdfast_web.handover.rows import hand_overs
from holdfast_web.handover.rules import choices_of
from holdfast_web.handover.told import REASONS, Knows
from holdfast_web.lib.decision import require
from holdfast_web.vault.keys import open_keys

FEWEST = 5
"""Fewer than these are not shown as a number: somebody could be recognised."""
MONTHS = 12
HIDDEN = f"fewer than {FEWEST}"


@dataclass(frozen=True, slots=True)
class Month:
    """How many changes were settled in a month, as it may be shown."""

    first: date
    changes: str


@dataclass(frozen=True, slots=True)
class Why:
    """How many ticked a reason, of those who let the practice count it."""

    words: str
    ticked: str


@dataclass(frozen=True, slots=True)
class Counted:
    """The last twelve months; ``total`` is empty where it would give a hidden number away."""

    months: tuple[Month, ...]
    total: str
    by_practice: str
    why: tuple[Why, ...]
    said_why: str


@clinical_read
def changes_counted(*, viewer: Person) -> Counted:
    """Return how often care passed on within twelve months, and why where that may be told."""
    require(runs_the_practice(viewer))
    witness("hand_overs.counted", by=viewer)
    firsts = _months(timezone.localdate())
    rows = hand_overs().filter(state=HandOver.State.DONE, client__erased_at=None)
    done = [
        one for one in rows if one.ended_at and _first(timezone.localdate(one.ended_at)) in firsts
    ]
    open_keys({one.client_id for one in done})
    by_month = Counter(_first(timezone.localdate(one.ended_at)) for one in done)
    told = [choices_of(one) for one in done if not one.by_practice]
    said = [one for one in told if one.practice == Knows.WHY and one.kinds]
    ticked = Counter(kind for one in said for kind in one.kinds)
    return Counted(
        months=tuple(Month(one, _shown(by_month[one])) for one in firsts),
        total=_total(by_month[one] for one in firsts),
        by_practice=_shown(sum(one.by_practice for one in done)),
        why=tuple(Why(words, _shown(ticked[key])) for key, words in REASONS.items() if ticked[key]),
        said_why=_shown(len(said)),
    )


def _shown(count: int) -> str:
    """Return a count as it may be shown.

    Examples
    --------
    >>> _shown(0), _shown(4), _shown(5)
    ('none', 'fewer than 5', '5')
    """
    if count == 0:
        return "none"
    return str(count) if count >= FEWEST else HIDDEN


def _total(counts: Iterable[int]) -> str:
    """Return the sum, unless it would give away the one number that is hidden."""
    every = tuple(counts)
    hidden = sum(0 < one < FEWEST for one in every)
    return "" if hidden == 1 else _shown(sum(every))


def _months(today: date) -> tuple[date, ...]:
    """Return the first days of the last twelve months, the latest first."""
    last = today.year * 12 + today.month - 1
    return tuple(date(one // 12, one % 12 + 1, 1) for one in range(last, last - MONTHS, -1))


def _first(day: date) -> date:
    return day.replace(day=1)
