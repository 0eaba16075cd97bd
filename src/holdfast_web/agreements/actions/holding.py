"""Holds a client's agreement for the length of an action, so that two can't change it at once."""

from __future__ import annotations

from uuid import UUID

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.models import Version
from holdfast_web.agreements.standing import Standing, running_care, standing_in
from holdfast_web.care.models import CareRelationship, Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import require_record
from holdfast_web.lib.refusals import NotYours, Refused


def hold(by: Person, client: Client) -> Standing:
    """Return where a client's agreement stands, held until the transaction ends.

    Raises
    ------
    NotYours, Refused
        If the record isn't open to ``by``; if nobody works with the client now.
    """
    require_record(by, client, Part.AGREEMENT)
    care = running_care(client, held=True)
    if care is None:
        raise Refused("Nobody works with this client now, so there is nothing to agree.")
    return standing_in(care)


def hold_version(by: Person, version_id: UUID) -> Version:
    """Return a version as it is now, its agreement held until the transaction ends.

    Raises
    ------
    NotYours
        If it isn't open to ``by``.
    """
    seen = Version.objects.seen_by(by)
    care_id = seen.filter(pk=version_id).values_list("care_id", flat=True).first()
    if care_id is None:
        raise NotYours
    CareRelationship.objects.select_for_update().get(pk=care_id)
    found: Version = seen.select_related("client", "care", "care__therapist").get(pk=version_id)
    return found
