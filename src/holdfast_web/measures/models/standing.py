"""Row: where a relationship stands, ready for the caseload."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models

from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.scope import ClinicalManager
from holdfast_web.vault.fields import SealedField


class Standing(models.Model):
    """What a caseload shows of a client, worked out when something is handed in.

    ``trend`` is ``{"values": the last check-ins, null where one was skipped, "last", "usual"}``.
    It can be made anew from the sheets at any time.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.OneToOneField(Client, on_delete=models.PROTECT, related_name="standing")
    trend = SealedField(default=dict)
    changed_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[Any] = ClinicalManager()
    part: ClassVar[Part] = Part.COURSE
