"""How long a record is kept, and who may take a copy, close it, or erase it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.accounts.rules import runs_the_practice
from holdfast_web.agreements.models import Status, Version
from holdfast_web.agreements.terms import terms_in
from holdfast_web.care.models import CareRelationship, Client
from holdfast_web.care.rules import is_client
from holdfast_web.lib.decision import YES, Decision, no
from holdfast_web.vault.keys import open_keys

USUAL_YEARS = 7
"""What the agreement's clause on records says as it ships."""
SHORT = 8


@dataclass(frozen=True, slots=True)
class Term:
    """How long a record is kept.

    Attributes
    ----------
    ended_at
        When the last care ended; ``None`` while it runs.
    years
        How long after it the record is kept.
    agreed
        Whether the client's own agreement says so; otherwise it is what the practice usually does.
    """

    ended_at: datetime | None
    years: int
    agreed: bool

    @property
    def until(self) -> date | None:
        """Until when; ``None`` while care runs."""
        return None if self.ended_at is None else _years_later(self.ended_at, self.years)

    @property
    def is_over(self) -> bool:
        """Whether the time is over, so that the record should be erased."""
        return self.until is not None and self.until <= timezone.localdate()


def terms_for(clients: Iterable[Client], years: int | None = None) -> dict[UUID, Term]:
    """Return how long records are kept, with as many queries for sixty as for one.

    Parameters
    ----------
    clients
        Whose.
    years
        How long, where a client's agreement doesn't say.
    """
    ids = [one.pk for one in clients]
    agreed = _agreed_years(ids)
    ended = _ends(ids)
    return {
        one.pk: Term(
            ended.get(one.pk, one.closed_at or one.opened_at),
            agreed.get(one.pk) or years or USUAL_YEARS,
            one.pk in agreed,
        )
        for one in clients
    }


def term_of(client: Client) -> Term:
    """Return how long a client's record is kept."""
    return terms_for([client])[client.pk]


def short(client_id: UUID | None) -> str:
    """Return the number by which a client stands where no name may.

    Examples
    --------
    >>> short(UUID("3f9a12bc-0000-4000-8000-000000000000"))
    '3f9a12bc'
    """
    return client_id.hex[:SHORT] if client_id else ""


def may_take_a_copy(viewer: Person, client: Client) -> Decision:
    """Say whether somebody may have everything that a client may have."""
    return is_client(viewer, client)


def may_close_record(viewer: Person, client: Client) -> Decision:
    """Say whether somebody may end a client's care and close the record."""
    if not runs_the_practice(viewer):
        return runs_the_practice(viewer)
    if client.closed_at is not None:
        return no("This record is closed already.")
    return YES


def may_erase(viewer: Person | None, client: Client, term: Term | None = None) -> Decision:
    """Say whether a record may be erased.

    Parameters
    ----------
    viewer
        Who would; ``None`` stands for the command line.
    client
        Whose record.
    term
        How long it is kept, where that is known already.
    """
    if viewer is not None and not runs_the_practice(viewer):
        return runs_the_practice(viewer)
    if client.erased_at is not None:
        return no("This record was erased already.")
    if (term or term_of(client)).ended_at is None:
        return no("Care is still open. End it first; nothing is erased under somebody’s hands.")
    return YES


def _ends(client_ids: list[UUID]) -> dict[UUID, datetime | None]:
    """Return when each client's last care ended; ``None`` while one is open."""
    found: dict[UUID, datetime | None] = {}
    now = timezone.now()
    rows = CareRelationship.objects.filter(client_id__in=client_ids)
    for client_id, ends_at in rows.values_list("client_id", "ends_at"):
        before = found.get(client_id, ends_at)
        if ends_at is None or before is None or ends_at > now:
            found[client_id] = None
        else:
            found[client_id] = max(before, ends_at)
    return found


def _agreed_years(client_ids: list[UUID]) -> dict[UUID, int]:
    """Return how many years the agreements say that held last."""
    rows = Version.objects.for_the_practice("how long a record is kept, shown as a date")
    accepted = rows.filter(client_id__in=client_ids, status=Status.ACCEPTED)
    open_keys(client_ids)
    found = {
        one.client_id: terms_in(one).record_kept_years
        for one in accepted.order_by("care__starts_at")
    }
    return {client_id: years for client_id, years in found.items() if years is not None}


def _years_later(moment: datetime, years: int) -> date:
    on = timezone.localtime(moment).date()
    try:
        return on.replace(year=on.year + years)
    except ValueError:
        return on.replace(year=on.year + years, month=3, day=1)
