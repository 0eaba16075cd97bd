"""Rows: what a therapist says of the coder's codes, beside them and never over them."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.analysis.models.analyses import Analysis
from holdfast_web.care.earlier import KeptBack
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.scope import ClinicalManager
from holdfast_web.vault.fields import SealedField


class Correction(models.Model):
    """A person's code for one utterance; the latest for an utterance and a code counts.

    ``value`` is the label, a list of labels, or ``None`` where nothing should stand. ``taken_back``
    leaves the machine's code as it was.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    analysis = models.ForeignKey(Analysis, on_delete=models.PROTECT, related_name="corrections")
    utterance = models.PositiveIntegerField()
    code = models.CharField(max_length=40)
    value = SealedField(null=True)
    taken_back = models.BooleanField(default=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.TRANSCRIPTS
    kept_back: ClassVar[KeptBack] = KeptBack(care="analysis__transcript__session__care")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("analysis", "utterance", "code", "at"), name="one_correction_is_the_latest"
            ),
        )

    @property
    def told(self) -> tuple[int, str, Any, bool]:
        """What was said, as ``corrected.own_codes`` takes it."""
        return self.utterance, self.code, self.value, self.taken_back


class ReadThrough(models.Model):
    """A person has read these utterances with their codes: what wasn't corrected stands as right.

    Without it, agreement would be counted over errors alone. ``blind`` means that they gave their
    own codes before they saw the machine's: then only what they gave is theirs.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    analysis = models.ForeignKey(Analysis, on_delete=models.PROTECT, related_name="read_through")
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    blind = models.BooleanField(default=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.TRANSCRIPTS
    kept_back: ClassVar[KeptBack] = KeptBack(care="analysis__transcript__session__care")


class Tally(models.Model):
    """Of one reading: how often the machine and the person who read its lines said the same.

    ``counts`` maps each code to a list of what the machine said, what the person said, and on how
    many lines: no words, and no line. It is made anew with every correction, so that agreement over
    many sessions needs no session to be opened. ``blind_counts`` is the same of lines that the
    person had coded before they saw the machine's codes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    analysis = models.OneToOneField(Analysis, on_delete=models.PROTECT, related_name="tally")
    at = models.DateTimeField(default=timezone.now)
    lines = models.PositiveIntegerField()
    counts = SealedField()
    blind_lines = models.PositiveIntegerField(default=0)
    blind_counts = SealedField(null=True)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.TRANSCRIPTS
