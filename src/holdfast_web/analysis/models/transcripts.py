"""Rows: transcripts."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.care.earlier import KeptBack
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.scope import ClinicalManager
from holdfast_web.encounters.models import Session
from holdfast_web.vault.fields import SealedField


class Transcript(models.Model):
    """What was said in a session, as it was brought in and as its lines were mended since.

    ``lines`` holds a dictionary for each utterance: ``speaker``, ``text``, ``line`` (of the file),
    ``start`` and ``end`` in seconds or ``None``, and ``role`` where a line's role was set by hand.
    ``roles`` maps each speaker to ``"therapist"``, ``"client"`` or ``"other"``; it is empty until a
    person has said who is who. ``fingerprint`` tells the same file brought twice, and nothing else:
    it is keyed. Every mending of lines or roles is a new edition.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="transcripts")
    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="transcript")
    brought_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField(default=timezone.now)
    kept_until = models.DateField(null=True)
    format = models.CharField(max_length=24)
    fingerprint = models.CharField(max_length=64, db_index=True)
    lines = SealedField()
    roles = SealedField()
    notes = SealedField()
    utterances = models.PositiveIntegerField()
    seconds = models.FloatField(null=True)
    edition = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.TRANSCRIPTS
    kept_back: ClassVar[KeptBack] = KeptBack(care="session__care")
