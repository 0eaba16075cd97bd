"""What people do with sessions and notes: plan, move, hold, cancel, miss, write."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.access import runs
from holdfast_web.care.models import CareRelationship, Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import require_record
from holdfast_web.encounters.models import PrivateNote, Session, SessionNote
from holdfast_web.encounters.rules import (
    may_begin_then,
    may_cancel,
    may_change,
    may_hold,
    may_miss,
    may_plan,
    may_plan_again,
    may_write_note,
    may_write_private_note,
    open_since,
)
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours, Refused, Stale

Status = Session.Status
STALE_NOTE = "This note was changed in another window while you wrote. Nothing was overwritten."


@action
def plan_session(
    *,
    by: Person,
    client: Client,
    starts_at: datetime,
    minutes: int = 50,
    place: str = Session.Place.ROOM,
) -> Session:
    """Plan a session."""
    return _plan(by, client, starts_at, minutes, place)


@action
def plan_weekly(
    *, by: Person, client: Client, starts_at: datetime, minutes: int, place: str, times: int
) -> tuple[Session, ...]:
    """Plan a session and the ones of the weeks after it, at the same hour of the clock."""
    local = timezone.localtime(starts_at).replace(tzinfo=None)
    starts = [timezone.make_aware(local + timedelta(weeks=week)) for week in range(times)]
    return tuple(_plan(by, client, start, minutes, place) for start in starts)


@action
def change_session(
    *, by: Person, session: Session, starts_at: datetime, minutes: int, place: str
) -> Session:
    """Move a planned session to another time, length or place."""
    care, session = _held_still(by, session)
    require(may_change(by, session))
    require(may_begin_then(starts_at, _last_held(care)))
    session.starts_at, session.minutes, session.place = starts_at, minutes, place
    session.save(update_fields=("starts_at", "minutes", "place"))
    witness("session.moved", by=by, client_id=session.client_id, subject=session)
    return session


@action
def hold(*, by: Person, session: Session) -> Session:
    """Mark a session as held, and number it within its care relationship.

    Whoever clicks twice at once gets one number: the care relationship is locked meanwhile.

    Raises
    ------
    Refused
        If it was held already, lies in the future, or an earlier one is still open.
    """
    care, session = _held_still(by, session)
    require(may_hold(by, session, open_since(session.client_id)))
    session.care = care
    session.number = (_sessions_of(care).aggregate(last=Max("number"))["last"] or 0) + 1
    session.status = Status.HELD
    session.save(update_fields=("care", "number", "status"))
    witness(
        "session.held",
        by=by,
        client_id=session.client_id,
        subject=session,
        number=session.number,
    )
    return session


@action
def cancel_session(*, by: Person, session: Session) -> Session:
    """Mark a planned session as cancelled."""
    _, session = _held_still(by, session)
    require(may_cancel(by, session))
    return _became(by, session, Status.CANCELLED, "session.cancelled")


@action
def miss_session(*, by: Person, session: Session) -> Session:
    """Mark a session as missed: the client didn't come."""
    _, session = _held_still(by, session)
    require(may_miss(by, session))
    return _became(by, session, Status.MISSED, "session.missed")


@action
def plan_again(*, by: Person, session: Session) -> Session:
    """Take "cancelled" or "missed" back."""
    care, session = _held_still(by, session)
    require(may_plan_again(by, session))
    require(may_begin_then(session.starts_at, _last_held(care)))
    return _became(by, session, Status.PLANNED, "session.planned_again")


@action
def write_note(*, by: Person, session: Session, words: str, edition: int) -> SessionNote:
    """Write the note of a session, or change it.

    Parameters
    ----------
    edition
        Of the note that was changed; 0 when there was none.

    Raises
    ------
    Stale
        If it was changed in the meantime.
    """
    _, session = _held_still(by, session, Part.NOTES)
    note = SessionNote.objects.seen_by(by).filter(session=session).first()
    require(may_write_note(by, session, note))
    _same_edition(note, edition)
    if note is None:
        note = SessionNote(client_id=session.client_id, session=session, author=by, edition=0)
    note.words, note.changed_at = _told(words), timezone.now()
    note.edition += 1
    note.save()
    witness("note.written", by=by, client_id=note.client_id, subject=note, edition=note.edition)
    return note


@action
def write_private_note(
    *, by: Person, client: Client, words: str, edition: int, session: Session | None = None
) -> PrivateNote:
    """Write one's own private note, or change it: of a session, or of the work as a whole.

    It is sealed with the client's second key; nobody but its author ever reads it.

    Parameters
    ----------
    edition
        Of the note that was changed; 0 when there was none.

    Raises
    ------
    Stale
        If it was changed in another window.
    """
    require_record(by, client, Part.PRIVATE_NOTES)
    running_care(by, client)
    if session is not None and session.client_id != client.pk:
        raise NotYours
    note = PrivateNote.objects.seen_by(by).filter(client=client, session=session, author=by).first()
    require(may_write_private_note(by, client, note))
    _same_edition(note, edition)
    if note is None:
        note = PrivateNote(client=client, session=session, author=by, edition=0)
    note.words, note.written_at = _told(words), timezone.now()
    note.edition += 1
    note.save()
    witness("private_note.written", by=by, client_id=client.pk, subject=note, edition=note.edition)
    return note


def running_care(therapist: Person, client: Client) -> CareRelationship:
    """Return the care relationship that runs now, locked until the transaction ends.

    Raises
    ------
    Refused
        If the therapist has none with this client.
    """
    require(may_plan(therapist, client))
    found = (
        CareRelationship.objects.select_for_update()
        .filter(runs(timezone.now()), client=client, therapist=therapist)
        .order_by("-starts_at")
        .first()
    )
    if found is None:
        raise Refused("Only the client’s therapist can do this.")
    return found


def _plan(by: Person, client: Client, starts_at: datetime, minutes: int, place: str) -> Session:
    require_record(by, client, Part.SESSIONS)
    care = running_care(by, client)
    require(may_begin_then(starts_at, _last_held(care)))
    session = Session.objects.create(
        client=client, care=care, starts_at=starts_at, minutes=minutes, place=place
    )
    witness("session.planned", by=by, client_id=client.pk, subject=session)
    return session


def _held_still(
    by: Person, session: Session, part: Part = Part.SESSIONS
) -> tuple[CareRelationship, Session]:
    """Return a session as it is now, with its care locked: nobody changes it meanwhile."""
    require_record(by, session.client, part)
    care = running_care(by, session.client)
    return care, Session.objects.seen_by(by).select_related("client").get(pk=session.pk)


def _became(by: Person, session: Session, status: str, event: str) -> Session:
    session.status = status
    session.save(update_fields=("status",))
    witness(event, by=by, client_id=session.client_id, subject=session)
    return session


def _sessions_of(care: CareRelationship) -> Any:
    return Session.objects.for_the_practice("sessions are numbered").filter(care=care)


def _last_held(care: CareRelationship) -> datetime | None:
    found: datetime | None = (
        _sessions_of(care).filter(status=Status.HELD).aggregate(last=Max("starts_at"))["last"]
    )
    return found


def _same_edition(note: SessionNote | PrivateNote | None, edition: int) -> None:
    if (note.edition if note is not None else 0) != edition:
        raise Stale(STALE_NOTE)


def _told(words: str) -> str:
    told = words.strip()
    if not told:
        raise Refused("There is nothing written yet.")
    return told
