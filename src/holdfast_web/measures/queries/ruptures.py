"""Reads the rupture log of a client."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import clinical_read, witness
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import require_record
from holdfast_web.lib.refusals import NotYours
from holdfast_web.measures.models import Rupture


@dataclass(frozen=True, slots=True)
class Step:
    """What was done towards repair, and when."""

    on: dt.date
    words: str
    by: str


@dataclass(frozen=True, slots=True)
class RuptureView:
    """An entry of the log, with its steps."""

    row: Rupture
    steps: tuple[Step, ...]


@clinical_read
def ruptures_of(client: Client, *, viewer: Person) -> tuple[RuptureView, ...]:
    """Return the rupture log of a client: what is open first, then the latest."""
    require_record(viewer, client, Part.SIGNALS)
    witness("rupture.listed", by=viewer, client_id=client.pk)
    rows = Rupture.objects.seen_by(viewer, of=client.pk).select_related("logged_by")
    found = (_view(one) for one in rows.order_by("-session_number", "-logged_at"))
    return tuple(sorted(found, key=lambda one: one.row.resolved_on is not None))


@clinical_read
def rupture_for(rupture_id: UUID, client: Client, *, viewer: Person) -> RuptureView:
    """Return one entry of the log.

    Raises
    ------
    NotYours
        If there is none that somebody may see.
    """
    require_record(viewer, client, Part.SIGNALS)
    rows = Rupture.objects.seen_by(viewer).select_related("logged_by", "signal")
    row: Rupture | None = rows.filter(pk=rupture_id, client=client).first()
    if row is None:
        raise NotYours
    witness("rupture.viewed", by=viewer, client_id=client.pk, subject=row)
    return _view(row)


def _view(row: Rupture) -> RuptureView:
    return RuptureView(
        row,
        tuple(
            Step(dt.date.fromisoformat(one["on"]), one["words"], one.get("by", ""))
            for one in row.steps
        ),
    )
