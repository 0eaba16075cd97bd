"""Rows: goals, and what helps."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.scope import ClinicalManager
from holdfast_web.vault.fields import SealedField


class Goal(models.Model):
    """Something the client wants, in their words.

    ``progress`` is a list of ``{"on": date, "value": 0-10, "words": text}``: how far it feels.
    """

    class Status(models.TextChoices):
        """Where it stands."""

        ACTIVE = "active", "working on it"
        REACHED = "reached", "reached"
        ASIDE = "aside", "put aside"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="goals")
    words = SealedField()
    progress = SealedField(default=list)
    status = models.CharField(max_length=8, choices=Status, default=Status.ACTIVE)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    edition = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.GOALS


class Help(models.Model):
    """Something that may help: a coping strategy, written together, tried, kept or dropped.

    ``tried`` is a list of ``{"on": date, "words": text, "helped": true, false or null}``.
    """

    class Status(models.TextChoices):
        """Where it stands."""

        TRYING = "trying", "trying it"
        KEPT = "kept", "it helps"
        DROPPED = "dropped", "not for me"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="helps")
    words = SealedField()
    tried = SealedField(default=list)
    status = models.CharField(max_length=8, choices=Status, default=Status.TRYING)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    edition = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.GOALS
