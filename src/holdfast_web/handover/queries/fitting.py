"""Who could come next, with reasons in words where somebody said what they look for."""

from __future__ import annotations

from dataclasses import dataclass

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import clinical_read, witness
from holdfast_web.fit.models import Intake
from holdfast_web.fit.searching import found_for, profiles
from holdfast_web.handover.models import HandOver
from holdfast_web.handover.queries.changes import who_could_come


@dataclass(frozen=True, slots=True)
class Fitting:
    """Somebody who could come next; ``reasons`` are for this client, where they are known."""

    person: Person
    reasons: tuple[str, ...] = ()


@clinical_read
def who_fits(change: HandOver, *, viewer: Person) -> tuple[Fitting, ...]:
    """Return who could come next: those with reasons first, everybody else by name."""
    client_id = change.client_id
    witness("hand_over.viewed", by=viewer, client_id=client_id, subject=change)
    rows = Intake.objects.seen_by(viewer, of=client_id).select_related("client")
    intake = rows.filter(handed_in_at__isnull=False).first()
    people = {str(one.pk): one for one in who_could_come(change)}
    candidates = found_for(intake, profiles()).candidates if intake is not None else ()
    named = [Fitting(people.pop(one.key), one.reasons) for one in candidates if one.key in people]
    return (*named, *(Fitting(one) for one in people.values()))
