"""What the therapist of an earlier care wrote is kept back from the next one.

Access follows the care relationship: who comes later sees nothing of it, unless the client let it
pass on (``handed_to``). A kind of row says with ``kept_back`` how it is told to which care it
belongs, and then every reader is held to it (``care.scope``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.care.access import EARLIER, access_of, runs
from holdfast_web.care.models import CareRelationship
from holdfast_web.care.parts import Way
from holdfast_web.lib.among import Several

WHOLE = frozenset({Way.SELF, Way.EMERGENCY})
"""The client sees what is theirs, and an emergency is no time for a shut door."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A care relationship that is over, of a client who works with somebody else now."""

    care_id: UUID
    client_id: UUID
    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class KeptBack:
    """How rows of one kind belong to a care.

    Attributes
    ----------
    care
        The way from the row to its care, such as ``"session__care"``.
    at
        Where there is none: the field that says when the row came.
    passes
        Whether a client can let it pass on; the row then has a ``handed_to``.
    """

    care: str = ""
    at: str = ""
    passes: bool = False

    def hidden_from(self, viewer: Person) -> Q | None:
        """Return the condition for a row to be kept back; ``None`` where none is."""
        earlier = earlier_care(viewer)
        if not earlier:
            return None
        over = [one.care_id for one in earlier]
        hidden = Q((f"{self.care}__in", over)) if self.care else self._by_time(earlier)
        return hidden & (Q(handed_to=None) | Q(handed_to__in=over)) if self.passes else hidden

    def _by_time(self, earlier: tuple[Earlier, ...]) -> Q:
        hidden = Q()
        for one in earlier:
            then = {f"{self.at}__gte": one.begins, f"{self.at}__lt": one.ends}
            hidden |= Q(client_id=one.client_id, **then)
        return hidden


def earlier_care(viewer: Person) -> tuple[Earlier, ...]:
    """Return the care with others that is over, of the clients whose records are open to somebody.

    It is asked for once for each request's person.
    """
    kept: tuple[Earlier, ...] | None = viewer.__dict__.get(EARLIER)
    if kept is None:
        kept = viewer.__dict__[EARLIER] = tuple(_find(viewer))
    return kept


def _find(viewer: Person) -> Iterator[Earlier]:
    ids = [
        client_id
        for client_id, ways in access_of(viewer).items()
        if not any(one.way in WHOLE for one in ways)
    ]
    if not ids:
        return
    now = timezone.now()
    rows = CareRelationship.objects.filter(client_id__among=Several(ids))
    over = list(rows.filter(ends_at__lte=now))
    if not over:
        return
    whose = dict(rows.filter(runs(now)).values_list("client_id", "therapist_id"))
    for one in over:
        if one.ends_at is not None and whose.get(one.client_id) != one.therapist_id:
            yield Earlier(one.pk, one.client_id, one.starts_at, one.ends_at)
