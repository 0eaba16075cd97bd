"""What people do with a sheet: save it part-way, hand it in, leave it out."""

from __future__ import annotations

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import action, witness
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours
from holdfast_web.measures.actions.noticing import notice
from holdfast_web.measures.handing_in import (
    Answers,
    hand_it_in,
    keep,
    leave_out,
    put_answers,
    same_edition,
    word_for,
)
from holdfast_web.measures.models import Sheet
from holdfast_web.measures.rules import may_answer, may_skip, may_withdraw


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
    row = _held_still(by, sheet)
    same_edition(row, edition)
    require(may_answer(by, row))
    put_answers(row, answers)
    keep(row, "answers", "skipped_at", "started_at")
    witness(f"{word_for(row)}.saved", by=by, client_id=row.client_id, subject=row)
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
    Refused
        If nothing is answered.
    """
    row = _held_still(by, sheet)
    same_edition(row, edition)
    require(may_answer(by, row))
    return hand_it_in(row, answers, by=by)


@action
def skip_sheet(*, by: Person, sheet: Sheet) -> Sheet:
    """Leave a sheet out; what was saved of it stays, for whoever changes their mind."""
    row = _held_still(by, sheet)
    require(may_skip(by, row))
    leave_out(row, f"{word_for(row)}.left_out", by=by)
    if row.respondent == Sheet.Respondent.CLIENT:
        notice(row, by=by)
    return row


@action
def withdraw_sheet(*, by: Person, sheet: Sheet) -> Sheet:
    """Take back what a client was asked."""
    row = _held_still(by, sheet)
    require(may_withdraw(by, row))
    return leave_out(row, "sheet.withdrawn", by=by)


def _held_still(by: Person, sheet: Sheet) -> Sheet:
    """Return a sheet as it is now, locked until the transaction ends."""
    rows = Sheet.objects.seen_by(by).select_for_update()
    row: Sheet | None = rows.filter(pk=sheet.pk).first()
    if row is None:
        raise NotYours
    # Who and which session stay the same; to ask again would take a third of the time of saving.
    row.client, row.session = sheet.client, sheet.session
    return row
