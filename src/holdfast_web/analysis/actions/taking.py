"""What a worker does with a reading: takes it, gives it back, keeps what was found, or fails.

Each step changes the row only if it still stands as the worker left it, so that two workers never
read the same, and one that was believed dead never writes over its successor's work.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from holdfast_web.agreements.standing import running_care
from holdfast_web.analysis.failures import Failure
from holdfast_web.analysis.models import Analysis, Transcript
from holdfast_web.analysis.rules import is_agreed_for
from holdfast_web.audit.witness import action, witness
from holdfast_web.engine.coding import Reading
from holdfast_web.engine.gist import gist_of
from holdfast_web.lib.refusals import Stale

WHY = "a reading, shown to nobody"
MOST_TRIES = 3
State = Analysis.State


class Gone(Stale):
    """A reading that isn't this worker's any more: cancelled, removed, or taken by another."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A reading that a worker has taken; ``turn`` tells it from the same one taken again."""

    id: UUID
    turn: int
    transcript: Transcript


@action
def take(*, by: None, analysis_id: UUID) -> Taken:
    """Take a reading that waits.

    Raises
    ------
    Gone
        If another worker was quicker, or it was cancelled.
    """
    _hold_care_of(analysis_id)
    now = timezone.now()
    waits = Analysis.objects.for_the_practice(WHY).filter(pk=analysis_id, state=State.WAITING)
    if not waits.update(
        state=State.RUNNING, began_at=now, beats_at=now, tries=F("tries") + 1, read=0
    ):
        raise Gone
    rows = Analysis.objects.for_the_practice(WHY)
    row = rows.select_related("transcript__session__client", "transcript__session__care").get(
        pk=analysis_id
    )
    row.edition = row.transcript.edition
    row.save(update_fields=("edition",))
    witness("analysis.begun", by=by, client_id=row.client_id, subject=row, turn=row.tries)
    return Taken(row.pk, row.tries, row.transcript)


def beat(taken: Taken, read: int, of: int) -> None:
    """Say that a worker is still at it, and how far it has come.

    Raises
    ------
    Gone
        If it isn't this worker's any more.
    """
    if not _mine(taken).update(beats_at=timezone.now(), read=read, of=of):
        raise Gone


@action
def keep(*, by: None, taken: Taken, reading: Reading) -> None:
    """Keep what was found, unless the client has said no in the meantime.

    The agreement is held still meanwhile: a no comes before, and nothing is kept, or after, and
    finds what it has to remove.

    Raises
    ------
    Gone
        If it isn't this worker's any more.
    """
    _hold_care_of(taken.id)
    session = taken.transcript.session
    row = _mine(taken).select_for_update().first()
    if row is None:
        raise Gone
    if not is_agreed_for(session):
        _ended(row, State.CANCELLED, Failure.NOT_AGREED)
        witness("analysis.stopped", by=by, client_id=row.client_id, subject=row)
        return
    row.findings, row.gist = reading.data, gist_of(reading.data)
    row.engine, row.model = reading.versions.engine, reading.versions.model
    row.codebook = reading.versions.codebook
    row.state, row.ended_at, row.read = State.DONE, timezone.now(), row.of
    row.save()
    witness("analysis.kept", by=by, client_id=row.client_id, subject=row, model=row.model)


@action
def fail(*, by: None, taken: Taken, failure: Failure) -> None:
    """Note that nothing came of a reading, and why in one word of ours.

    Raises
    ------
    Gone
        If it isn't this worker's any more.
    """
    _hold_care_of(taken.id)
    row = _mine(taken).select_for_update().first()
    if row is None:
        raise Gone
    if failure is Failure.NOT_AGREED:
        _ended(row, State.CANCELLED, failure)
        witness("analysis.stopped", by=by, client_id=row.client_id, subject=row)
    else:
        _ended(row, State.FAILED, failure)
        witness("analysis.failed", by=by, client_id=row.client_id, subject=row, why=failure.value)


@action
def give_back(*, by: None, taken: Taken) -> None:
    """Put a reading back where it waited: the worker is asked to stop; it doesn't count as a try.

    Raises
    ------
    Gone
        If it isn't this worker's any more.
    """
    _hold_care_of(taken.id)
    row = _mine(taken).select_for_update().first()
    if row is None or not _mine(taken).update(state=State.WAITING, tries=F("tries") - 1, read=0):
        raise Gone
    witness("analysis.given_back", by=by, client_id=row.client_id, subject=row)


@action
def take_up(*, by: None, analysis_id: UUID, silent_since: datetime) -> bool:
    """Let a reading wait for its turn again whose worker was killed; after three times, give up.

    Returns
    -------
    bool
        Whether it waits again.

    Raises
    ------
    Gone
        If its worker has spoken since, or somebody else was quicker.
    """
    _hold_care_of(analysis_id)
    silent = Analysis.objects.for_the_practice(WHY).filter(
        pk=analysis_id, state=State.RUNNING, beats_at__lt=silent_since
    )
    row = silent.select_for_update().first()
    if row is None:
        raise Gone
    if row.tries >= MOST_TRIES:
        _ended(row, State.FAILED, Failure.BROKE_OFF)
        witness("analysis.failed", by=by, client_id=row.client_id, subject=row, why="broke_off")
        return False
    row.state, row.read = State.WAITING, 0
    row.save(update_fields=("state", "read"))
    witness("analysis.taken_up", by=by, client_id=row.client_id, subject=row)
    return True


def _hold_care_of(analysis_id: UUID) -> None:
    """Hold still what a no would hold, first of all, so that neither waits for the other."""
    rows = Analysis.objects.for_the_practice(WHY).select_related("client")
    row = rows.defer("findings").filter(pk=analysis_id).first()
    if row is None:
        raise Gone
    running_care(row.client, held=True)


def _mine(taken: Taken) -> Any:
    rows = Analysis.objects.for_the_practice(WHY)
    return rows.filter(pk=taken.id, state=State.RUNNING, tries=taken.turn)


def _ended(row: Analysis, state: str, failure: Failure) -> None:
    row.state, row.failure, row.ended_at = state, failure.value, timezone.now()
    row.save(update_fields=("state", "failure", "ended_at"))
