"""Who may ask for help here, tell more, read it, decide; and why not."""

from __future__ import annotations

from holdfast_web.accounts.models import Person, Role
from holdfast_web.care.access import access_of
from holdfast_web.care.models import Practice
from holdfast_web.care.parts import Way
from holdfast_web.fit.models import Intake
from holdfast_web.fit.rules.matching import BEGINS
from holdfast_web.lib.decision import YES, Decision, no

ASK = "Please ask the practice: just now nobody can write to us here."


def may_begin(practice: Practice | None) -> Decision:
    """Say whether anybody may ask for help here: the practice has opened it, and somebody reads."""
    if practice is None or not practice.intake_is_open:
        return no(ASK)
    return somebody_reads(practice)


def somebody_reads(practice: Practice | None) -> Decision:
    """Say whether there is somebody who reads what is told."""
    reader = practice.intake if practice is not None else None
    if reader is None or not reader.is_active:
        return no("Nobody is named yet who reads what people tell. The owner does that first.")
    return YES


def may_invite_to_intake(viewer: Person, practice: Practice | None) -> Decision:
    """Say whether somebody may send an intake to a person."""
    if viewer.role not in (Role.THERAPIST, Role.OWNER):
        return no("Therapists and the practice’s owner send these questions.")
    return somebody_reads(practice)


def may_tell(intake: Intake) -> Decision:
    """Say whether something can still be told: until it is handed in."""
    if intake.handed_in_at is not None:
        return no("You have handed this in. If something has changed, tell it below your result.")
    return YES


def may_disagree(intake: Intake) -> Decision:
    """Say whether somebody may say that they see it differently."""
    if intake.handed_in_at is None:
        return no("Hand it in first.")
    return YES


def may_decide(viewer: Person, intake: Intake) -> Decision:
    """Say whether somebody may answer an intake: who reads them, until care begins."""
    ways = {one.way for one in access_of(viewer).get(intake.client_id, ())}
    if Way.INTAKE not in ways:
        return no("Who reads the intakes answers them, until somebody begins care.")
    return YES


def may_take_on(viewer: Person, intake: Intake) -> Decision:
    """Say whether somebody may begin care with a person who asked for help."""
    allowed = may_decide(viewer, intake)
    if not allowed:
        return allowed
    if viewer.role != Role.THERAPIST:
        return no("Only a therapist can take somebody on. Propose people instead.")
    if intake.decision not in BEGINS:
        return no("Write your answer first: that supportive therapy begins here.")
    return YES


def may_close_intake(viewer: Person, intake: Intake) -> Decision:
    """Say whether somebody may close a record in which no care began."""
    allowed = may_decide(viewer, intake)
    if allowed and not intake.decision:
        return no("Write your answer first.")
    return allowed
