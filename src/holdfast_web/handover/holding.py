"""A change or an ending as it is now, held until the transaction ends."""

from __future__ import annotations

from typing import TypeVar

from holdfast_web.handover.models import Ending, HandOver
from holdfast_web.handover.rows import endings, hand_overs
from holdfast_web.lib.refusals import NotYours, Stale

Row = TypeVar("Row", HandOver, Ending)

STALE = "This was changed in the meantime, by somebody else or in another window. Look again first."


def held(row: Row, edition: int | None) -> Row:
    """Return a row as it is now; nobody else changes it meanwhile.

    Raises
    ------
    Stale
        If another edition was in front of whoever acts.
    NotYours
        If its record was erased.
    """
    rows = hand_overs() if isinstance(row, HandOver) else endings()
    rows = rows.select_for_update(of=("self",))
    found: Row | None = rows.filter(pk=row.pk, client__erased_at=None).first()
    if found is None:
        raise NotYours
    if edition is not None and found.edition != edition:
        raise Stale(STALE)
    return found


def keep(row: HandOver | Ending, *fields: str) -> None:
    """Keep what was changed, as the next edition."""
    row.edition += 1
    row.save(update_fields=(*fields, "edition"))


def reopen(change: HandOver) -> tuple[str, ...]:
    """Let an agreement go that no longer says what the client agreed to; return its fields."""
    change.client_agreed_at = None
    change.state = HandOver.State.PREPARED if change.letter else HandOver.State.ASKED
    return ("client_agreed_at", "state")
