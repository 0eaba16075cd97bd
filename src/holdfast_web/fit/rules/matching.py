"""Who may say what of themselves, see candidates, choose, confirm; and why not."""

from __future__ import annotations

from holdfast_web.accounts.models import Person, Role
from holdfast_web.fit.matching import matching_words
from holdfast_web.fit.models import Intake, Proposal
from holdfast_web.lib.decision import YES, Decision, no

BEGINS = (Intake.Decision.BEGIN, Intake.Decision.TOGETHER)
WAITS = (Proposal.State.PROPOSED, Proposal.State.CHOSEN)
"""States in which a proposal still waits for somebody."""
MOST_FREE = 40


def may_describe(viewer: Person) -> Decision:
    """Say whether somebody may say of themselves how they work."""
    if viewer.role == Role.THERAPIST:
        return YES
    return no("Therapists describe themselves here.")


def free_fits(free: int) -> Decision:
    """Say whether a number of free places can be true."""
    if 0 <= free <= MOST_FREE:
        return YES
    return no(f"Please write a number from 0 to {MOST_FREE}.")


def ways_fit(ways: dict[str, int]) -> Decision:
    """Say whether ways of working are on the four scales, from −3 to 3."""
    known = {one.key for one in matching_words().scales}
    if set(ways) <= known and all(-3 <= one <= 3 for one in ways.values()):
        return YES
    return no("Please choose one of the seven answers.")


def may_see_people(intake: Intake) -> Decision:
    """Say whether somebody may look for their therapist: once a clinician said that it begins."""
    if intake.decision not in BEGINS:
        return no("You choose a therapist here once somebody from the practice has answered you.")
    if intake.client.waits_since is None:
        return no("You have found your therapist already.")
    return YES


def may_choose(intake: Intake, proposal: Proposal | None) -> Decision:
    """Say whether somebody may choose now, with what has been proposed or chosen so far."""
    allowed = may_see_people(intake)
    if allowed and proposal is not None and proposal.state == Proposal.State.CHOSEN:
        return no("You have chosen already. Take it back first, if you see it differently.")
    return allowed


def may_confirm(viewer: Person, proposal: Proposal) -> Decision:
    """Say whether a therapist may answer a choice that fell on them."""
    if proposal.therapist_id != viewer.pk:
        return no("Only who was chosen answers this, or the practice.")
    if proposal.state != Proposal.State.CHOSEN or proposal.client.waits_since is None:
        return no("This was settled, or taken back, in the meantime.")
    return YES


def may_settle(held: Proposal | None, therapist: Person) -> Decision:
    """Say whether the practice may propose a therapist, or begin with them."""
    chosen = held is not None and held.state == Proposal.State.CHOSEN
    if held is not None and chosen and held.therapist_id not in (None, therapist.pk):
        return no("They have chosen somebody else themselves. Please talk with them first.")
    return YES
