"""What people do with a sheet: save it part-way, hand it in, leave it out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import action, witness
from holdfast_web.engine.scoring import AnswersRefused, Result, work_out
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours, Refused, Stale
from holdfast_web.measures.actions.noticing import notice
from holdfast_web.measures.models import Sheet
from holdfast_web.measures.rules import may_answer, may_skip, may_withdraw

Answers = Mapping[str, Any]

CHANGED = "This was answered in another window meanwhile. Nothing was overwritten."
GONE = "This was handed in from another window meanwhile. It can’t be changed any more."
EMPTY = "Nothing is answered yet. If you would rather not this time, leave it out: that is fine."


@action
def save_answers(*, by: Person, sheet: Sheet, answers: Answers, edition: int) -> Sheet:
    """Save a sheet part-way.

    Parameters
    ----------
    answers
        All that is answered so far, by item; what isn't there is open.
    edition
        Of the sheet that was filled in.

    Raises
    ------
    Stale
        If it was saved or handed in elsewhere in the meantime.
    """
    row = _held_still(by, sheet, edition)
    require(may_answer(by, row))
    kept = _kept(answers)
    _worked_out(row, kept)
    row.answers, row.skipped_at = kept, None
    row.started_at = row.started_at or timezone.now()
    _keep(row, "answers", "skipped_at", "started_at")
    witness(f"{_what(row)}.saved", by=by, client_id=row.client_id, subject=row)
    return row


@action
def hand_in(*, by: Person, sheet: Sheet, answers: Answers, edition: int) -> Sheet:
    """Hand a sheet in: from then on it stays as it is, and what it says is noticed.

    Parameters
    ----------
    answers
        All that is answered, by item; what isn't there stays open.
    edition
        Of the sheet that was filled in.

    Raises
    ------
    Stale
        If it was saved or handed in elsewhere in the meantime.
    """
    row = _held_still(by, sheet, edition)
    require(may_answer(by, row))
    return handed_in(row, answers, by=by)


@action
def skip_sheet(*, by: Person, sheet: Sheet) -> Sheet:
    """Leave a sheet out; what was saved of it stays, for whoever changes their mind."""
    row = _held_still(by, sheet)
    require(may_skip(by, row))
    left_out(row, f"{_what(row)}.left_out", by=by)
    if row.respondent == Sheet.Respondent.CLIENT:
        notice(row, by=by)
    return row


@action
def withdraw_sheet(*, by: Person, sheet: Sheet) -> Sheet:
    """Take back what a client was asked."""
    row = _held_still(by, sheet)
    require(may_withdraw(by, row))
    return left_out(row, "sheet.withdrawn", by=by)


def handed_in(row: Sheet, answers: Answers, *, by: Person | None) -> Sheet:
    """Hand in a sheet that the caller has locked and found to be open; ``by`` is who did it.

    Raises
    ------
    Refused
        If nothing is answered, or an answer is none of those offered.
    """
    kept = _kept(answers)
    if not kept:
        raise Refused(EMPTY)
    result = _worked_out(row, kept)
    row.answers, row.skipped_at = kept, None
    row.result = {
        "value": result.value,
        "lowest_item": result.lowest_item,
        "band": result.band,
        "scales": result.scales,
        "missing": result.missing,
    }
    row.handed_in_at = timezone.now()
    row.started_at = row.started_at or row.handed_in_at
    _keep(row, "answers", "skipped_at", "result", "handed_in_at", "started_at")
    witness(
        f"{_what(row)}.handed_in",
        by=by,
        client_id=row.client_id,
        subject=row,
        instrument=row.instrument,
        missing=result.missing,
    )
    notice(row, by=by)
    return row


def left_out(row: Sheet, event: str, *, by: Person) -> Sheet:
    """Leave out a sheet that the caller has locked and found to be open."""
    row.skipped_at = timezone.now()
    _keep(row, "skipped_at")
    witness(event, by=by, client_id=row.client_id, subject=row)
    return row


def same_edition(row: Sheet, edition: int) -> None:
    """Go on only if a sheet is the one that was filled in.

    Raises
    ------
    Stale
        If it was saved or handed in elsewhere in the meantime.
    """
    if row.edition != edition:
        raise Stale(CHANGED if row.handed_in_at is None else GONE)


def _held_still(by: Person, sheet: Sheet, edition: int | None = None) -> Sheet:
    """Return a sheet as it is now, locked until the transaction ends."""
    rows = Sheet.objects.seen_by(by).select_for_update()
    row: Sheet | None = rows.filter(pk=sheet.pk).first()
    if row is None:
        raise NotYours
    # Who and which session stay the same; to ask again would take a third of the time of saving.
    row.client, row.session = sheet.client, sheet.session
    if edition is not None:
        same_edition(row, edition)
    return row


def _kept(answers: Answers) -> dict[str, Any]:
    told = {key: one.strip() if isinstance(one, str) else one for key, one in answers.items()}
    return {key: one for key, one in told.items() if one not in (None, "")}


def _worked_out(row: Sheet, answers: Answers) -> Result:
    try:
        return work_out(row.instrument, answers, respondent=row.respondent)
    except AnswersRefused as refusal:
        raise Refused(str(refusal)) from None


def _keep(row: Sheet, *fields: str) -> None:
    row.edition += 1
    row.save(update_fields=(*fields, "edition"))


def _what(row: Sheet) -> str:
    return "sheet" if row.respondent == Sheet.Respondent.CLIENT else "guess"
