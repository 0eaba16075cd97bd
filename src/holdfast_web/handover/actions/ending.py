"""An ending: proposed, written by both, agreed on for the time after, and then the care ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.standing import running_care
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.actions import end_care
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import is_client, require_record
from holdfast_web.handover import endings as rules
from holdfast_web.handover.cancelling import cancel_from
from holdfast_web.handover.holding import held, keep
from holdfast_web.handover.letters import tell_staff
from holdfast_web.handover.models import Ending
from holdfast_web.handover.rows import endings
from holdfast_web.inbox.letters import tell_client
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import Stale

TWICE = "An ending was proposed in the meantime. Look at it first."


@action
def propose_ending(*, by: Person, client: Client, last_on: date) -> Ending:
    """Propose a last session; nothing ends before its day.

    Raises
    ------
    Stale
        If the other one has proposed an ending meanwhile.
    """
    require_record(by, client, Part.CARE)
    care = running_care(client, held=True)
    require(rules.may_propose(by, client, care))
    require(rules.fits_a_day(last_on))
    assert care is not None  # noqa: S101 - the rule has looked
    row: Ending | None = endings().select_for_update(of=("self",)).filter(care=care).first()
    if row is not None and row.taken_back_at is None:
        raise Stale(TWICE)
    if row is None:
        row = Ending(client=client, care=care, edition=0)
    row.proposed_by, row.proposed_at, row.last_on = by, timezone.now(), last_on
    row.taken_back_at = None
    row.edition += 1
    row.save()
    witness("ending.proposed", by=by, client_id=client.pk, subject=row)
    _tell_other(by, row)
    return row


@action
def change_last_day(*, by: Person, ending: Ending, last_on: date, edition: int) -> Ending:
    """Move the last day."""
    row = held(ending, edition)
    require(rules.may_work_on(by, row))
    require(rules.fits_a_day(last_on))
    row.last_on = last_on
    return _keep(by, row, "ending.moved", "last_on")


@action
def write_words(
    *, by: Person, ending: Ending, words: Mapping[str, str], shows: bool, edition: int
) -> Ending:
    """Write one's own words; ``shows`` lets the other read them before they have written."""
    row = held(ending, edition)
    require(rules.may_work_on(by, row))
    require(rules.fits_words(words))
    told = {key: words.get(key, "").strip() for key in rules.QUESTIONS}
    kept = told if any(told.values()) else None
    if is_client(by, row.client):
        row.client_words, row.client_shows = kept, shows
        return _keep(by, row, "ending.written", "client_words", "client_shows")
    row.therapist_words, row.therapist_shows = kept, shows
    return _keep(by, row, "ending.written", "therapist_words", "therapist_shows")


@action
def write_after(
    *, by: Person, ending: Ending, words: str, open_until: date | None, edition: int
) -> Ending:
    """Write what is there afterwards: whom to turn to, and until when the door stays open."""
    row = held(ending, edition)
    require(rules.may_work_on(by, row))
    require(rules.fits_words({"after": words}))
    until = open_until.isoformat() if open_until else ""
    row.after = {"words": words.strip(), "open_until": until}
    row.after_by, row.agreed_at = by, None
    return _keep(by, row, "ending.after_written", "after", "after_by", "agreed_at")


@action
def agree_on_after(*, by: Person, ending: Ending, edition: int) -> Ending:
    """Agree to what the other wrote about the time after."""
    row = held(ending, edition)
    require(rules.may_agree(by, row))
    row.agreed_at = timezone.now()
    return _keep(by, row, "ending.agreed", "agreed_at")


@action
def take_ending_back(*, by: Person, ending: Ending, edition: int) -> Ending:
    """Take an ending back: the two go on. What was written is kept."""
    row = held(ending, edition)
    require(rules.may_work_on(by, row))
    row.taken_back_at = timezone.now()
    return _keep(by, row, "ending.taken_back", "taken_back_at")


@action
def finish(*, by: Person, ending: Ending, edition: int) -> Ending:
    """End the care: the therapist can't open the record any more, the client keeps their pages."""
    row = held(ending, edition)
    require(rules.may_finish(by, row))
    now = row.ended_at = timezone.now()
    row = _keep(by, row, "ending.finished", "ended_at")
    cancel_from(by, row.care, now)
    end_care(by=by, care=row.care)
    return row


def _keep(by: Person, row: Ending, event: str, *fields: str) -> Ending:
    keep(row, *fields)
    witness(event, by=by, client_id=row.client_id, subject=row)
    _tell_other(by, row)
    return row


def _tell_other(by: Person, row: Ending) -> None:
    if is_client(by, row.client):
        tell_staff(row.care.therapist)
    else:
        tell_client(row.client)
