"""Who may do what with a session and its notes. Each rule guards the action and the button."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.care.models import Client
from holdfast_web.care.rules import is_therapist_of
from holdfast_web.encounters.models import PrivateNote, Session, SessionNote
from holdfast_web.lib.decision import YES, Decision, no
from holdfast_web.lib.templatetags.holdfast import day

Status = Session.Status


def may_plan(viewer: Person, client: Client) -> Decision:
    """Say whether somebody may plan sessions with a client."""
    return is_therapist_of(viewer, client)


def may_begin_then(starts_at: datetime, last_held: datetime | None) -> Decision:
    """Say whether a session may stand at a time: numbers follow the calendar.

    Parameters
    ----------
    starts_at
        When it would begin.
    last_held
        When the last held session of the same care began.
    """
    if last_held is None or starts_at >= last_held:
        return YES
    return no(
        f"The session of {day(last_held)} was held already, and sessions are numbered in their "
        "order. Choose a time after it."
    )


def may_hold(viewer: Person, session: Session, open_since: datetime | None = None) -> Decision:
    """Say whether a session may be marked as held.

    Parameters
    ----------
    open_since
        What :func:`open_since` says.
    """
    allowed = _is_open_and_mine(viewer, session)
    if not allowed:
        return allowed
    if timezone.localdate(session.starts_at) > timezone.localdate():
        return no(f"It is planned for {day(session.starts_at)}. It can be held on its day.")
    if open_since is not None and open_since < session.starts_at:
        return no(f"Say first what became of the session of {day(open_since)}.")
    return YES


def open_since(client_id: UUID) -> datetime | None:
    """Return when a client's earliest session began of which nobody said what became of it."""
    rows = Session.objects.for_the_practice("sessions are numbered in their order")
    still = rows.filter(client_id=client_id, status=Status.PLANNED).order_by("starts_at")
    found: datetime | None = still.values_list("starts_at", flat=True).first()
    return found


def may_miss(viewer: Person, session: Session) -> Decision:
    """Say whether a session may be marked as missed: the client didn't come."""
    allowed = _is_open_and_mine(viewer, session)
    if allowed and session.starts_at > timezone.now():
        return no("It hasn’t begun yet. A session that won’t take place is cancelled.")
    return allowed


def may_cancel(viewer: Person, session: Session) -> Decision:
    """Say whether a session may be cancelled."""
    return _is_open_and_mine(viewer, session)


def may_change(viewer: Person, session: Session) -> Decision:
    """Say whether a session may be moved to another time or place."""
    return _is_open_and_mine(viewer, session)


def may_plan_again(viewer: Person, session: Session) -> Decision:
    """Say whether "cancelled" or "missed" may be taken back."""
    mine = is_therapist_of(viewer, session.client)
    if mine and session.status not in (Status.CANCELLED, Status.MISSED):
        return no("Only a session that was cancelled or missed can be planned again.")
    return mine


def may_write_note(viewer: Person, session: Session, note: SessionNote | None) -> Decision:
    """Say whether somebody may write or change the note of a session."""
    mine = is_therapist_of(viewer, session.client)
    if not mine:
        return mine
    if note is not None and note.author_id != viewer.pk:
        return no(f"{note.author.name} wrote this note, and only they can change it.")
    if is_of_an_earlier_care(viewer, session):
        return no("This session was with somebody else, so its note is theirs.")
    if (
        session.status == Status.PLANNED
        and timezone.localdate(session.starts_at) > timezone.localdate()
    ):
        return no("A note can be written from the day of the session on.")
    return YES


def is_of_an_earlier_care(viewer: Person, session: Session) -> bool:
    """Say whether a session belongs to care that is over and was another therapist's."""
    care = session.care
    over = care.ends_at is not None and care.ends_at <= timezone.now()
    return over and care.therapist_id != viewer.pk


def may_write_private_note(viewer: Person, client: Client, note: PrivateNote | None) -> Decision:
    """Say whether somebody may write or change a private note: its author, in their own care."""
    mine = is_therapist_of(viewer, client)
    if mine and note is not None and note.author_id != viewer.pk:
        return no("A private note is for the person who wrote it.")
    return mine


def _is_open_and_mine(viewer: Person, session: Session) -> Decision:
    mine = is_therapist_of(viewer, session.client)
    if not mine or session.status == Status.PLANNED:
        return mine
    if session.status == Status.HELD:
        return no(f"It was held already, as session {session.number}.")
    return no(f"It was marked as {session.get_status_display()}. Plan it again first.")
