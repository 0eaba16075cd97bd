"""Rows: sessions, session notes, private notes."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.care.earlier import KeptBack
from holdfast_web.care.models import CareRelationship, Client
from holdfast_web.care.parts import Part
from holdfast_web.care.scope import ClinicalManager
from holdfast_web.vault.fields import SealedField
from holdfast_web.vault.models import Purpose


class Session(models.Model):
    """One meeting of a client and a therapist; numbered once it was held."""

    class Status(models.TextChoices):
        """What became of it."""

        PLANNED = "planned", "planned"
        HELD = "held", "held"
        CANCELLED = "cancelled", "cancelled"
        MISSED = "missed", "missed"

    class Place(models.TextChoices):
        """Where."""

        ROOM = "room", "in the room"
        ONLINE = "online", "online"
        PHONE = "phone", "by phone"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="sessions")
    care = models.ForeignKey(CareRelationship, on_delete=models.PROTECT, related_name="sessions")
    number = models.PositiveIntegerField(null=True)
    starts_at = models.DateTimeField()
    minutes = models.PositiveIntegerField(default=50)
    place = models.CharField(max_length=8, choices=Place, default=Place.ROOM)
    status = models.CharField(max_length=10, choices=Status, default=Status.PLANNED)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.SESSIONS

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("care", "number"), name="sessions_are_numbered"),
        )


class SessionNote(models.Model):
    """What belongs to the record of a session; the client may have a copy.

    Another therapist reads it only where the client let it pass on (``handed_to``).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="notes")
    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="note")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words = SealedField()
    changed_at = models.DateTimeField(default=timezone.now)
    edition = models.PositiveIntegerField(default=1)
    handed_to = models.ForeignKey(
        CareRelationship, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.NOTES
    kept_back: ClassVar[KeptBack] = KeptBack(care="session__care", passes=True)


class PrivateNote(models.Model):
    """The therapist's own thoughts: another key, no export, nobody else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words = SealedField(purpose=Purpose.PRIVATE)
    written_at = models.DateTimeField(default=timezone.now)
    edition = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.PRIVATE_NOTES
