"""A change as it is now, held until the transaction ends."""

from __future__ import annotations

from holdfast_web.handover.models import HandOver
from holdfast_web.handover.rows import hand_overs
from holdfast_web.lib.refusals import NotYours, Stale

STALE = "This was changed in the meantime, by somebody else or in another window. Look again first."


def held(change: HandOver, edition: int | None) -> HandOver:
    """Return a change as it is now; nobody else changes it meanwhile.

    Raises
    ------
    Stale
        If another edition was in front of whoever acts.
    NotYours
        If its record was erased.
    """
    rows = hand_overs().select_for_update(of=("self",))
    found: HandOver | None = rows.filter(pk=change.pk, client__erased_at=None).first()
    if found is None:
        raise NotYours
    if edition is not None and found.edition != edition:
        raise Stale(STALE)
    return found


def keep(change: HandOver, *fields: str) -> HandOver:
    """Keep what was changed, as the next edition."""
    change.edition += 1
    change.save(update_fields=(*fields, "edition"))
    return change


def reopen(change: HandOver) -> tuple[str, ...]:
    """Let an agreement go that no longer says what the client agreed to; return its fields."""
    change.client_agreed_at = None
    change.state = HandOver.State.PREPARED if change.letter else HandOver.State.ASKED
    return ("client_agreed_at", "state")
