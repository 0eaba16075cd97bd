"""Rows: intakes."""

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


class Intake(models.Model):
    """What somebody tells who asks for help: saved part-way, answered by a clinician.

    Its questionnaires are ordinary sheets of the client. ``said`` holds the rest as a dictionary:
    ``brings``, ``hopes`` (texts), ``problems`` (keys, the most important first), ``answers`` (to
    our own questions, by key), ``practical`` (see ``fit.practical``), ``contact``, ``sheets`` (ids
    by instrument), ``done`` (pages that were sent, answered or not) and ``went_on`` (rules after
    which the person went on). ``result`` is the assessment as it was shown when it was handed in.
    ``token_hash`` opens it to the person without an account until ``ends_at``.
    """

    class Decision(models.TextChoices):
        """What a clinician decided; the rules only say what to think about."""

        BEGIN = "begin", "supportive therapy here"
        TOGETHER = "together", "supportive therapy here, together with something else"
        ELSEWHERE = "elsewhere", "something else first"
        TALK = "talk", "a talk first"

    class Urgency(models.IntegerChoices):
        """How soon a clinician wants them seen; nothing infers it."""

        USUAL = 0, "in turn"
        SOON = 1, "soon"
        FIRST = 2, "before others"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.OneToOneField(Client, on_delete=models.PROTECT, related_name="intake")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    said = SealedField(default=dict)
    edition = models.PositiveIntegerField(default=1)
    stopped_at = models.DateTimeField(null=True)
    handed_in_at = models.DateTimeField(null=True)
    result = SealedField(null=True)
    disagrees = SealedField(null=True)
    seen_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    urgency = models.PositiveSmallIntegerField(choices=Urgency, default=Urgency.USUAL)
    decision_words = SealedField(null=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.INTAKE
