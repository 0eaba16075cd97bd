"""A choice becomes care, or a proposal: by the therapist who was chosen, or by the practice."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.accounts.rules import runs_the_practice
from holdfast_web.audit.witness import action, witness
from holdfast_web.fit.actions.answering import begin_with
from holdfast_web.fit.letters import tell_the_person
from holdfast_web.fit.models import Intake, Profile, Proposal
from holdfast_web.fit.proposals import open_proposal, replace
from holdfast_web.fit.rules.matching import may_confirm, may_see_people, may_settle
from holdfast_web.fit.searching import reasons_between
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours, Refused

BEGINNING = "care begins with somebody who waits"
CHOSEN = "finding a choice, which its own rule then opens or not"


@action
def say_yes(*, by: Person, proposal_id: UUID) -> Proposal:
    """Say yes to somebody who has chosen oneself: care begins."""
    held = _held(by, proposal_id)
    _begin(by, _waiting(held.client_id), by)
    held.refresh_from_db()
    witness("proposal.confirmed", by=by, client_id=held.client_id, subject=held)
    return held


@action
def say_no(*, by: Person, proposal_id: UUID) -> Proposal:
    """Say that one can't take somebody on; they see that, and choose again."""
    held = _held(by, proposal_id)
    held.state, held.settled_at = Proposal.State.PUT_ASIDE, timezone.now()
    held.save(update_fields=("state", "settled_at"))
    witness("proposal.declined", by=by, client_id=held.client_id, subject=held)
    tell_the_person(_waiting(held.client_id))
    return held


@action
def settle(*, by: Person, client_id: UUID, therapist: Person) -> Proposal:
    """Settle who works with somebody who waits, as the practice's owner.

    Where the person has chosen this therapist, was proposed them and said yes, or left it to the
    practice, care begins. To others the therapist is proposed first.

    Raises
    ------
    Refused
        If they don't wait any more, have chosen somebody else, or a limit stands between the two.
    """
    require(runs_the_practice(by))
    intake = _waiting(client_id)
    held = open_proposal(client_id, lock=True)
    require(may_settle(held, therapist))
    reasons = reasons_between(intake, therapist)
    if held is not None and _agreed(held, therapist):
        return _begin_by_practice(by, intake, held, therapist)
    return _propose(by, intake, held, therapist, reasons)


def _agreed(held: Proposal, therapist: Person) -> bool:
    left_to_us = held.state == Proposal.State.CHOSEN and held.therapist_id is None
    return left_to_us or held.therapist_id == therapist.pk


def _begin_by_practice(by: Person, intake: Intake, held: Proposal, therapist: Person) -> Proposal:
    _begin(by, intake, therapist)
    held.refresh_from_db()
    witness("proposal.confirmed", by=by, client_id=intake.client_id, subject=held)
    return held


def _propose(
    by: Person,
    intake: Intake,
    held: Proposal | None,
    therapist: Person,
    reasons: tuple[str, ...],
) -> Proposal:
    replace(held)
    made = Proposal(
        client=intake.client,
        therapist=therapist,
        reasons=list(reasons),
        source=Proposal.Source.WAITING_LIST,
        made_by=by,
    )
    made.save()
    witness("proposal.made", by=by, client_id=intake.client_id, subject=made)
    tell_the_person(intake)
    return made


def _begin(by: Person, intake: Intake, therapist: Person) -> None:
    profile = Profile.objects.select_for_update().filter(person=therapist).first()
    if profile is None or not profile.free:
        raise Refused(f"{therapist.name} has no free place any more.")
    begin_with(by=by, intake=intake, therapist=therapist)


def _held(by: Person, proposal_id: UUID) -> Proposal:
    rows = Proposal.objects.for_the_practice(CHOSEN).select_for_update(of=("self",))
    held: Proposal | None = rows.filter(pk=proposal_id, therapist=by).first()
    if held is None:
        raise NotYours
    require(may_confirm(by, held))
    return held


def _waiting(client_id: UUID) -> Intake:
    rows = Intake.objects.for_the_practice(BEGINNING).select_for_update(of=("self",))
    intake: Intake | None = (
        rows.filter(client_id=client_id).select_related("client__person").first()
    )
    if intake is None:
        raise NotYours
    require(may_see_people(intake))
    return intake
