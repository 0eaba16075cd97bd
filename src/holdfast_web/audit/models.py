"""Rows: events in a chain, and the chain's head. Nothing here is ever changed or removed."""

from __future__ import annotations

from django.db import models

from holdfast_web.lib.refusals import PracticeError


class Event(models.Model):
    """Something that a person did or saw; holds no clinical text."""

    place = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    what = models.CharField(max_length=60)
    actor_id = models.UUIDField(null=True)
    client_id = models.UUIDField(null=True)
    subject = models.CharField(max_length=100, blank=True)
    facts = models.JSONField(default=dict)
    seal = models.CharField(max_length=64)

    class Meta:
        indexes = (models.Index(fields=("client_id", "-place"), name="events_of_a_client"),)

    def save(self, *args: object, **kwargs: object) -> None:  # noqa: ARG002
        """Refuse: events are written by ``audit.chain`` alone."""
        raise PracticeError("An event is written once, by the audit's chain, and never changed.")

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:  # noqa: ARG002
        """Refuse."""
        raise PracticeError("Events of the audit are never removed.")


class Head(models.Model):
    """How long the chain is and how it ends: one row, sealed like an event."""

    length = models.BigIntegerField()
    seal = models.CharField(max_length=64)
    own_seal = models.CharField(max_length=64)
