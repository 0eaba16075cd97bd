"""Rows: signals and what was done about them, ruptures, answers that a person must see."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.care.earlier import KeptBack
from holdfast_web.care.models import CareRelationship, Client
from holdfast_web.care.parts import Part
from holdfast_web.care.scope import ClinicalManager
from holdfast_web.measures.models.asked import Sheet
from holdfast_web.vault.fields import SealedField


class Signal(models.Model):
    """Something in a course that is worth a person's attention, and what they made of it.

    ``told`` is ``{"title", "reason", "figures"}`` as it was when the signal came;
    ``intent`` is what the therapist will do; ``outcome`` how it looked afterwards.
    """

    class Status(models.TextChoices):
        """Where it stands."""

        OPEN = "open", "open"
        ANSWERED = "answered", "answered"
        CLOSED = "closed", "followed up"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="signals")
    instrument = models.CharField(max_length=40)
    name = models.CharField(max_length=40)
    attention = models.CharField(max_length=8)
    session_number = models.PositiveIntegerField()
    told = SealedField()
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    came_at = models.DateTimeField(default=timezone.now)
    first_read_at = models.DateTimeField(null=True)
    intent = SealedField(null=True)
    by_when = models.DateField(null=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    outcome = SealedField(null=True)
    closed_at = models.DateTimeField(null=True)
    edition = models.PositiveIntegerField(default=1)
    handed_to = models.ForeignKey(
        CareRelationship, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.SIGNALS
    kept_back: ClassVar[KeptBack] = KeptBack(at="came_at", passes=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("client", "instrument", "name", "session_number"), name="a_signal_once"
            ),
        )


class Rupture(models.Model):
    """The rupture log: a strain in the relationship, and the steps towards repair.

    ``steps`` is a list of ``{"on": date, "words": text}``.
    """

    class Kind(models.TextChoices):
        """How it showed (Rupture Resolution Rating System's two kinds)."""

        WITHDRAWAL = "withdrawal", "moving away"
        CONFRONTATION = "confrontation", "moving against"
        BOTH = "both", "both"
        UNCLEAR = "unclear", "not clear yet"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="ruptures")
    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, null=True, related_name="ruptures")
    session_number = models.PositiveIntegerField()
    kind = models.CharField(max_length=14, choices=Kind, default=Kind.UNCLEAR)
    what = SealedField()
    steps = SealedField(default=list)
    resolved_on = models.DateField(null=True)
    logged_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    logged_at = models.DateTimeField(default=timezone.now)
    edition = models.PositiveIntegerField(default=1)
    handed_to = models.ForeignKey(
        CareRelationship, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.SIGNALS
    kept_back: ClassVar[KeptBack] = KeptBack(at="logged_at", passes=True)


class SafetyAnswer(models.Model):
    """An answer that a person must see, whatever the total; acknowledged with a name and a time.

    ``sheet`` is empty where it was told outside a questionnaire, as in an intake.
    ``told`` is ``{"instrument", "item", "kind", "title", "answer"}``; ``mailed_at`` is when
    somebody was told by e-mail that there is one; ``done`` what was done about it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="safety_answers")
    sheet = models.ForeignKey(
        Sheet, on_delete=models.PROTECT, null=True, related_name="safety_answers"
    )
    told = SealedField()
    urgent = models.BooleanField(default=True)
    came_at = models.DateTimeField(default=timezone.now)
    mailed_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    acknowledged_at = models.DateTimeField(null=True)
    done = SealedField(null=True)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.SIGNALS
