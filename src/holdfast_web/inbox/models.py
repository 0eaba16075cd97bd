"""Rows: what a client says doesn't feel right."""

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


class Concern(models.Model):
    """Something that doesn't feel right: no reason needed, answered by a person.

    One ``to_practice`` is read by the practice's deputy; the therapist does not see it.
    """

    class Wants(models.TextChoices):
        """What the client would like."""

        TALK = "talk", "talk about it in the next session"
        SOMEONE = "someone", "talk with somebody else of the practice"
        ELSE = "else", "another therapist"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="concerns")
    words = SealedField(null=True)
    wants = models.CharField(max_length=8, choices=Wants)
    to_practice = models.BooleanField(default=False)
    said_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answer = SealedField(null=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer_read_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.CONCERNS
