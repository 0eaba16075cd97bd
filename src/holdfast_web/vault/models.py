"""Rows: the wrapped keys of clients."""

from __future__ import annotations

import uuid

from django.db import models


class Purpose(models.TextChoices):
    """What a client's key is for: private notes have a key of their own."""

    RECORD = "record", "the record"
    PRIVATE = "private", "private notes"


class ClientKey(models.Model):
    """A client's key, wrapped with a practice key; erasing a client destroys it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client_id = models.UUIDField()
    purpose = models.CharField(max_length=10, choices=Purpose)
    wrapped = models.BinaryField()
    practice_key = models.CharField(max_length=16)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("client_id", "purpose"), name="one_key_per_purpose"),
        )
