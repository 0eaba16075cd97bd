"""One thread, page by page: its messages, what became of each, and the files that go with them."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import clinical_read, not_clinical, witness
from holdfast_web.care.models import Client
from holdfast_web.correspondence.kinds import TITLES, Enclosed
from holdfast_web.correspondence.models import Attachment, Message, Thread
from holdfast_web.correspondence.rules import may_settle, may_take_back
from holdfast_web.correspondence.seeing import messages_open_to
from holdfast_web.lib.decision import Decision
from holdfast_web.lib.refusals import NotYours

A_PAGE = 30
ORDER = ("-delivered_at", "-written_at", "-pk")
CHANGING = ("pk", "read_at", "taken_back_at", "answered_at", "delivered_at", "answer_by")


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file of a message; its bytes are read only when somebody asks for them."""

    id: UUID
    name: str
    kind: str
    kilobytes: int


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message as a page shows it."""

    id: UUID
    mine: bool
    author: str
    words: str
    written_at: datetime
    delivered_at: datetime
    waits: bool
    answer_by: datetime | None
    overdue: bool
    answered_at: datetime | None
    read_at: datetime | None
    taken_back_at: datetime | None
    files: tuple[FileLine, ...]
    may_take_back: Decision
    may_settle: Decision


@dataclass(frozen=True, slots=True)
class Talk:
    """A page of a thread, the earliest first.

    Attributes
    ----------
    earlier
        Where the page before it ends; ``None`` on the first.
    seen
        What stands on it, as a short text that changes with it.
    """

    about: str
    messages: tuple[MessageView, ...]
    earlier: UUID | None
    seen: str


@not_clinical("which messages of a page are new to somebody; shows none of them")
def new_to(viewer: Person, thread: Thread, *, before: UUID | None = None) -> tuple[UUID, ...]:
    """Return the messages of a page that have arrived for somebody and weren't read yet."""
    rows = _page(viewer, thread, before).values_list("pk", "author_id", "read_at", "delivered_at")
    now = timezone.now()
    return tuple(
        pk
        for pk, author, read_at, arrives in rows
        if author != viewer.pk and read_at is None and arrives <= now
    )


@not_clinical("whether anything has changed; shows nothing of it")
def seen_in(thread: Thread, *, viewer: Person) -> str:
    """Return what stands on the last page of a thread, as a text that changes with it."""
    now = timezone.now()
    return _digest(_page(viewer, thread, None).values_list(*CHANGING), now)


@clinical_read
def talk_in(thread: Thread, *, viewer: Person, before: UUID | None = None) -> Talk:
    """Return a page of a thread; the last one, or the one before a message."""
    witness("messages.viewed", by=viewer, client_id=thread.client_id)
    now = timezone.now()
    files = Attachment.objects.seen_by(viewer, of=thread.client_id).defer("content").order_by("pk")
    rows = _page(viewer, thread, before, more=1).select_related("author", "client", "thread__care")
    found = list(rows.prefetch_related(Prefetch("attachments", queryset=files)))
    shown = found[:A_PAGE]
    return Talk(
        about=thread.about,
        messages=tuple(_view(one, viewer, now) for one in reversed(shown)),
        earlier=shown[-1].pk if len(found) > A_PAGE else None,
        seen=_digest((attrgetter(*CHANGING)(one) for one in shown), now),
    )


@not_clinical("finds the row for an action that checks who may; shows nothing of it")
def message_row(message_id: UUID, client: Client, *, viewer: Person) -> Message:
    """Return a message, if somebody may see it."""
    rows = messages_open_to(viewer, client, timezone.now()).select_related("client", "thread__care")
    found: Message | None = rows.filter(pk=message_id).first()
    if found is None:
        raise NotYours
    return found


@clinical_read
def file_of(attachment_id: UUID, client: Client, *, viewer: Person) -> Enclosed:
    """Return a file, if somebody may see the message that it goes with."""
    rows = Attachment.objects.seen_by(viewer, of=client.pk).filter(pk=attachment_id)
    found: Attachment | None = rows.first()
    seen = messages_open_to(viewer, client, timezone.now())
    if found is None or not seen.filter(pk=found.message_id).exists():
        raise NotYours
    witness("message.file_opened", by=viewer, client_id=client.pk, subject=found)
    return Enclosed(found.name, found.kind, base64.b64decode(found.content))


def _page(viewer: Person, thread: Thread, before: UUID | None, more: int = 0) -> Any:
    """Return the rows of a page, the latest first."""
    rows = messages_open_to(viewer, thread.client, timezone.now()).filter(thread=thread)
    if before is not None:
        last = rows.filter(pk=before).values_list("delivered_at", "written_at", "pk").first()
        if last is None:
            raise NotYours
        rows = rows.filter(_ahead_of(*last))
    return rows.order_by(*ORDER)[: A_PAGE + more]


def _ahead_of(delivered_at: datetime, written_at: datetime, pk: UUID) -> Q:
    same_time = Q(delivered_at=delivered_at)
    return (
        Q(delivered_at__lt=delivered_at)
        | (same_time & Q(written_at__lt=written_at))
        | (same_time & Q(written_at=written_at, pk__lt=pk))
    )


def _digest(rows: Iterable[tuple[Any, ...]], now: datetime) -> str:
    """Return what stands on a page, by the fields of its messages that may change."""
    facts = [(*changed, arrives <= now, bool(due and due < now)) for *changed, arrives, due in rows]
    told = repr([tuple(str(one) for one in each) for each in facts])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _view(row: Message, viewer: Person, now: datetime) -> MessageView:
    return MessageView(
        id=row.pk,
        mine=row.author_id == viewer.pk,
        author=row.author.name,
        words=row.words,
        written_at=row.written_at,
        delivered_at=row.delivered_at,
        waits=row.delivered_at > now,
        answer_by=row.answer_by,
        overdue=bool(row.answer_by and row.answer_by < now and row.answered_at is None),
        answered_at=row.answered_at,
        read_at=row.read_at,
        taken_back_at=row.taken_back_at,
        files=tuple(_file(one) for one in row.attachments.all()),
        may_take_back=may_take_back(viewer, row),
        may_settle=may_settle(viewer, row),
    )


def _file(row: Attachment) -> FileLine:
    return FileLine(row.pk, row.name, TITLES[row.kind], max(1, round(row.size / 1024)))
