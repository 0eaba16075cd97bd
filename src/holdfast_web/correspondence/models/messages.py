"""Rows: threads, messages, drafts, attachments."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.care.models import CareRelationship, Client
from holdfast_web.care.parts import Part
from holdfast_web.care.scope import ClinicalManager
from holdfast_web.vault.fields import SealedField


class Thread(models.Model):
    """A conversation in writing between a client and their therapist.

    It belongs to the care in which it was begun; the therapist of another care reads it only where
    the client let it pass on (``handed_to``).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="threads")
    care = models.ForeignKey(CareRelationship, on_delete=models.PROTECT, related_name="threads")
    about = SealedField()
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    handed_to = models.ForeignKey(
        CareRelationship, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.MESSAGES


class Message(models.Model):
    """One message. It is delivered at ``delivered_at``: at once, or when the agreed hours begin.

    One of the client's has an ``answer_by``; ``answered_at`` is when the therapist wrote next, or
    said that it needs no answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words = SealedField()
    written_at = models.DateTimeField(default=timezone.now)
    delivered_at = models.DateTimeField()
    answer_by = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    noticed_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.MESSAGES

    class Meta:
        # All that a menu's count asks for: it is on every page, and reads no row for it.
        indexes = (
            models.Index(
                fields=(
                    "thread",
                    "delivered_at",
                    "read_at",
                    "taken_back_at",
                    "answered_at",
                    "answer_by",
                    "author",
                ),
                name="messages_of_a_thread",
            ),
        )


class Draft(models.Model):
    """What somebody has begun to write: one for each thread, and one for a new one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, null=True, related_name="+")
    about = SealedField(default=str)
    words = SealedField(default=str)
    saved_at = models.DateTimeField(default=timezone.now)
    edition = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.MESSAGES

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("client", "author", "thread"),
                name="one_draft_a_thread",
                nulls_distinct=False,
            ),
        )


class Attachment(models.Model):
    """A file of a message; its name and its bytes (as base64) are sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attachments")
    name = SealedField()
    kind = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    content = SealedField()

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.MESSAGES
