"""What people do with care: open a client's record, begin and end a care relationship."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from holdfast_web.accounts.models import Person, Role
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.access import forget_access
from holdfast_web.care.models import CareRelationship, Client
from holdfast_web.care.rules import may_invite
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import Refused
from holdfast_web.vault.keys import make_keys


@action
def open_record(
    *, by: Person, name: str, therapist: Person, brings: str | None = None
) -> CareRelationship:
    """Open a client's record, with keys of its own, in the care of a therapist.

    Raises
    ------
    Refused
        If ``by`` may not, or the therapist isn't one.
    """
    require(may_invite(by, Role.CLIENT))
    client = Client(name=name, brings=brings)
    make_keys(client.pk)
    client.save()
    witness("record.opened", by=by, client_id=client.pk, subject=client)
    return begin_care(by=by, client=client, therapist=therapist)


@action
def begin_care(
    *, by: Person, client: Client, therapist: Person, starts_at: datetime | None = None
) -> CareRelationship:
    """Begin a care relationship; from then on the therapist may open the record."""
    if therapist.role != Role.THERAPIST:
        raise Refused(f"{therapist.name} isn't a therapist of this practice.")
    if by.role != Role.OWNER and by != therapist:
        raise Refused("A therapist begins care for themselves; others are assigned by the owner.")
    care = CareRelationship.objects.create(
        client=client, therapist=therapist, starts_at=starts_at or timezone.now()
    )
    forget_access(therapist)
    forget_access(by)
    witness("care.began", by=by, client_id=client.pk, subject=care)
    return care
