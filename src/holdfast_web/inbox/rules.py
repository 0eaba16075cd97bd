"""Who may say, read, answer and take back what doesn't feel right."""

from __future__ import annotations

from holdfast_web.accounts.models import Person
from holdfast_web.care.models import Client
from holdfast_web.care.records import therapist_now
from holdfast_web.care.rules import is_client, is_therapist_of
from holdfast_web.inbox.models import Concern
from holdfast_web.inbox.readers import Hearing, hearing_of, readers_now
from holdfast_web.lib.decision import YES, Decision, no

LONGEST = 4_000


def may_say(viewer: Person, client: Client, wants: str, to_practice: bool) -> Decision:
    """Say whether a client may say something this way."""
    allowed = is_client(viewer, client)
    if not allowed:
        return allowed
    if wants not in Concern.Wants.values:
        return no("Please choose one of the three ways first.")
    if to_practice:
        if readers_now().of(client.pk) is None:
            return no("Nobody can read this for the practice yet. Please ring the practice.")
    elif therapist_now(client) is None:
        return no("Nobody works with you at the moment. Please choose the practice.")
    return YES


def may_see(viewer: Person, concern: Concern) -> Decision:
    """Say whether somebody may read what was said: the client, and whom the client chose."""
    if hearing_of(viewer, concern.client).hears(concern):
        return YES
    return no("This was said to somebody else, or was taken back.")


def may_answer(viewer: Person, concern: Concern, hearing: Hearing | None = None) -> Decision:
    """Say whether somebody may answer: whom it was said to, once."""
    hearing = hearing or hearing_of(viewer, concern.client)
    if hearing.own or not hearing.hears(concern):
        return no("This is answered by whom it was said to.")
    if not concern.to_practice and not is_therapist_of(viewer, concern.client):
        return no("The client’s therapist answers this.")
    if concern.answered_at is not None:
        return no("This was answered already. You can come back to it when you meet.")
    return YES


def may_withdraw(viewer: Person, concern: Concern) -> Decision:
    """Say whether somebody may take back what was said."""
    allowed = is_client(viewer, concern.client)
    if allowed and concern.withdrawn_at is not None:
        return no("You have taken this back already.")
    return allowed


def fits(words: str, *, needed: bool = False) -> Decision:
    """Say whether words can be kept as they are."""
    if needed and not words.strip():
        return no("There are no words yet. A short sentence is enough.")
    if len(words) > LONGEST:
        return no(
            f"That is {len(words):,} characters long, and {LONGEST:,} fit here. "
            "What you wrote is still there: please shorten it."
        )
    return YES
