"""Rows: assignments, sheets to fill in, and links to a sheet."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.scope import ClinicalManager
from holdfast_web.encounters.models import Session
from holdfast_web.vault.fields import SealedField


class Assignment(models.Model):
    """An instrument that a client is asked: once, or every so many sessions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="assignments")
    instrument = models.CharField(max_length=40)
    every_sessions = models.PositiveIntegerField(null=True)
    assigned_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.COURSE

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("client", "instrument"),
                condition=models.Q(ended_at__isnull=True),
                name="an_instrument_once",
            ),
        )


class Sheet(models.Model):
    """One filled-in instrument: a check-in, a questionnaire, or the therapist's guess.

    ``answers`` maps an item's name to what was answered; ``result`` holds what it came to
    (``{"value", "lowest_item", "band", "scales"}``), written when it is handed in.
    """

    class Respondent(models.TextChoices):
        """Who answers."""

        CLIENT = "client", "the client"
        THERAPIST = "therapist", "the therapist, guessing"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="sheets")
    instrument = models.CharField(max_length=40)
    instrument_version = models.CharField(max_length=20)
    respondent = models.CharField(max_length=10, choices=Respondent, default=Respondent.CLIENT)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, related_name="sheets")
    due_at = models.DateTimeField(default=timezone.now)
    answers = SealedField(default=dict)
    result = SealedField(null=True)
    edition = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField(null=True)
    handed_in_at = models.DateTimeField(null=True)
    skipped_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.COURSE

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("session", "instrument", "respondent"), name="one_sheet_a_session"
            ),
        )
        indexes = (
            models.Index(fields=("client", "instrument", "respondent")),
            # A caseload asks for what is open; that are few of the sheets of many years.
            models.Index(
                fields=("client",),
                condition=models.Q(handed_in_at__isnull=True, skipped_at__isnull=True),
                name="open_sheets",
            ),
        )


class Link(models.Model):
    """A link to one sheet for a tablet in the waiting room: short-lived, one sheet, no more."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.COURSE
