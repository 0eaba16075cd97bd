"""Reads the audit: for a client their own, for an owner the whole."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from holdfast_web.audit.models import Event
from holdfast_web.audit.witness import not_clinical


@not_clinical("events hold who and when, and no clinical text")
def events_about(client_id: UUID) -> QuerySet[Event]:
    """Return the events about a client, the latest first."""
    return Event.objects.filter(client_id=client_id).order_by("-place")


@not_clinical("as above")
def all_events() -> QuerySet[Event]:
    """Return all events, the latest first."""
    return Event.objects.order_by("-place")
