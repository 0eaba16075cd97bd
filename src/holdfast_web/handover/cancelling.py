"""Sessions and guesses that a change or an ending leaves behind."""

from __future__ import annotations

from datetime import datetime

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import witness
from holdfast_web.care.models import CareRelationship
from holdfast_web.encounters.models import Session
from holdfast_web.measures.models import Sheet

Status = Session.Status


def leave_guesses_out(care: CareRelationship, at: datetime) -> int:
    """Leave out what the therapist had still to guess: who comes next was not there."""
    rows = Sheet.objects.for_the_practice("guesses that the end of care leaves behind")
    open_ = rows.filter(
        session__care=care,
        respondent=Sheet.Respondent.THERAPIST,
        handed_in_at=None,
        skipped_at=None,
    )
    found: int = open_.update(skipped_at=at)
    return found


def cancel_from(by: Person, care: CareRelationship, at: datetime) -> int:
    """Cancel what was planned in a care for the time after it; return how many."""
    rows = Session.objects.for_the_practice("sessions that were planned for after the care")
    ahead = list(
        rows.filter(care=care, status=Status.PLANNED, starts_at__gte=at).select_for_update()
    )
    for one in ahead:
        one.status = Status.CANCELLED
        one.save(update_fields=("status",))
        witness("session.cancelled", by=by, client_id=care.client_id, subject=one)
    return len(ahead)
