"""Rows: endings."""

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


class Ending(models.Model):
    """A planned ending: what was gained, how the two worked, what is there afterwards.

    ``client_words`` and ``therapist_words`` are dictionaries by question; each is shown to the
    other once both have written, or its writer chose to show it (``client_shows``). ``after`` is
    what was agreed for the time after: ``{"words", "open_until"}``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="endings")
    care = models.OneToOneField(CareRelationship, on_delete=models.PROTECT, related_name="ending")
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    last_on = models.DateField(null=True)
    client_words = SealedField(null=True)
    therapist_words = SealedField(null=True)
    client_shows = models.BooleanField(default=False)
    therapist_shows = models.BooleanField(default=False)
    after = SealedField(null=True)
    after_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    edition = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.GOALS
