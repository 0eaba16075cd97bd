"""Where an agreement stands: who works with whom now, what holds, what lies open."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from holdfast_web.agreements.models import Status, Version
from holdfast_web.care.models import CareRelationship, Client

LATER = ("clauses", "note", "closing_words")
"""Sealed fields that are read only where words are shown."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What there is in one care relationship.

    Attributes
    ----------
    accepted
        What both accepted, and what therefore holds.
    proposed
        What one of them proposed and the other hasn't answered.
    """

    care: CareRelationship
    accepted: Version | None = None
    proposed: Version | None = None

    @property
    def base(self) -> Version | None:
        """What a proposal would change: an open one is answered by it."""
        return self.proposed or self.accepted


def is_running(care: str = "") -> Q:
    """Return the condition for a care relationship to be running now.

    Parameters
    ----------
    care
        The way from the rows that are asked for to it, such as ``"version__care__"``.
    """
    now = timezone.now()
    goes_on = Q((f"{care}ends_at__isnull", True)) | Q((f"{care}ends_at__gt", now))
    return Q((f"{care}starts_at__lte", now)) & goes_on


def running_care(client: Client, *, held: bool = False) -> CareRelationship | None:
    """Return the care relationship of a client that runs now.

    Parameters
    ----------
    client
        Whose.
    held
        Whether to keep others from changing its agreement until the transaction ends.
    """
    rows = CareRelationship.objects.filter(is_running(), client_id=client.pk)
    if held:
        rows = rows.select_for_update(of=("self",))
    return rows.select_related("therapist").order_by("-starts_at").first()


def standing_in(care: CareRelationship) -> Standing:
    """Return what holds and what lies open in a care relationship."""
    rows = (
        Version.objects.for_the_practice("where an agreement stands, without its words")
        .filter(care=care, status__in=(Status.ACCEPTED, Status.PROPOSED))
        .defer(*LATER)
    )
    found: dict[str, Version] = {one.status: one for one in rows}
    return Standing(care, found.get(Status.ACCEPTED), found.get(Status.PROPOSED))
