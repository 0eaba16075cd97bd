"""Rows: analyses, each a reading of one edition of a transcript by one model."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.analysis.models.transcripts import Transcript
from holdfast_web.care.earlier import KeptBack
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.scope import ClinicalManager
from holdfast_web.vault.fields import SealedField


class Analysis(models.Model):
    """One reading: waiting, at work, or with its findings, which never change afterwards.

    ``findings`` is the engine's record as data (``holdfast.record/1``) of the masked words.
    ``gist`` is the small part of them that pages over many sessions read (``engine.gist``).
    ``beats_at`` is when a worker last said that it is still at it.
    """

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", "waiting"
        RUNNING = "running", "reading"
        DONE = "done", "done"
        FAILED = "failed", "failed"
        CANCELLED = "cancelled", "cancelled"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    transcript = models.ForeignKey(Transcript, on_delete=models.PROTECT, related_name="analyses")
    edition = models.PositiveIntegerField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField(null=True)
    beats_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    read = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=24, blank=True)
    findings = SealedField(null=True)
    gist = SealedField(null=True)
    engine = models.CharField(max_length=24, blank=True)
    model = models.CharField(max_length=64, blank=True)
    codebook = models.CharField(max_length=64, blank=True)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.TRANSCRIPTS
    kept_back: ClassVar[KeptBack] = KeptBack(care="transcript__session__care")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("transcript",),
                condition=Q(state__in=("waiting", "running")),
                name="one_reading_at_a_time",
            ),
        )
