"""Who may invite whom, and whose account may be closed."""

from __future__ import annotations

from holdfast_web.accounts.models import Person, Role
from holdfast_web.lib.decision import YES, Decision, no


def may_invite(viewer: Person, role: str) -> Decision:
    """Say whether somebody may invite a person of that role."""
    if role == Role.CLIENT:
        if viewer.role in (Role.THERAPIST, Role.OWNER):
            return YES
        return no("A client is invited by their therapist or by the practice.")
    if viewer.role == Role.OWNER:
        return YES
    return no("People of the practice are invited by its owner.")


def runs_the_practice(viewer: Person) -> Decision:
    """Say whether somebody may change the practice's settings."""
    return YES if viewer.role == Role.OWNER else no("This is for the practice’s owner.")


def may_close_account(viewer: Person, person: Person) -> Decision:
    """Say whether somebody's account may be closed, so that they can't sign in any more."""
    if not runs_the_practice(viewer):
        return runs_the_practice(viewer)
    if person == viewer:
        return no("You can’t close your own account: somebody has to be able to come in.")
    return YES
