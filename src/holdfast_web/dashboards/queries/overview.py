"""Counts for the owner: how complete things are; nothing of what anybody said or scored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q
from django.utils import timezone

from holdfast_web.accounts.models import Invitation
from holdfast_web.agreements.queries import agreements_in_numbers
from holdfast_web.audit.witness import not_clinical
from holdfast_web.care.models import EmergencyAccess
from holdfast_web.correspondence.queries.waiting import overdue_in_the_practice
from holdfast_web.measures.models import SafetyAnswer, Sheet

WEEKS = 4
CHECK_IN = "check-in"


@dataclass(frozen=True, slots=True)
class Overview:
    """The practice in counts.

    Attributes
    ----------
    in_care
        Clients in a running care relationship.
    asked, answered
        Check-ins that fell due in the last four weeks, and how many were handed in.
    agreed, offered, not_agreed, reviews_overdue
        Working agreements that both accepted, that are offered, clients in care with neither, and
        agreements whose review is due.
    emergencies
        Records that are open in an emergency now.
    invited, lapsed
        Invitations that wait, and those that ran out unanswered.
    messages_late
        Messages of clients that weren't answered in the time they agreed on.
    safety, safety_since
        Answers that a person must see and nobody has acknowledged yet, and since when the oldest
        waits.
    """

    in_care: int
    asked: int
    answered: int
    agreed: int
    offered: int
    not_agreed: int
    reviews_overdue: int
    emergencies: int
    invited: int
    lapsed: int
    messages_late: int
    safety: int
    safety_since: datetime | None


@not_clinical("counts over the whole practice; no row, no name and no answer is shown")
def overview() -> Overview:
    """Return the practice in counts."""
    now = timezone.now()
    return Overview(**dict(_counts(now)))


def _counts(now: datetime) -> Iterator[tuple[str, Any]]:
    yield from _agreements()
    yield from _check_ins(now)
    yield "emergencies", EmergencyAccess.objects.filter(ends_at__gt=now).count()
    yield from (
        Invitation.objects.filter(accepted_by__isnull=True, withdrawn_at__isnull=True)
        .aggregate(
            invited=Count("pk", filter=Q(expires_at__gt=now)),
            lapsed=Count("pk", filter=Q(expires_at__lte=now)),
        )
        .items()
    )
    yield "messages_late", overdue_in_the_practice()
    waiting = SafetyAnswer.objects.for_the_practice("how many wait, and since when")
    yield from (
        waiting.filter(acknowledged_at__isnull=True, client__erased_at__isnull=True)
        .aggregate(safety=Count("pk"), safety_since=Min("came_at"))
        .items()
    )


def _agreements() -> Iterator[tuple[str, int]]:
    counts = agreements_in_numbers()
    yield "in_care", counts.running
    yield "agreed", counts.accepted
    yield "offered", counts.offered
    yield "not_agreed", counts.none
    yield "reviews_overdue", counts.reviews_due


def _check_ins(now: datetime) -> Iterator[tuple[str, int]]:
    asked = Sheet.objects.for_the_practice("how many check-ins were answered").filter(
        instrument=CHECK_IN,
        respondent=Sheet.Respondent.CLIENT,
        due_at__gt=now - timedelta(weeks=WEEKS),
        due_at__lte=now,
        client__erased_at__isnull=True,
    )
    counts = asked.aggregate(
        asked=Count("pk"), answered=Count("pk", filter=Q(handed_in_at__isnull=False))
    )
    yield from counts.items()
