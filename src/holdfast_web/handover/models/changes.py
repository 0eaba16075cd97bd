"""Rows: changes of therapist."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.care.models import CareRelationship, Client
from holdfast_web.care.parts import Part
from holdfast_web.care.scope import ClinicalManager
from holdfast_web.encounters.models import Session
from holdfast_web.vault.fields import SealedField


class HandOver(models.Model):
    """A change of therapist: asked for by the client, or needed by the practice.

    ``told`` is a dictionary of who may know what (``therapist``: ``"nothing"``, ``"that"`` or
    ``"why"``; the same for ``next`` and ``practice``). ``passes`` lists what the client lets pass
    on, document by document (``{"kind", "id"}``). ``letter`` is short, and both can read it;
    ``letter_asked`` is what the client would like to be different in it. ``reason`` is
    ``{"kinds", "words"}``, both as the client likes. ``practice_words`` is what the practice tells
    the client where the change is its own need (``by_practice``). ``practice_chooses`` is whether
    the client leaves it to the practice who comes next.
    """

    class State(models.TextChoices):
        """Where it stands."""

        ASKED = "asked", "asked for"
        PREPARED = "prepared", "being prepared"
        AGREED = "agreed", "agreed"
        DONE = "done", "done"
        TAKEN_BACK = "taken_back", "taken back"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="hand_overs")
    care = models.ForeignKey(CareRelationship, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=12, choices=State, default=State.ASKED)
    by_practice = models.BooleanField(default=False)
    practice_words = SealedField(null=True)
    practice_chooses = models.BooleanField(default=False)
    reason = SealedField(null=True)
    told = SealedField(default=dict)
    passes = SealedField(default=list)
    letter = SealedField(null=True)
    letter_asked = SealedField(null=True)
    letter_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    goodbye = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, related_name="+")
    starts_at = models.DateTimeField(null=True)
    next_care = models.ForeignKey(
        CareRelationship, on_delete=models.PROTECT, null=True, related_name="+"
    )
    declined_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    client_agreed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    edition = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.CARE

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("client",),
                condition=models.Q(state__in=("asked", "prepared", "agreed")),
                name="one_hand_over_at_a_time",
            ),
        )
