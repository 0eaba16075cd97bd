"""The steps of answering a sheet that several actions share, inside their transactions.

Whoever calls them has locked the sheet, found that it may be done, and is an action.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import witness
from holdfast_web.engine.scoring import AnswersRefused, Result, work_out
from holdfast_web.lib.refusals import Refused, Stale
from holdfast_web.measures.actions.noticing import notice
from holdfast_web.measures.models import Sheet

Answers = Mapping[str, Any]

CHANGED = "This was answered in another window meanwhile. Nothing was overwritten."
GONE = "This was handed in from another window meanwhile. It can’t be changed any more."
EMPTY = "Nothing is answered yet. If you would rather not this time, leave it out: that is fine."


def same_edition(row: Sheet, edition: int) -> None:
    """Go on only if a sheet is the one that was filled in.

    Raises
    ------
    Stale
        If it was saved or handed in elsewhere in the meantime.
    """
    if row.edition != edition:
        raise Stale(CHANGED if row.handed_in_at is None else GONE)


def put_answers(row: Sheet, answers: Answers) -> Result:
    """Put answers on a sheet, and return what they come to; a sheet left out is taken up again.

    Raises
    ------
    Refused
        If an answer is none of those offered.
    """
    told = {key: one.strip() if isinstance(one, str) else one for key, one in answers.items()}
    kept = {key: one for key, one in told.items() if one not in (None, "")}
    try:
        result = work_out(row.instrument, kept, respondent=row.respondent)
    except AnswersRefused as refusal:
        raise Refused(str(refusal)) from None
    row.answers, row.skipped_at = kept, None
    row.started_at = row.started_at or timezone.now()
    return result


def hand_it_in(row: Sheet, answers: Answers, *, by: Person | None) -> Sheet:
    """Hand a sheet in, and look at what it says; ``by`` is who did it.

    Raises
    ------
    Refused
        If nothing is answered, or an answer is none of those offered.
    """
    result = put_answers(row, answers)
    if not row.answers:
        raise Refused(EMPTY)
    row.result = {
        "value": result.value,
        "lowest_item": result.lowest_item,
        "band": result.band,
        "scales": result.scales,
        "missing": result.missing,
    }
    row.handed_in_at = timezone.now()
    keep(row, "answers", "skipped_at", "result", "handed_in_at", "started_at")
    witness(
        f"{word_for(row)}.handed_in",
        by=by,
        client_id=row.client_id,
        subject=row,
        instrument=row.instrument,
        missing=result.missing,
    )
    notice(row, by=by)
    return row


def leave_out(row: Sheet, event: str, *, by: Person | None) -> Sheet:
    """Leave a sheet out, for the reason that the event says."""
    row.skipped_at = timezone.now()
    keep(row, "skipped_at")
    witness(event, by=by, client_id=row.client_id, subject=row)
    return row


def keep(row: Sheet, *fields: str) -> None:
    """Save a sheet as its next edition."""
    row.edition += 1
    row.save(update_fields=(*fields, "edition"))


def word_for(row: Sheet) -> str:
    """Return what events call it."""
    return "sheet" if row.respondent == Sheet.Respondent.CLIENT else "guess"
