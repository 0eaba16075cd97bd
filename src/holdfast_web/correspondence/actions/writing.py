"""Messages are sent: kept at once, delivered within the hours that both agreed."""

from __future__ import annotations

import base64
from typing import Any

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import is_client, require_record
from holdfast_web.correspondence.contact import Contact, contact_of
from holdfast_web.correspondence.hours import foresee
from holdfast_web.correspondence.letter import Letter
from holdfast_web.correspondence.models import Attachment, Draft, Message, Thread
from holdfast_web.correspondence.rules import (
    fits,
    may_be_for_later,
    may_go_on,
    may_go_with,
    may_write,
)
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours

NO_SUBJECT = "Without a subject"


@action
def send_message(
    *, by: Person, client: Client, letter: Letter, thread: Thread | None = None
) -> Message:
    """Send a message: in a thread, or as the beginning of one.

    Parameters
    ----------
    by
        The client or their therapist.
    client
        Whose record it belongs to.
    letter
        What is sent.
    thread
        Where; ``None`` begins one.

    Raises
    ------
    Refused
        If they didn't agree to write here, or the care has ended.
    """
    require_record(by, client, Part.MESSAGES)
    contact = contact_of(client, held=True)
    before = _sent_before(by, client, letter)
    if before is not None:
        witness("message.sent_twice", by=by, client_id=client.pk, subject=before)
        return before
    _require(by, client, letter, thread, contact)
    message = _write(by, client, letter, thread, contact)
    if not is_client(by, client):
        _waiting_in(message.thread, by).update(answered_at=message.written_at)
    _forget_draft(by, client, thread, letter)
    waits = message.delivered_at > message.written_at
    witness(
        "message.sent",
        by=by,
        client_id=client.pk,
        subject=message,
        waits=waits,
        files=len(letter.files),
    )
    return message


def _sent_before(by: Person, client: Client, letter: Letter) -> Message | None:
    rows = Message.objects.for_the_practice("what is sent twice arrives once")
    found: Message | None = rows.select_related("thread").filter(pk=letter.key).first()
    if found is not None and (found.author_id, found.client_id) != (by.pk, client.pk):
        raise NotYours
    return found


def _require(
    by: Person, client: Client, letter: Letter, thread: Thread | None, contact: Contact
) -> None:
    require(may_go_on(by, thread, contact) if thread else may_write(by, client, contact))
    require(fits(letter.words, letter.about))
    require(may_go_with(letter.files))
    require(may_be_for_later(by, client, letter.not_before, letter.at))


def _write(
    by: Person, client: Client, letter: Letter, thread: Thread | None, contact: Contact
) -> Message:
    assert contact.hours is not None  # noqa: S101 - they agreed on when messages are read
    mine = is_client(by, client)
    told = foresee(letter.at, contact.hours, contact.within if mine else None, letter.not_before)
    message = Message(
        pk=letter.key,
        client=client,
        thread=thread or _begin(by, client, letter, contact),
        author=by,
        words=letter.words.strip(),
        written_at=letter.at,
        delivered_at=told.delivered_at,
        answer_by=told.answer_by,
    )
    message.save(force_insert=True)
    for one in letter.files:
        content = base64.b64encode(one.data).decode()
        row = Attachment(client=client, message=message, name=one.name, kind=one.kind)
        row.size, row.content = len(one.data), content
        row.save()
    return message


def _begin(by: Person, client: Client, letter: Letter, contact: Contact) -> Thread:
    about = " ".join(letter.about.split()) or NO_SUBJECT
    thread = Thread(client=client, care=contact.care, about=about, begun_by=by)
    thread.begun_at = letter.at
    thread.save()
    return thread


def _waiting_in(thread: Thread, reader: Person) -> Any:
    """Return what an answer answers: what has arrived, and wasn't answered or taken back."""
    rows = Message.objects.seen_by(reader, of=thread.client_id)
    arrived = rows.filter(thread=thread, answer_by__isnull=False, taken_back_at=None)
    return arrived.filter(answered_at=None, read_at__isnull=False)


def _forget_draft(by: Person, client: Client, thread: Thread | None, letter: Letter) -> None:
    """Remove the draft of what was sent; one that another window has changed stays."""
    rows = Draft.objects.seen_by(by, of=client.pk).filter(author=by, thread=thread)
    for draft in rows.filter(client=client):
        if draft.edition == letter.edition or draft.words.strip() == letter.words.strip():
            Draft.objects.seen_by(by, of=client.pk).filter(pk=draft.pk).delete()
