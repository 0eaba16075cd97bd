"""What client and therapist wrote to each other, and the files that went with it."""

from __future__ import annotations

import base64
from typing import Any

from django.db.models import Prefetch, Q
from django.utils import timezone

from holdfast_web.care.models import Client
from holdfast_web.correspondence.models import Attachment, Message, Thread

WHY = "a copy of what the client may have"
Facts = dict[str, Any]


def thread_facts(client: Client) -> list[Facts]:
    """Return all threads with their messages: what the client wrote, and what reached them."""
    rows = Message.objects.for_the_practice(WHY).filter(_theirs(client)).select_related("author")
    files = Attachment.objects.for_the_practice(WHY).defer("content").order_by("pk")
    rows = rows.prefetch_related(Prefetch("attachments", queryset=files))
    messages: dict[Any, list[Facts]] = {}
    for one in rows.order_by("delivered_at", "written_at", "pk"):
        messages.setdefault(one.thread_id, []).append(_message(one))
    threads = Thread.objects.for_the_practice(WHY).filter(pk__in=messages)
    return [
        {
            "about": one.about,
            "with": one.care.therapist.name,
            "begun_at": one.begun_at,
            "messages": messages[one.pk],
        }
        for one in threads.select_related("care__therapist").order_by("begun_at")
    ]


def written_files(client: Client) -> dict[str, bytes]:
    """Return the files that went with messages, by their names in the copy."""
    messages = Message.objects.for_the_practice(WHY).filter(_theirs(client))
    rows = Attachment.objects.for_the_practice(WHY).filter(message__in=messages)
    return {_place(one): base64.b64decode(one.content) for one in rows.order_by("pk")}


def _theirs(client: Client) -> Q:
    arrived = Q(delivered_at__lte=timezone.now(), taken_back_at=None)
    return Q(client=client) & (Q(author=client.person_id) | arrived)


def _message(row: Message) -> Facts:
    return {
        "words": row.words,
        "written_by": row.author.name,
        "written_at": row.written_at,
        "delivered_at": row.delivered_at,
        "read_at": row.read_at,
        "taken_back_at": row.taken_back_at,
        "files": [_place(one) for one in row.attachments.all()],
    }


def _place(row: Attachment) -> str:
    """Return a file's name in the copy; two of one name stay two."""
    return f"files/{str(row.pk)[:8]} {row.name.replace('/', '-')}"
