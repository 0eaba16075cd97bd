"""Whose transcript is read next: everybody in turn, however many one of them brought at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from holdfast_web.analysis.models import Analysis

WHY = "whose turn it is, without a word of anybody's"
SERVED_WITHIN = timedelta(days=1)
UNHEARD_AFTER = timedelta(minutes=1)
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A reading that waits: for whom, and since when."""

    id: UUID
    whose: UUID
    since: datetime


def turns() -> tuple[UUID, ...]:
    """Return what waits, in the order in which it will be read."""
    rows = Analysis.objects.for_the_practice(WHY)
    waits = rows.filter(state=Analysis.State.WAITING).values_list("pk", "asked_by_id", "asked_at")
    waiting = [Waiting(*one) for one in waits]
    if not waiting:
        return ()
    at_work = rows.filter(state=Analysis.State.RUNNING).values_list("asked_by_id", flat=True)
    since = timezone.now() - SERVED_WITHIN
    begun = rows.filter(began_at__gt=since).values("asked_by_id").annotate(last=Max("began_at"))
    served = {one["asked_by_id"]: one["last"] for one in begun}
    return in_turn(waiting, Counter(at_work), served)


def is_unheard(analysis: Analysis) -> bool:
    """Say whether nothing happens to a reading although it should: then no worker is there."""
    said = analysis.asked_at if analysis.state == Analysis.State.WAITING else analysis.beats_at
    if said is None or timezone.now() - said < UNHEARD_AFTER:
        return False
    rows = Analysis.objects.for_the_practice(WHY).filter(state=Analysis.State.RUNNING)
    return not rows.filter(beats_at__gt=timezone.now() - UNHEARD_AFTER).exists()


def in_turn(
    waiting: Iterable[Waiting],
    at_work: Mapping[UUID, int],
    served: Mapping[UUID, datetime],
) -> tuple[UUID, ...]:
    """Return what waits in the order in which it is to be read.

    Next is whoever has the fewest at work; among these, whoever was served longest ago; of theirs,
    what has waited longest.

    Parameters
    ----------
    at_work
        How many are being read for somebody now.
    served
        When one was last begun for somebody.

    Examples
    --------
    >>> one, other, noon = UUID(int=1), UUID(int=2), datetime(2026, 1, 1, 12, tzinfo=UTC)
    >>> rows = [Waiting(UUID(int=10 + n), one, noon.replace(minute=n)) for n in range(3)]
    >>> rows += [Waiting(UUID(int=20), other, noon.replace(minute=30))]
    >>> [row.int for row in in_turn(rows, {}, {one: noon})]
    [20, 10, 11, 12]
    """
    left = sorted(waiting, key=lambda one: (one.since, one.id))
    turns: Counter[UUID] = Counter()
    order = []
    while left:
        first = min(
            left,
            key=lambda one: (
                at_work.get(one.whose, 0) + turns[one.whose],
                served.get(one.whose, NEVER),
            ),
        )
        turns[first.whose] += 1
        left.remove(first)
        order.append(first.id)
    return tuple(order)
