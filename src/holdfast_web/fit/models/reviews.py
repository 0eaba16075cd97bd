"""Rows: reviews of whether it helps."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from holdfast_web.care.models import CareRelationship, Client
from holdfast_web.care.parts import Part
from holdfast_web.care.scope import ClinicalManager
from holdfast_web.vault.fields import SealedField


class Review(models.Model):
    """Is it helping? Asked at sessions 4, 8 and 12, or because of a signal; a page for both.

    ``client_words`` and ``therapist_words`` are dictionaries by question, saved part-way; each is
    finished at ``client_at`` and ``therapist_at``, and read by the other once both are finished, or
    at once where ``client_shows`` or ``therapist_shows`` says so. ``settled`` is
    ``{"words": text, "by": id}``.
    """

    class Why(models.TextChoices):
        """Why it is time to look."""

        SESSION = "session", "after so many sessions"
        SIGNAL = "signal", "because of answers to a questionnaire"
        ASKED = "asked", "because one of the two wished it"

    class Choice(models.TextChoices):
        """What the two settled on."""

        CONTINUE = "continue", "go on as we do"
        CHANGE = "change", "go on, and change something"
        OTHER = "other", "another treatment, or something beside this"
        END = "end", "come to an end"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="reviews")
    care = models.ForeignKey(CareRelationship, on_delete=models.PROTECT, related_name="reviews")
    session_number = models.PositiveIntegerField()
    why = models.CharField(max_length=8, choices=Why)
    opened_at = models.DateTimeField(default=timezone.now)
    client_words = SealedField(null=True)
    client_at = models.DateTimeField(null=True)
    client_shows = models.BooleanField(default=False)
    client_edition = models.PositiveIntegerField(default=0)
    therapist_words = SealedField(null=True)
    therapist_at = models.DateTimeField(null=True)
    therapist_shows = models.BooleanField(default=False)
    therapist_edition = models.PositiveIntegerField(default=0)
    choice = models.CharField(max_length=10, choices=Choice, blank=True)
    settled = SealedField(null=True)
    settled_at = models.DateTimeField(null=True)
    edition = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.GOALS

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("care", "session_number"), name="one_review_a_session"),
        )
