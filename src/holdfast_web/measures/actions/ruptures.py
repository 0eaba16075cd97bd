"""The rupture log: what strained the relationship, and the steps towards repair."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import is_therapist_of, require_record
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours, Refused, Stale
from holdfast_web.measures.models import Rupture, Signal
from holdfast_web.measures.rules import may_go_on_with_rupture, may_log_rupture

STALE = "Somebody wrote here in the meantime. Nothing was overwritten."


@action
def log_rupture(
    *,
    by: Person,
    client: Client,
    what: str,
    kind: str,
    session_number: int,
    signal: Signal | None = None,
) -> Rupture:
    """Write down that something strained the relationship.

    Parameters
    ----------
    what
        What happened, in the therapist's words.
    kind
        Of :class:`Rupture.Kind`.
    session_number
        When it showed.
    signal
        That it grew from.
    """
    require_record(by, client, Part.SIGNALS)
    require(may_log_rupture(by, client))
    if signal is not None and signal.client_id != client.pk:
        raise NotYours
    if kind not in Rupture.Kind.values or session_number < 1:
        raise Refused("Choose how it showed, and in which session.")
    row = Rupture.objects.create(
        client=client,
        signal=signal,
        session_number=session_number,
        kind=kind,
        what=_told(what),
        logged_by=by,
    )
    witness("rupture.logged", by=by, client_id=client.pk, subject=row, kind=kind)
    return row


@action
def add_step(*, by: Person, rupture: Rupture, words: str, edition: int) -> Rupture:
    """Add what was done towards repair, today.

    Raises
    ------
    Stale
        If somebody added something in the meantime.
    """
    row = _held(by, rupture, edition)
    step = {"on": timezone.localdate().isoformat(), "words": _told(words), "by": by.name}
    row.steps = [*row.steps, step]
    row.edition += 1
    row.save(update_fields=("steps", "edition"))
    witness("rupture.step_added", by=by, client_id=row.client_id, subject=row, steps=len(row.steps))
    return row


@action
def resolve_rupture(*, by: Person, rupture: Rupture, on: date, edition: int) -> Rupture:
    """Say on which day it was resolved.

    Raises
    ------
    Stale
        If somebody wrote something in the meantime.
    """
    row = _held(by, rupture, edition)
    if on > timezone.localdate():
        raise Refused("That day is still to come.")
    row.resolved_on = on
    row.edition += 1
    row.save(update_fields=("resolved_on", "edition"))
    witness("rupture.resolved", by=by, client_id=row.client_id, subject=row)
    return row


def _held(by: Person, rupture: Rupture, edition: int) -> Rupture:
    rows = Rupture.objects.seen_by(by).select_for_update(of=("self",)).select_related("client")
    row: Rupture | None = rows.filter(pk=rupture.pk).first()
    if row is None:
        raise NotYours
    require(is_therapist_of(by, row.client))
    if row.edition != edition:
        raise Stale(STALE)
    require(may_go_on_with_rupture(by, row.client, row))
    return row


def _told(words: str) -> str:
    told = words.strip()
    if not told:
        raise Refused("There is nothing written yet.")
    return told
