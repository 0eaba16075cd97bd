"""Who may write, take back and settle a message, and how long it may be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from holdfast_web.accounts.models import Person
from holdfast_web.care.models import Client
from holdfast_web.care.rules import is_client, is_of_the_two, is_therapist_of
from holdfast_web.correspondence.contact import NOBODY, Contact
from holdfast_web.correspondence.kinds import LARGEST, MOST_FILES, Enclosed
from holdfast_web.correspondence.models import Message, Thread
from holdfast_web.lib.decision import YES, Decision, no

LONGEST = 8_000
LONGEST_SUBJECT = 120
FURTHEST = timedelta(days=60)


def may_write(viewer: Person, client: Client, contact: Contact) -> Decision:
    """Say whether somebody may begin to write: one of the two, as they agreed."""
    return is_of_the_two(viewer, client) and contact.agreed


def may_go_on(viewer: Person, thread: Thread, contact: Contact) -> Decision:
    """Say whether somebody may write in a thread: while the care in which it began goes on."""
    if contact.care is None or thread.care_id != contact.care.pk:
        return no(NOBODY)
    return may_write(viewer, thread.client, contact)


def may_take_back(viewer: Person, message: Message) -> Decision:
    """Say whether somebody may take a message back: its writer, until it was read."""
    if message.author_id != viewer.pk:
        return no("Whoever wrote a message can take it back.")
    if message.read_at is not None:
        return no("It was read already. You can write another message about it.")
    if message.taken_back_at is not None:
        return no("It was taken back already.")
    return YES


def may_settle(viewer: Person, message: Message) -> Decision:
    """Say whether somebody may note that a client's message needs no answer."""
    is_theirs = message.thread.care.therapist_id == viewer.pk
    if not is_theirs or not is_therapist_of(viewer, message.client):
        return no("The client’s therapist decides whether a message needs an answer.")
    if message.answered_at or message.taken_back_at or message.answer_by is None:
        return no("This message waits for no answer.")
    return YES


def fits(words: str, about: str = "") -> Decision:
    """Say whether a message can be sent as it is."""
    if not words.strip():
        return no("Please write something first.")
    return may_be_kept(words, about)


def may_be_kept(words: str, about: str = "") -> Decision:
    """Say whether words are short enough to be kept."""
    if len(words) > LONGEST:
        return no(
            f"This is too long for a message: at most {LONGEST} characters, and it has "
            f"{len(words)}. What is bigger deserves time in a session."
        )
    if len(about) > LONGEST_SUBJECT:
        return no(f"The subject is too long: at most {LONGEST_SUBJECT} characters.")
    return YES


def may_go_with(files: Sequence[Enclosed]) -> Decision:
    """Say whether files can go with a message."""
    if len(files) > MOST_FILES:
        return no(f"At most {MOST_FILES} files go with a message.")
    if any(len(one.data) > LARGEST for one in files):
        return no(f"A file may have at most {LARGEST // 2**20} MB.")
    return YES


def may_be_for_later(
    viewer: Person, client: Client, not_before: datetime | None, now: datetime
) -> Decision:
    """Say whether a message may be written for a later time: by the therapist, within reason."""
    if not_before is None:
        return YES
    if is_client(viewer, client):
        return no("A message of yours is sent when you send it.")
    if not_before - now > FURTHEST:
        return no(f"A message can wait for {FURTHEST.days} days at most.")
    return YES
