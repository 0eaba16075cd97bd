"""What somebody who looks for a therapist does: choose, let the practice choose, think again."""

from __future__ import annotations

from uuid import UUID

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import action, witness
from holdfast_web.fit.letters import tell_the_chosen
from holdfast_web.fit.models import Intake, Proposal
from holdfast_web.fit.opening import Door, behind
from holdfast_web.fit.proposals import open_proposal, replace
from holdfast_web.fit.rules.matching import may_choose
from holdfast_web.fit.searching import found_for, profiles
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours, Refused

TAKEN = (
    "They can’t take you on just now, perhaps because somebody else was faster. "
    "Here is who else fits."
)


@action
def choose_therapist(*, door: Door, therapist_id: UUID) -> Proposal:
    """Choose a therapist; care begins when they, or the practice, say yes.

    Raises
    ------
    Refused
        If they don't come into question, or not any more.
    """
    intake = behind(door, lock=True)
    before = open_proposal(intake.client_id, lock=True)
    require(may_choose(intake, before))
    chosen = {one.key: one for one in found_for(intake, profiles()).candidates}.get(
        str(therapist_id)
    )
    was_proposed = before is not None and before.therapist_id == therapist_id
    therapist = Person.objects.filter(pk=therapist_id, profile__isnull=False).first()
    if therapist is None or (chosen is None and not was_proposed):
        raise Refused(TAKEN)
    replace(before)
    made = _proposal(intake, door, therapist, chosen.reasons if chosen else ())
    witness("proposal.chosen", by=door.by, client_id=intake.client_id, subject=made)
    tell_the_chosen(therapist)
    return made


@action
def let_the_practice_choose(*, door: Door) -> Proposal:
    """Ask the practice to choose."""
    intake = behind(door, lock=True)
    before = open_proposal(intake.client_id, lock=True)
    require(may_choose(intake, before))
    replace(before)
    made = _proposal(intake, door, None, ())
    witness("proposal.left_to_practice", by=door.by, client_id=intake.client_id, subject=made)
    return made


@action
def think_again(*, door: Door) -> Proposal:
    """Take a choice back, before anybody said yes to it."""
    intake = behind(door, lock=True)
    held = open_proposal(intake.client_id, lock=True)
    if held is None or held.state != Proposal.State.CHOSEN:
        raise Refused("There is nothing to take back.")
    held.delete()
    witness("proposal.taken_back", by=door.by, client_id=intake.client_id)
    return held


@action
def not_this_person(*, door: Door, therapist_id: UUID) -> Proposal:
    """Say that one therapist is not to be proposed; no reason is asked."""
    intake = behind(door, lock=True)
    before = open_proposal(intake.client_id, lock=True)
    require(may_choose(intake, before))
    therapist = Person.objects.filter(pk=therapist_id, profile__isnull=False).first()
    if therapist is None:
        raise NotYours
    if before is not None and before.therapist_id == therapist_id:
        replace(before)
    made = _proposal(intake, door, therapist, (), state=Proposal.State.PUT_ASIDE)
    witness("proposal.put_aside", by=door.by, client_id=intake.client_id, subject=made)
    return made


def _proposal(
    intake: Intake,
    door: Door,
    therapist: Person | None,
    reasons: tuple[str, ...],
    state: str = Proposal.State.CHOSEN,
) -> Proposal:
    source = Proposal.Source.CANDIDATES if therapist else Proposal.Source.PRACTICE
    made = Proposal(
        client=intake.client,
        therapist=therapist,
        reasons=list(reasons),
        source=source,
        state=state,
        made_by=door.by,
    )
    made.save()
    return made
