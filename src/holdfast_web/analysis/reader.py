"""One reading by a worker, from taking it to its end, whatever happens on the way."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from holdfast_web.analysis.actions.taking import (
    WHY,
    Gone,
    Taken,
    beat,
    fail,
    give_back,
    keep,
    take,
    take_up,
)
from holdfast_web.analysis.failures import Failure
from holdfast_web.analysis.models import Analysis
from holdfast_web.analysis.queue import turns
from holdfast_web.analysis.rules import is_agreed_for
from holdfast_web.engine.coding import CannotRead, analyse
from holdfast_web.vault.keys import opened

BEAT_SECONDS = 1.0
SILENT = timedelta(seconds=30)
"""A worker that says nothing for so long is believed dead."""

State = Analysis.State
log = logging.getLogger(__name__)
stopping = threading.Event()
"""Set when this process is asked to stop: what is being read is given back."""


class _NotAgreed(Exception):  # noqa: N818 - a sentence, not a fault
    pass


class _Stopping(Exception):  # noqa: N818
    pass


def read_next() -> bool:
    """Read what is next; return whether anything waited."""
    with opened():
        for analysis_id in turns():
            try:
                taken = take(by=None, analysis_id=analysis_id)
            except Gone:
                continue
            _read_to_an_end(taken)
            return True
    return False


def take_up_silent() -> int:
    """Let wait again what a killed worker left; return how many wait again."""
    since, again = timezone.now() - SILENT, 0
    rows = Analysis.objects.for_the_practice(WHY)
    for pk in rows.filter(state=State.RUNNING, beats_at__lt=since).values_list("pk", flat=True):
        try:
            again += take_up(by=None, analysis_id=pk, silent_since=since)
        except Gone:
            continue
    return again


def _read_to_an_end(taken: Taken) -> None:
    """Read; whatever happens, nothing of it is raised, for others would write it down."""
    try:
        _read(taken)
    except Gone:
        return
    except Exception:
        log.exception("A reading came to nothing.")
        _end(taken, Failure.ERROR)


def _read(taken: Taken) -> None:
    transcript = taken.transcript

    def progress(read: int, of: int) -> None:
        _go_on(taken)
        if time.monotonic() - last[0] >= BEAT_SECONDS:
            beat(taken, read, of)
            last[0] = time.monotonic()

    last = [time.monotonic()]
    try:
        _go_on(taken)
        reading = analyse(transcript.lines, transcript.roles, _names(taken), progress)
    except _Stopping:
        give_back(by=None, taken=taken)
    except _NotAgreed:
        fail(by=None, taken=taken, failure=Failure.NOT_AGREED)
    except CannotRead as error:
        fail(by=None, taken=taken, failure=Failure(str(error)))
    else:
        keep(by=None, taken=taken, reading=reading)


def _go_on(taken: Taken) -> None:
    if stopping.is_set():
        raise _Stopping
    if not is_agreed_for(taken.transcript.session):
        raise _NotAgreed


def _end(taken: Taken, failure: Failure) -> None:
    try:
        fail(by=None, taken=taken, failure=failure)
    except Gone:
        return


def _names(taken: Taken) -> Iterator[str]:
    """Yield the names that the record knows: the client's, and those who work with them."""
    session = taken.transcript.session
    yield session.client.name
    for person in (session.client.person, session.care.therapist, taken.transcript.brought_by):
        if person is not None:
            yield person.name
