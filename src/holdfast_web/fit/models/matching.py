"""Rows: what therapists say of themselves, and who is proposed to whom."""

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


class Profile(models.Model):
    """What a therapist says of themselves, for people who look for one.

    ``scales`` maps each scale of the C-NIP to where the therapist works on it. ``times`` are keys
    such as ``"mon-morning"``. ``limits`` are keys of whom they can't see; ``limits_words`` says
    more in their own words, for the practice. ``access`` is what their room has. ``free`` is how
    many people they could take on now.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="profile")
    about = models.CharField(max_length=600, blank=True)
    focus = models.JSONField(default=list)
    scales = models.JSONField(default=dict)
    languages = models.JSONField(default=list)
    times = models.JSONField(default=list)
    places = models.JSONField(default=list)
    limits = models.JSONField(default=list)
    limits_words = models.CharField(max_length=300, blank=True)
    access = models.JSONField(default=list)
    gender = models.CharField(max_length=24, blank=True)
    free = models.PositiveIntegerField(default=0)
    edition = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)


class Proposal(models.Model):
    """A therapist proposed to a client, with reasons in words, and what became of it.

    Without a therapist it says that the client asks the practice to choose.
    """

    class State(models.TextChoices):
        """Where it stands."""

        PROPOSED = "proposed", "proposed"
        CHOSEN = "chosen", "chosen by the client"
        CONFIRMED = "confirmed", "confirmed by the practice"
        PUT_ASIDE = "put_aside", "put aside"
        REPLACED = "replaced", "another came instead"

    class Source(models.TextChoices):
        """Where it comes from."""

        CANDIDATES = "candidates", "the client’s own choice"
        WAITING_LIST = "waiting_list", "the waiting list"
        PRACTICE = "practice", "the practice"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="proposals")
    therapist = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    reasons = SealedField(default=list)
    source = models.CharField(max_length=12, choices=Source)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.INTAKE
