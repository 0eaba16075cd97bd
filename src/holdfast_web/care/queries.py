"""Clients by name, for those who may know it; care relationships and emergencies, as counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from holdfast_web.accounts.models import Person
from holdfast_web.accounts.rules import runs_the_practice
from holdfast_web.audit.witness import clinical_read, not_clinical, witness
from holdfast_web.care.models import CareRelationship, Client, EmergencyAccess
from holdfast_web.lib.decision import require
from holdfast_web.vault.keys import open_keys


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
    """Return the one client of exactly this name, for an emergency; ``None`` if there isn't one."""
    witness("clients.searched", by=viewer)
    rows = list(Client.objects.for_the_practice("an emergency").filter(erased_at=None))
    open_keys(row.pk for row in rows)
    wanted = name.strip().casefold()
    found = [row for row in rows if row.name.casefold() == wanted]
    return found[0] if len(found) == 1 else None


@not_clinical("who opened a record in an emergency; the reason is shown to the owner alone")
def emergencies_unseen() -> QuerySet[EmergencyAccess]:
    """Return the emergency accesses that no owner has looked at yet."""
    return (
        EmergencyAccess.objects.filter(seen_by_owner_at=None)
        .select_related("client", "person")
        .order_by("opened_at")
    )


@not_clinical("that a record was opened, shown to the client whose it is")
def emergencies_of(client: Client) -> QuerySet[EmergencyAccess]:
    """Return the emergency accesses to a client's record that the client hasn't seen yet."""
    return EmergencyAccess.objects.filter(client=client, seen_by_client_at=None).select_related(
        "person"
    )
