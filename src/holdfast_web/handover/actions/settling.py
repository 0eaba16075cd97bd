"""The letter, who comes next where the practice chooses, and the change itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.actions.carrying import carry_over
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.actions import settle_passing
from holdfast_web.encounters.models import Session
from holdfast_web.handover.cancelling import cancel_from, leave_guesses_out
from holdfast_web.handover.holding import held, keep, reopen
from holdfast_web.handover.letters import tell_staff
from holdfast_web.handover.models import HandOver
from holdfast_web.handover.passing_on import pass_on
from holdfast_web.handover.rules import (
    choices_of,
    fits_a_letter,
    may_be_next,
    may_propose_next,
    may_settle,
    may_write_letter,
)
from holdfast_web.handover.told import Knows
from holdfast_web.inbox.letters import tell_client
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours, Refused

State = HandOver.State
Status = Session.Status
FURTHEST = timedelta(days=120)


@action
def write_letter(*, by: Person, change: HandOver, words: str, edition: int) -> HandOver:
    """Write the short letter, or change it; the client reads it as soon as it is kept."""
    row = held(change, edition)
    require(may_write_letter(by, row))
    require(fits_a_letter(words))
    row.letter, row.letter_by, row.letter_asked = words.strip(), by, None
    row.state = State.PREPARED
    keep(row, "letter", "letter_by", "letter_asked", "state")
    witness("hand_over.letter_written", by=by, client_id=row.client_id, subject=row)
    tell_client(row.client)
    return row


@action
def propose_next(*, by: Person, change: HandOver, to: Person, edition: int) -> HandOver:
    """Propose who comes next, where the client left it to the practice; the client answers."""
    row = held(change, edition)
    require(may_propose_next(by, row))
    require(may_be_next(row, to))
    row.to, row.declined_by = to, None
    keep(row, "to", "declined_by", *reopen(row))
    witness("hand_over.next_proposed", by=by, client_id=row.client_id, subject=row)
    tell_client(row.client)
    return row


@action
def decline_change(*, by: Person, change: HandOver, edition: int) -> HandOver:
    """Say that one can't take somebody on now; the client looks for somebody else."""
    row = held(change, edition)
    if row.to_id != by.pk:
        raise NotYours
    require(may_settle(by, row))
    row.to, row.declined_by = None, by
    keep(row, "to", "declined_by", *reopen(row))
    witness("hand_over.declined", by=by, client_id=row.client_id, subject=row)
    tell_client(row.client)
    return row


@action
def settle_change(
    *, by: Person, change: HandOver, edition: int, starts_at: datetime | None = None
) -> HandOver:
    """Let the care pass on, without a gap: now, at a time, or when the goodbye is over.

    Parameters
    ----------
    starts_at
        When the new care begins; a goodbye session that is still ahead decides instead.

    Raises
    ------
    Refused
        If the time lies in the past or too far ahead.
    """
    row = held(change, edition)
    require(may_settle(by, row))
    if row.to is None:
        raise Refused("It isn’t known who comes next.")
    at = _begins_at(row, starts_at)
    care = settle_passing(by=by, care=row.care, therapist=row.to, at=at)
    row.state, row.ended_at, row.starts_at, row.next_care = State.DONE, timezone.now(), at, care
    keep(row, "state", "ended_at", "starts_at", "next_care")
    passed = pass_on(row, care)
    carry_over(by=by, earlier=row.care, care=care)
    cancel_from(by, row.care, at)
    leave_guesses_out(row.care, at)
    witness("hand_over.settled", by=by, client_id=row.client_id, subject=row, **passed)
    tell_client(row.client)
    if choices_of(row).therapist != Knows.NOTHING:
        tell_staff(row.care.therapist)
    return row


def _begins_at(change: HandOver, wanted: datetime | None) -> datetime:
    """Return when the new care begins.

    Raises
    ------
    Refused
        If the time lies in the past or too far ahead.
    """
    now = timezone.now()
    goodbye: Session | None = change.goodbye
    if goodbye is not None and goodbye.status == Status.PLANNED:
        over = goodbye.starts_at + timedelta(minutes=goodbye.minutes)
        if over > now:
            return over
    if wanted is None or timezone.localdate(wanted) == timezone.localdate():
        return now
    if not now < wanted <= now + FURTHEST:
        raise Refused(f"Choose a day from today on, within {FURTHEST.days} days.")
    return wanted
