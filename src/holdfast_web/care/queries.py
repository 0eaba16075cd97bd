"""Clients by name, for those who may know it; care relationships and emergencies, as counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.accounts.rules import runs_the_practice
from holdfast_web.audit.models import Event
from holdfast_web.audit.witness import clinical_read, not_clinical, witness, witness_each
from holdfast_web.care.models import CareRelationship, Client, EmergencyAccess
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import Refused
from holdfast_web.vault.keys import open_keys

SEARCHED = "clients.searched"
MOST_SEARCHES, WITHIN = 10, timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ClientInCare:
    """A client as the owner sees them: a name, a therapist, since when; nothing of the record."""

    client_id: UUID
    care_id: UUID
    name: str
    therapist: str
    since: datetime
    has_come_in: bool


@clinical_read
def clients_in_care(*, viewer: Person) -> tuple[ClientInCare, ...]:
    """Return all open care relationships for the owner, by the client's name."""
    require(runs_the_practice(viewer))
    rows = list(
        CareRelationship.objects.filter(ends_at=None, client__erased_at=None).select_related(
            "client", "therapist"
        )
    )
    witness("clients.listed", by=viewer, clients=len(rows))
    open_keys(row.client_id for row in rows)
    found = (
        ClientInCare(
            client_id=row.client_id,
            care_id=row.pk,
            name=row.client.name,
            therapist=row.therapist.name,
            since=row.starts_at,
            has_come_in=row.client.person_id is not None,
        )
        for row in rows
    )
    return tuple(sorted(found, key=lambda one: one.name.casefold()))


@clinical_read
def client_named(name: str, *, viewer: Person) -> Client | None:
    """Return the one client of exactly this name, for an emergency; ``None`` if there isn't one.

    Raises
    ------
    Refused
        If many names were tried lately: who is a client here isn't to be found out.
    """
    lately = Event.objects.filter(what=SEARCHED, actor_id=viewer.pk, at__gt=timezone.now() - WITHIN)
    if lately.count() >= MOST_SEARCHES:
        raise Refused("You have looked for many names within an hour. Please ring the practice.")
    witness(SEARCHED, by=viewer)
    rows = list(Client.objects.for_the_practice("an emergency").filter(erased_at=None))
    open_keys(row.pk for row in rows)
    wanted = name.strip().casefold()
    found = [row for row in rows if row.name.casefold() == wanted]
    return found[0] if len(found) == 1 else None


@clinical_read
def emergencies_unseen(*, viewer: Person) -> tuple[EmergencyAccess, ...]:
    """Return the emergency accesses that no owner has looked at yet, with their reasons."""
    require(runs_the_practice(viewer))
    rows = EmergencyAccess.objects.filter(seen_by_owner_at=None).select_related("client", "person")
    found = tuple(rows.order_by("opened_at"))
    clients = dict.fromkeys(one.client_id for one in found)
    witness_each("emergency.reason_read", by=viewer, client_ids=clients)
    open_keys(clients)
    return found


@not_clinical("that a record was opened, shown to the client whose it is")
def emergencies_of(client: Client) -> QuerySet[EmergencyAccess]:
    """Return the emergency accesses to a client's record that the client hasn't seen yet."""
    return EmergencyAccess.objects.filter(client=client, seen_by_client_at=None).select_related(
        "person"
    )
