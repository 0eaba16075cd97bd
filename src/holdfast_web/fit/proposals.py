"""The proposal that waits for somebody, found for the actions and queries beside it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.fit.models import Profile, Proposal
from holdfast_web.fit.rules.matching import WAITS

FOR_THE_PERSON = "what somebody who looks for a therapist has chosen, or was proposed"
HOW_MANY = "how many places are promised"


def open_proposal(client_id: UUID, *, lock: bool = False) -> Proposal | None:
    """Return what somebody has chosen or was proposed and what still waits."""
    rows = Proposal.objects.for_the_practice(FOR_THE_PERSON)
    rows = rows.select_for_update(of=("self",)) if lock else rows
    found: Proposal | None = (
        rows.filter(client_id=client_id, state__in=WAITS)
        .select_related("client", "therapist")
        .order_by("-made_at")
        .first()
    )
    return found


def open_proposals() -> dict[UUID, Proposal]:
    """Return what waits for each of those who look for a therapist, by client."""
    rows = Proposal.objects.for_the_practice(FOR_THE_PERSON).filter(
        state__in=WAITS, client__waits_since__isnull=False
    )
    return {one.client_id: one for one in rows.select_related("therapist").order_by("made_at")}


def put_aside_by(client_ids: Sequence[UUID]) -> dict[UUID, set[str]]:
    """Return the therapists whom people have put aside, or who can't take them on."""
    rows = Proposal.objects.for_the_practice(FOR_THE_PERSON).filter(
        client_id__in=client_ids, state=Proposal.State.PUT_ASIDE, therapist__isnull=False
    )
    found: dict[UUID, set[str]] = defaultdict(set)
    for client_id, therapist_id in rows.values_list("client_id", "therapist_id"):
        found[client_id].add(str(therapist_id))
    return found


def take_place(therapist: Person, client_id: UUID) -> None:
    """Note that somebody has begun with a therapist: one place less, and nothing waits any more."""
    Profile.objects.filter(person=therapist, free__gt=0).update(free=F("free") - 1)
    held = open_proposal(client_id, lock=True)
    if held is not None:
        kept = held.therapist_id in (None, therapist.pk)
        held.state = Proposal.State.CONFIRMED if kept else Proposal.State.REPLACED
        held.therapist, held.settled_at = (therapist if kept else held.therapist), timezone.now()
        held.save(update_fields=("state", "settled_at", "therapist"))


def replace(held: Proposal | None) -> None:
    """Close what was proposed before; it doesn't count as put aside by the person."""
    if held is not None:
        held.state, held.settled_at = Proposal.State.REPLACED, timezone.now()
        held.save(update_fields=("state", "settled_at"))


def promised(*, but: UUID | None = None) -> Counter[UUID]:
    """Return how many people wait for each therapist's word; one person may be left out."""
    rows = Proposal.objects.for_the_practice(HOW_MANY).filter(
        state__in=WAITS, therapist__isnull=False, client__waits_since__isnull=False
    )
    rows = rows.exclude(client_id=but) if but else rows
    return Counter(rows.values_list("therapist_id", flat=True))
