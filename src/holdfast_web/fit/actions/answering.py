"""What is done with an intake by who reads them: see, answer, take on, close."""

from __future__ import annotations

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.access import forget_access
from holdfast_web.care.actions import begin_care, invite_client
from holdfast_web.care.models import CareRelationship
from holdfast_web.fit.letters import tell_the_person
from holdfast_web.fit.models import Intake
from holdfast_web.fit.opening import LASTS
from holdfast_web.fit.proposals import take_place
from holdfast_web.fit.rules.intakes import may_close_intake, may_decide, may_take_on
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours, Refused, Stale

CHANGED = "Something was written here meanwhile. Nothing was overwritten."


@action
def see_intake(*, by: Person, intake: Intake) -> Intake:
    """Note that one has read an intake."""
    row = _held(by, intake)
    require(may_decide(by, row))
    if row.seen_at is None:
        row.seen_by, row.seen_at = by, timezone.now()
        row.save(update_fields=("seen_by", "seen_at"))
    witness("intake.seen", by=by, client_id=row.client_id, subject=row)
    return row


@action
def decide_intake(
    *,
    by: Person,
    intake: Intake,
    decision: str,
    words: str,
    edition: int,
    urgency: int = Intake.Urgency.USUAL,
) -> bool:
    """Answer an intake in words that the person will read; say whether a letter tells them of it.

    Raises
    ------
    Stale
        If the person, or somebody else, wrote in the meantime.
    """
    row = _held(by, intake)
    require(may_decide(by, row))
    if row.edition != edition:
        raise Stale(CHANGED)
    if not words.strip():
        raise Refused("Write some words to the person: they read them, not the choice alone.")
    now = timezone.now()
    row.decision, row.decision_words = Intake.Decision(decision), words.strip()
    row.urgency, row.decided_by, row.decided_at = Intake.Urgency(urgency), by, now
    row.seen_by, row.seen_at = row.seen_by or by, row.seen_at or now
    row.ends_at = max(row.ends_at, now + LASTS)
    row.edition += 1
    row.save()
    witness("intake.answered", by=by, client_id=row.client_id, subject=row)
    return tell_the_person(row)


@action
def take_on(*, by: Person, intake: Intake) -> tuple[CareRelationship, bool]:
    """Begin care with somebody who asked for help; return it, and whether they are invited."""
    row = _held(by, intake)
    require(may_take_on(by, row))
    return begin_with(by=by, intake=row, therapist=by)


@action
def begin_with(*, by: Person, intake: Intake, therapist: Person) -> tuple[CareRelationship, bool]:
    """Begin care after an intake, and invite the client to their own record.

    Waiting ends, and with it the access of who reads the intakes.

    Parameters
    ----------
    by
        The therapist, or the owner who assigns them; their rules are care's.

    Returns
    -------
    tuple
        The care, and whether an invitation went out: not to somebody who has an account already,
        gave no address, or doesn't want to be written to there.
    """
    client = intake.client
    care = begin_care(by=by, client=client, therapist=therapist)
    take_place(therapist, client.pk)
    email = intake.said.get("contact", {}).get("email", "")
    invited = bool(email) and client.person is None and not client.no_email
    if invited:
        invited = _invited(by, intake, email)
    witness("intake.led_to_care", by=by, client_id=client.pk, subject=intake)
    return care, invited


@action
def close_intake(*, by: Person, intake: Intake) -> Intake:
    """Close a record in which no care began; it is kept as records are, and nobody opens it."""
    row = _held(by, intake)
    require(may_close_intake(by, row))
    client = row.client
    client.closed_at = timezone.now()
    client.save(update_fields=("closed_at",))
    forget_access(by)
    witness("record.closed", by=by, client_id=client.pk, subject=client)
    return row


def _invited(by: Person, intake: Intake, email: str) -> bool:
    try:
        invite_client(by=by, client=intake.client, email=email)
    except Refused:
        # Somebody has an account with this address: the therapist sorts that out by word of mouth.
        return False
    return True


def _held(by: Person, intake: Intake) -> Intake:
    rows = Intake.objects.seen_by(by).select_for_update(of=("self",))
    row: Intake | None = rows.filter(pk=intake.pk).select_related("client__person").first()
    if row is None:
        raise NotYours
    return row
