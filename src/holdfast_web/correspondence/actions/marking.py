"""Messages are read, taken back, noted as needing no answer."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import is_client, is_of_the_two, require_record
from holdfast_web.correspondence.models import Message
from holdfast_web.correspondence.rules import may_settle, may_take_back
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours, Stale


@action
def read_messages(*, by: Person, client: Client, messages: Collection[UUID]) -> int:
    """Note that messages were read by whom they were written to; the writer sees that."""
    require_record(by, client, Part.MESSAGES)
    require(is_of_the_two(by, client))
    now = timezone.now()
    rows = Message.objects.seen_by(by, of=client.pk).filter(pk__in=messages, delivered_at__lte=now)
    if not is_client(by, client):
        # Whoever reads an old thread that was passed on isn't whom it was written to.
        rows = rows.filter(thread__care__therapist=by)
    read: int = rows.exclude(author=by).filter(read_at=None, taken_back_at=None).update(read_at=now)
    witness("message.read", by=by, client_id=client.pk, messages=read)
    return read


@action
def take_back(*, by: Person, message: Message) -> Message:
    """Take an unread message back: its reader never sees it."""
    held = _held(by, message)
    if held.read_at is not None and held.author_id == by.pk:
        raise Stale(may_take_back(by, held).reason)
    require(may_take_back(by, held))
    held.taken_back_at = timezone.now()
    held.save(update_fields=("taken_back_at",))
    rows = Message.objects.seen_by(by, of=held.client_id)
    rows.filter(thread=held.thread_id, answered_at=held.written_at).update(answered_at=None)
    witness("message.taken_back", by=by, client_id=held.client_id, subject=held)
    return held


@action
def settle(*, by: Person, message: Message) -> Message:
    """Note that a client's message needs no answer; the client sees that."""
    held = _held(by, message)
    require(may_settle(by, held))
    held.answered_at = timezone.now()
    held.save(update_fields=("answered_at",))
    witness("message.settled", by=by, client_id=held.client_id, subject=held)
    return held


def _held(by: Person, message: Message) -> Message:
    """Return the row as it is now, held."""
    rows = Message.objects.seen_by(by, of=message.client_id).select_for_update(of=("self",))
    held: Message | None = (
        rows.select_related("client", "thread__care").filter(pk=message.pk).first()
    )
    if held is None:
        raise NotYours
    return held
