"""Which threads and messages somebody may see: their own care's, and only what has arrived."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from holdfast_web.accounts.models import Person
from holdfast_web.care.models import Client
from holdfast_web.care.rules import is_client, is_therapist_of
from holdfast_web.correspondence.models import Message, Thread


def threads_open_to(viewer: Person, client: Client) -> Any:
    """Return the threads that somebody may see.

    A client sees all of theirs. A therapist sees those of their own care, and those that the client
    let pass on; whoever opened the record in an emergency sees all.
    """
    return Thread.objects.seen_by(viewer, of=client.pk).filter(_of_their_care(viewer, client))


def can_be_seen(viewer: Person, client: Client, now: datetime, way: str = "") -> Q:
    """Return the condition for a message to be seen.

    What waits for the agreed hours is seen by its writer alone, and in an emergency.

    Parameters
    ----------
    way
        From the rows that are asked for to messages, such as ``"messages__"``.
    """
    own = Q((f"{way}author", viewer))
    kept = Q((f"{way}taken_back_at", None))
    if not is_client(viewer, client) and not is_therapist_of(viewer, client):
        return kept
    return own | (kept & Q((f"{way}delivered_at__lte", now)))


def messages_open_to(viewer: Person, client: Client, now: datetime) -> Any:
    """Return the messages that somebody may see now."""
    rows = Message.objects.seen_by(viewer, of=client.pk)
    theirs = _of_their_care(viewer, client, "thread__")
    return rows.filter(theirs, can_be_seen(viewer, client, now))


def _of_their_care(viewer: Person, client: Client, way: str = "") -> Q:
    """Return the condition for a thread to be a therapist's own, or passed on to them."""
    if is_client(viewer, client) or not is_therapist_of(viewer, client):
        return Q()
    return Q((f"{way}care__therapist", viewer)) | Q((f"{way}handed_to__therapist", viewer))
