"""What a client settles on their own pages: how they are reached, what they have taken note of."""

from __future__ import annotations

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.models import Client, EmergencyAccess
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import is_client, require_record
from holdfast_web.lib.decision import require


@action
def set_contact(*, by: Person, client: Client, no_email: bool, phone: str = "") -> Client:
    """Say whether e-mails may come, and on which number the therapist may ring.

    Parameters
    ----------
    no_email
        Whether no e-mail is wanted, not even one without content.
    phone
        A number, or nothing.
    """
    require_record(by, client, Part.CARE)
    require(is_client(by, client))
    client.no_email, client.phone = no_email, phone.strip() or None
    client.save(update_fields=("no_email", "phone"))
    witness("contact.set", by=by, client_id=client.pk, subject=client)
    return client


@action
def note_emergencies(*, by: Person, client: Client) -> int:
    """Note that the client has read who opened their record in an emergency; return how many."""
    require_record(by, client, Part.CARE)
    require(is_client(by, client))
    rows = EmergencyAccess.objects.filter(client=client, seen_by_client_at=None)
    noted = rows.update(seen_by_client_at=timezone.now())
    witness("emergency.seen", by=by, client_id=client.pk, count=noted)
    return noted
