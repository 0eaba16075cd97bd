"""Records by name, for whoever runs the practice: which are closed, kept until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from holdfast_web.accounts.models import Person
from holdfast_web.accounts.rules import runs_the_practice
from holdfast_web.audit.witness import clinical_read, not_clinical, witness
from holdfast_web.care.models import CareRelationship, Client
from holdfast_web.keeping.rules import Term, may_close_record, may_erase, short, terms_for
from holdfast_web.lib.decision import Decision, require
from holdfast_web.lib.refusals import NotYours
from holdfast_web.vault.keys import open_keys


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record as the owner sees it: a name and dates; nothing of what is in it."""

    client: Client
    name: str
    number: str
    term: Term
    may_close: Decision
    may_erase: Decision


@dataclass(frozen=True, slots=True)
class Records:
    """Records that are closed, those in care, and the tombstones of those that were erased."""

    closed: tuple[RecordLine, ...]
    in_care: tuple[RecordLine, ...]
    erased: tuple[Client, ...]


@clinical_read
def records(*, viewer: Person) -> Records:
    """Return all records for the owner, with as many queries for sixty as for one."""
    require(runs_the_practice(viewer))
    rows = Client.objects.for_the_practice("names and dates of records, for the owner")
    kept = list(rows.filter(_ever_a_record(), erased_at=None).select_related("person"))
    witness("clients.listed", by=viewer, clients=len(kept))
    lines = tuple(_lines(kept, viewer))
    return Records(
        closed=tuple(one for one in lines if one.term.ended_at is not None),
        in_care=tuple(one for one in lines if one.term.ended_at is None),
        erased=tuple(rows.filter(erased_at__isnull=False).order_by("-erased_at")),
    )


@clinical_read
def record_line(client_id: UUID, *, viewer: Person) -> RecordLine:
    """Return one record for the owner.

    Raises
    ------
    NotYours
        If there is none, or it was erased.
    """
    require(runs_the_practice(viewer))
    rows = Client.objects.for_the_practice("the name and the dates of a record, for the owner")
    found = list(
        rows.filter(_ever_a_record(), pk=client_id, erased_at=None).select_related("person")
    )
    if not found:
        raise NotYours
    witness("clients.listed", by=viewer, clients=1)
    return next(iter(_lines(found, viewer)))


@clinical_read
def records_past_their_time(years: int | None = None) -> tuple[RecordLine, ...]:
    """Return the closed records whose time is over, the oldest first, for the command line.

    Parameters
    ----------
    years
        How long a record is kept where the client's agreement doesn't say.
    """
    rows = Client.objects.for_the_practice("which records have been kept for long enough")
    kept = list(rows.filter(erased_at=None).select_related("person"))
    witness("clients.listed", by=None, clients=len(kept))
    lines = (one for one in _lines(kept, None, years) if one.term.is_over)
    return tuple(sorted(lines, key=lambda one: str(one.term.until)))


@not_clinical("finds the row that the command line copies or erases; opens nothing")
def client_numbered(number: str) -> Client:
    """Return the client whose id is, or begins with, a number.

    Raises
    ------
    NotYours
        If there is none, or more than one.
    """
    told = number.strip().lower().replace("-", "")
    rows = Client.objects.for_the_practice("finding a record by its number").select_related(
        "person"
    )
    found = [one for one in rows if told and one.pk.hex.startswith(told)]
    if len(found) != 1:
        raise NotYours
    return found[0]


def _ever_a_record() -> Q:
    """Leave out who asked for help and has nobody yet: that is for who reads the intakes."""
    cared_for = CareRelationship.objects.values("client_id")
    return Q(closed_at__isnull=False) | Q(waits_since=None, intake=None) | Q(pk__in=cared_for)


def _lines(
    clients: list[Client], viewer: Person | None, years: int | None = None
) -> Iterable[RecordLine]:
    open_keys(one.pk for one in clients)
    terms = terms_for(clients, years)
    found = [
        RecordLine(
            client=one,
            name=one.name,
            number=short(one.pk),
            term=terms[one.pk],
            may_close=may_close_record(viewer, one) if viewer else Decision(False),
            may_erase=may_erase(viewer, one, terms[one.pk]),
        )
        for one in clients
    ]
    return sorted(found, key=lambda one: one.name.casefold())
