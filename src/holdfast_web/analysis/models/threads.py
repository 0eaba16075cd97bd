"""Rows: what a therapist says of a thread, so that it isn't shown again and again."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.analysis.models.transcripts import Transcript
from holdfast_web.care.earlier import KeptBack
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.scope import ClinicalManager


class ThreadAnswer(models.Model):
    """A thread was taken up, or isn't for now; ``utterance`` is the line that it begins with.

    It is tied to the line and not to a reading: a newer reading doesn't ask again.
    """

    class Answer(models.TextChoices):
        """What became of it."""

        TAKEN_UP = "taken_up", "taken up"
        NOT_NOW = "not_now", "not now"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    transcript = models.ForeignKey(Transcript, on_delete=models.PROTECT, related_name="threads")
    utterance = models.PositiveIntegerField()
    answer = models.CharField(max_length=10, choices=Answer)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.TRANSCRIPTS
    kept_back: ClassVar[KeptBack] = KeptBack(care="transcript__session__care")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("transcript", "utterance"), name="one_answer_to_a_thread"
            ),
        )
