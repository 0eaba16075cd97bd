"""Who may do what with goals and with what helps, and what may be written there."""

from __future__ import annotations

from holdfast_web.accounts.models import Person
from holdfast_web.care.models import Client
from holdfast_web.care.rules import is_client, is_of_the_two
from holdfast_web.goals.models import Goal, Help
from holdfast_web.lib.decision import YES, Decision, no

LONGEST = 2_000
LONGEST_WORD = 500
LOWEST, HIGHEST = 0, 10


def may_write(viewer: Person, client: Client) -> Decision:
    """Say whether somebody may add to a client's goals and helps, and say how it goes."""
    return is_of_the_two(viewer, client)


def may_reword(viewer: Person, row: Goal | Help) -> Decision:
    """Say whether somebody may change the words: the client any, the therapist their own."""
    if is_client(viewer, row.client):
        return YES
    if is_of_the_two(viewer, row.client) and row.added_by_id == viewer.pk:
        return YES
    return no("These are the client’s own words; only the client changes them.")


def may_say_progress(viewer: Person, goal: Goal) -> Decision:
    """Say whether somebody may say how far a goal feels."""
    allowed = may_write(viewer, goal.client)
    if not allowed or goal.status == Goal.Status.ACTIVE:
        return allowed
    return no("This goal was laid down. Take it up again first.")


def may_say_tried(viewer: Person, help: Help) -> Decision:
    """Say whether somebody may say how it went with something that may help."""
    allowed = may_write(viewer, help.client)
    if not allowed or help.status != Help.Status.DROPPED:
        return allowed
    return no("You had put this away. Take it back first.")


def fits(words: str, longest: int = LONGEST, *, needed: bool = True) -> Decision:
    """Say whether words can be kept as they are."""
    if needed and not words.strip():
        return no("There are no words yet. One is enough.")
    if len(words) > longest:
        return no(
            f"That is {len(words):,} characters long, and {longest:,} fit here. "
            "What you wrote is still there: please shorten it."
        )
    return YES


def in_range(value: int) -> Decision:
    """Say whether a number is one of the scale."""
    if LOWEST <= value <= HIGHEST:
        return YES
    return no(f"Please choose a number from {LOWEST} to {HIGHEST}.")
