"""What is done about answers that a person must see."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import action, witness
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours, Refused, Stale
from holdfast_web.measures.models import SafetyAnswer
from holdfast_web.measures.rules import may_acknowledge, may_see_safety_answer
from holdfast_web.measures.standing_in import stand_ins


@action
def acknowledge_safety(*, by: Person, answer: SafetyAnswer, done: str) -> SafetyAnswer:
    """Say that one saw to an answer, and what was done.

    Raises
    ------
    Stale
        If somebody else did so in the meantime.
    """
    rows = SafetyAnswer.objects.for_the_practice("the deputy may see to any urgent answer")
    # Nothing is joined: what a join found before the lock was free would be old.
    row: SafetyAnswer | None = rows.select_for_update().filter(pk=answer.pk).first()
    deputies = stand_ins()
    if row is None or not may_see_safety_answer(by, row, deputies):
        raise NotYours
    allowed = may_acknowledge(by, row, deputies)
    if row.acknowledged_by_id is not None:
        raise Stale(allowed.reason)
    require(allowed)
    told = done.strip()
    if not told:
        raise Refused("Write in a few words what was done.")
    row.acknowledged_by, row.acknowledged_at, row.done = by, timezone.now(), told
    row.save(update_fields=("acknowledged_by", "acknowledged_at", "done"))
    witness("safety.acknowledged", by=by, client_id=row.client_id, subject=row)
    return row


@action
def note_mailed(*, by: Person | None, answers: Sequence[SafetyAnswer]) -> None:
    """Remember that somebody was told by e-mail that there are answers to see."""
    for one in answers:
        one.mailed_at = timezone.now()
        one.save(update_fields=("mailed_at",))
    for client_id in dict.fromkeys(one.client_id for one in answers):
        witness("safety.mailed", by=by, client_id=client_id)
