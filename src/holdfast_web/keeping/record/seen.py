"""Who worked with the client, to whom was opened what, who opened the record and when."""

from __future__ import annotations

from typing import Any

from holdfast_web.audit.queries import events_about
from holdfast_web.audit.words import sentences
from holdfast_web.care.models import CareRelationship, Client, EmergencyAccess, Share
from holdfast_web.care.parts import TITLES, Part
from holdfast_web.care.records import names_of

Facts = dict[str, Any]
UNKNOWN = "{who} did something with your record."


def care_facts(client: Client) -> list[Facts]:
    """Return the care relationships."""
    rows = CareRelationship.objects.filter(client=client).select_related("therapist")
    return [
        {"therapist": one.therapist.name, "from": one.starts_at, "until": one.ends_at}
        for one in rows.order_by("starts_at")
    ]


def share_facts(client: Client) -> list[Facts]:
    """Return what was shared with a supervisor, for what and until when."""
    rows = Share.objects.filter(client=client).select_related("supervisor", "therapist")
    return [
        {
            "with": one.supervisor.name,
            "asked_by": one.therapist.name,
            "parts": [TITLES[Part(part)] for part in one.parts],
            "purpose": one.purpose,
            "asked_at": one.offered_at,
            "agreed_at": one.client_agreed_at,
            "ends_at": one.ends_at,
            "closed_at": one.withdrawn_at,
        }
        for one in rows.order_by("offered_at")
    ]


def opened_facts(client: Client) -> Facts:
    """Return every event about the record in words, and emergencies."""
    events = list(events_about(client.pk))
    names = names_of(one.actor_id for one in events if one.actor_id)
    emergencies = EmergencyAccess.objects.filter(client=client).select_related("person")
    return {
        "events": [
            {
                "at": one.at,
                "what": one.what,
                "words": sentences()
                .get(one.what, UNKNOWN)
                .format(who=names.get(one.actor_id, "Holdfast") if one.actor_id else "Holdfast"),
            }
            for one in events
        ],
        "emergencies": [
            {
                "by": one.person.name,
                "from": one.opened_at,
                "until": one.ends_at,
            }
            for one in emergencies.order_by("opened_at")
        ],
    }
