"""Rows: the practice, clients, care relationships, shares for supervision, emergency access."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.care.parts import Part
from holdfast_web.care.scope import ClinicalManager
from holdfast_web.vault.fields import SealedField


class Practice(models.Model):
    """The practice itself: one row."""

    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    country = models.CharField(max_length=2, default="GB")
    time_zone = models.CharField(max_length=40, default="Europe/London")
    crisis = models.JSONField(default=dict)
    crisis_confirmed_on = models.DateField(null=True)
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    is_demo = models.BooleanField(default=False)
    intake = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    intake_is_open = models.BooleanField(default=False)


class Client(models.Model):
    """Somebody in therapy here; what is clinical about them is sealed with their own key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, null=True, related_name="client"
    )
    name = SealedField()
    brings = SealedField(null=True)
    phone = SealedField(null=True)
    language = models.CharField(max_length=8, default="en")
    no_email = models.BooleanField(default=False)
    opened_at = models.DateTimeField(default=timezone.now)
    waits_since = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.CARE
    path_to_client: ClassVar[str] = "pk"


class CareRelationship(models.Model):
    """A client with a therapist, from a date to a date."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="care")
    therapist = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="care")
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("client",),
                condition=Q(ends_at__isnull=True),
                name="one_open_care_relationship",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="care_ends_after_it_starts",
            ),
        )


class Share(models.Model):
    """What a supervisor may see of a client: for a purpose and a time, agreed by both."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="shares")
    therapist = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    supervisor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="shares")
    parts = models.JSONField(default=list)
    purpose = SealedField()
    offered_at = models.DateTimeField(default=timezone.now)
    client_agreed_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)


class EmergencyAccess(models.Model):
    """Somebody of the practice opened a record that isn't theirs, with a reason, for an hour."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="emergencies")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="emergencies")
    reason = SealedField()
    opened_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    seen_by_owner_at = models.DateTimeField(null=True)
    seen_by_client_at = models.DateTimeField(null=True)
