"""What a therapist does with a signal: read it, say what they will do, say how it looked then."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.rules import is_therapist_of
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours, Refused, Stale
from holdfast_web.measures.models import Signal
from holdfast_web.measures.rules import may_answer_signal, may_close_signal

STALE = "Somebody wrote about this in the meantime. Nothing was overwritten."


@action
def read_signal(*, by: Person, signal: Signal) -> Signal:
    """Remember when the therapist first read a signal."""
    row = _held(by, signal.pk)
    require(is_therapist_of(by, row.client))
    if row.first_read_at is None:
        row.first_read_at = timezone.now()
        row.save(update_fields=("first_read_at",))
    witness("signal.first_read", by=by, client_id=row.client_id, subject=row)
    return row


@action
def answer_signal(
    *,
    by: Person,
    signal: Signal,
    intent: str,
    by_when: date | None,
    edition: int,
    also: Collection[UUID] = (),
) -> Signal:
    """Say what one will do about a signal, and by when.

    Parameters
    ----------
    signal
        Which one.
    intent
        In the therapist's words.
    by_when
        The day.
    edition
        Of the signal that was read.
    also
        Other open signals of the same session that this answers as well.

    Raises
    ------
    Stale
        If it was answered in the meantime.
    """
    row = _held(by, signal.pk)
    require(is_therapist_of(by, row.client))
    _same_edition(row, edition)
    require(may_answer_signal(by, row.client, row))
    words = _told(intent)
    for one in (row, *_others(by, row, also)):
        one.intent, one.by_when, one.status = words, by_when, Signal.Status.ANSWERED
        one.answered_by, one.answered_at = by, timezone.now()
        one.edition += 1
        one.save(
            update_fields=("intent", "by_when", "status", "answered_by", "answered_at", "edition")
        )
        witness("signal.answered", by=by, client_id=one.client_id, subject=one)
    return row


@action
def close_signal(*, by: Person, signal: Signal, outcome: str, edition: int) -> Signal:
    """Say how it looked after one did what one had meant to do.

    Raises
    ------
    Stale
        If somebody wrote about it in the meantime.
    """
    row = _held(by, signal.pk)
    require(is_therapist_of(by, row.client))
    _same_edition(row, edition)
    require(may_close_signal(by, row.client, row))
    row.outcome, row.closed_at, row.status = _told(outcome), timezone.now(), Signal.Status.CLOSED
    row.edition += 1
    row.save(update_fields=("outcome", "closed_at", "status", "edition"))
    witness("signal.closed", by=by, client_id=row.client_id, subject=row)
    return row


def _held(by: Person, pk: UUID) -> Signal:
    found: Signal | None = _rows(by).filter(pk=pk).first()
    if found is None:
        raise NotYours
    return found


def _others(by: Person, row: Signal, also: Collection[UUID]) -> list[Signal]:
    if not also:
        return []
    rows = _rows(by).filter(
        pk__in=also,
        client_id=row.client_id,
        session_number=row.session_number,
        status=Signal.Status.OPEN,
    )
    return list(rows.exclude(pk=row.pk).order_by("pk"))


def _rows(by: Person) -> Any:
    rows = Signal.objects.seen_by(by).select_for_update(of=("self",))
    return rows.select_related("client")


def _same_edition(row: Signal, edition: int) -> None:
    if row.edition != edition:
        raise Stale(STALE)


def _told(words: str) -> str:
    told = words.strip()
    if not told:
        raise Refused("There is nothing written yet.")
    return told
