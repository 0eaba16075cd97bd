"""What the practice's clockwork does about sheets that wait."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from holdfast_web.audit.witness import action, witness
from holdfast_web.measures.models import Sheet

WHY = "reminders without content"


@action
def claim_reminder(*, by: None, client_id: UUID, before: datetime, now: datetime) -> int:
    """Note that a client is reminded now of all that has been waiting for them.

    Two runs at once don't both remind: only one finds sheets that nobody was reminded of. It is
    noted before the mail leaves, so that no transaction waits for a mail server.

    Returns
    -------
    int
        Of how many sheets; 0 if another run was quicker.
    """
    rows = Sheet.objects.for_the_practice(WHY).filter(
        client_id=client_id,
        respondent=Sheet.Respondent.CLIENT,
        handed_in_at=None,
        skipped_at=None,
        reminded_at=None,
        due_at__lte=before,
    )
    claimed = rows.update(reminded_at=now)
    if claimed:
        witness("reminder.sent", by=by, client_id=client_id, sheets=claimed)
    else:
        witness("reminder.passed_over", by=by, client_id=client_id)
    return claimed


@action
def give_back_reminder(*, by: None, client_id: UUID, claimed_at: datetime) -> None:
    """Take back that a client was reminded: the mail didn't leave; the next run tries again."""
    rows = Sheet.objects.for_the_practice(WHY)
    rows.filter(client_id=client_id, reminded_at=claimed_at).update(reminded_at=None)
    witness("reminder.failed", by=by, client_id=client_id)
