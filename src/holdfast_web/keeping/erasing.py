"""What is left when a record is erased: nothing that was written in it, nobody's name.

Destroying the keys is what counts, as it reaches what a disk may still hold. The rows go as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from holdfast_web.accounts.models import Invitation, Person
from holdfast_web.care.models import CareRelationship, Client
from holdfast_web.vault.fields import Sealed
from holdfast_web.vault.models import ClientKey

ERASED = "Erased"
STAYS = (Client, CareRelationship, Invitation, ClientKey)
"""The tombstone, who worked with it and when; emptied, or seen to, elsewhere in this module."""


def rows_about_clients() -> Iterator[type[models.Model]]:
    """Yield every table of ours whose rows belong to one client and go with the record."""
    for model in apps.get_models():
        if model._meta.app_label == "audit" or model in STAYS:
            continue
        if any(one.attname == "client_id" for one in model._meta.concrete_fields):
            yield model


def remove_rows(client_id: UUID) -> None:
    """Remove every row of a record, whatever points at what; the database checks at the end."""
    for model in rows_about_clients():
        rows = model._base_manager.filter(client_id=client_id)
        rows._raw_delete(rows.db)


def blank_client(client: Client) -> None:
    """Leave a client's row as a tombstone."""
    now = timezone.now()
    Client._base_manager.filter(pk=client.pk).update(
        name=Sealed(b""),
        brings=None,
        phone=None,
        language="en",
        no_email=True,
        closed_at=client.closed_at or now,
        erased_at=now,
    )
    client.erased_at = now
    Invitation.objects.filter(client_id=client.pk).update(
        name=ERASED, email=_no_address(client.pk), withdrawn_at=now
    )


def blank_person(person: Person) -> None:
    """Leave an account that nobody can come in by, without a name or an address."""
    person.name, person.about, person.is_active = ERASED, "", False
    person.email = _no_address(person.pk)
    person.set_unusable_password()
    person.save()
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    Invitation.objects.filter(accepted_by=person).update(name=ERASED, email=person.email)


def flush() -> None:
    """Bring what was removed out of SQLite's log, so that the old pages are overwritten."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _no_address(key: UUID) -> str:
    """Return an address that no letter reaches (RFC 2606)."""
    return f"erased-{key.hex}@erased.invalid"
