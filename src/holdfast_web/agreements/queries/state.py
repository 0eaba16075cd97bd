"""Where the agreement of one client stands, for a page that shows none of its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.models import Status, Version
from holdfast_web.agreements.queries.agreement import latest_care
from holdfast_web.agreements.queries.shapes import accepted_at
from holdfast_web.agreements.standing import LATER
from holdfast_web.audit.witness import clinical_read, witness
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import is_of_the_two, require_record


@dataclass(frozen=True, slots=True)
class Accepted:
    """What both accepted: since when, and when it is to be looked at again."""

    accepted_at: datetime | None
    review_on: date | None

    @property
    def review_due(self) -> bool:
        """Whether that day has come."""
        return self.review_on is not None and self.review_on <= timezone.localdate()


@dataclass(frozen=True, slots=True)
class Proposed:
    """What one of the two proposed: when, who, and whether the viewer did."""

    proposed_at: datetime
    proposed_by: str
    mine: bool


@dataclass(frozen=True, slots=True)
class AgreementState:
    """What holds and what lies open; ``None`` where there is nothing such."""

    accepted: Accepted | None
    proposed: Proposed | None


@clinical_read
def agreement_state_of(client: Client, *, viewer: Person) -> AgreementState:
    """Return where the agreement of a client stands; what lies open only to the two."""
    require_record(viewer, client, Part.AGREEMENT)
    witness("agreement.viewed", by=viewer, client_id=client.pk)
    open_to = [Status.ACCEPTED, *([Status.PROPOSED] if is_of_the_two(viewer, client) else [])]
    rows = Version.objects.seen_by(viewer, of=client.pk).filter(
        care=latest_care(client), status__in=open_to
    )
    found = {one.status: one for one in rows.select_related("proposed_by").defer(*LATER)}
    return AgreementState(
        accepted=_accepted(found.get(Status.ACCEPTED)),
        proposed=_proposed(found.get(Status.PROPOSED), viewer),
    )


def _accepted(row: Version | None) -> Accepted | None:
    if row is None:
        return None
    since = accepted_at(row.client_accepted_at, row.therapist_accepted_at)
    return Accepted(since, row.review_on)


def _proposed(row: Version | None, viewer: Person) -> Proposed | None:
    if row is None:
        return None
    return Proposed(row.proposed_at, row.proposed_by.name, row.proposed_by_id == viewer.pk)
