"""Reads sessions and notes, for somebody who may."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import clinical_read, not_clinical, witness, witness_each
from holdfast_web.care.access import access_of
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part, Way
from holdfast_web.care.rules import require_record
from holdfast_web.encounters.models import PrivateNote, Session, SessionNote
from holdfast_web.lib.refusals import NotYours
from holdfast_web.vault.keys import open_keys

DAYS_AHEAD = 14
Status = Session.Status


@not_clinical("ids of clients, from access alone")
def own_clients(viewer: Person) -> tuple[UUID, ...]:
    """Return the clients in somebody's own care now; an emergency access is no care."""
    return tuple(
        client_id
        for client_id, ways in access_of(viewer).items()
        if any(one.way is Way.CARE for one in ways)
    )


@clinical_read
def sessions_of(client: Client, *, viewer: Person) -> tuple[Session, ...]:
    """Return all sessions of a client, in the order of their dates."""
    require_record(viewer, client, Part.SESSIONS)
    witness("sessions.viewed", by=viewer, client_id=client.pk)
    return tuple(Session.objects.seen_by(viewer, of=client.pk).order_by("starts_at"))


@clinical_read
def next_session(client: Client, *, viewer: Person) -> Session | None:
    """Return the session that comes next, or goes on now; ``None`` if none is planned."""
    require_record(viewer, client, Part.SESSIONS)
    witness("sessions.viewed", by=viewer, client_id=client.pk)
    rows = Session.objects.seen_by(viewer).filter(
        client=client,
        status=Status.PLANNED,
        starts_at__gt=timezone.now() - timedelta(hours=1),
    )
    found: Session | None = rows.order_by("starts_at").first()
    return found


@not_clinical("dates for a caseload; whoever shows them witnesses the read of the caseload")
def planned_starts(*, viewer: Person) -> Mapping[UUID, tuple[datetime, ...]]:
    """Return for each client when planned sessions begin, or began if nobody said more."""
    rows = Session.objects.seen_by(viewer).filter(status=Status.PLANNED)
    found: dict[UUID, tuple[datetime, ...]] = {}
    for client_id, starts_at in rows.order_by("starts_at").values_list("client_id", "starts_at"):
        found[client_id] = (*found.get(client_id, ()), starts_at)
    return found


@clinical_read
def sessions_ahead(*, viewer: Person, days: int = DAYS_AHEAD) -> tuple[Session, ...]:
    """Return a therapist's sessions: still open ones, all of today, and the days ahead."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    until = midnight + timedelta(days=days + 1)
    rows = Session.objects.seen_by(viewer).filter(
        starts_at__lt=until, client__in=own_clients(viewer)
    )
    rows = rows.exclude(
        starts_at__lt=midnight, status__in=(Status.HELD, Status.CANCELLED, Status.MISSED)
    )
    found = tuple(rows.select_related("client").order_by("starts_at", "pk"))
    clients = dict.fromkeys(one.client_id for one in found)
    open_keys(clients)
    witness_each("sessions.viewed", by=viewer, client_ids=clients)
    return found


@clinical_read
def session_for(session_id: UUID, client: Client, *, viewer: Person) -> Session:
    """Return one session of a client.

    Raises
    ------
    NotYours
        If there is none that somebody may see.
    """
    require_record(viewer, client, Part.SESSIONS)
    rows = Session.objects.seen_by(viewer).select_related("client")
    found: Session | None = rows.filter(pk=session_id, client=client).first()
    if found is None:
        raise NotYours
    witness("sessions.viewed", by=viewer, client_id=client.pk, subject=found)
    return found


@clinical_read
def note_of(session: Session, *, viewer: Person) -> SessionNote | None:
    """Return the note of a session; ``None`` before one is written."""
    require_record(viewer, session.client, Part.NOTES)
    rows = SessionNote.objects.seen_by(viewer).select_related("author")
    found: SessionNote | None = rows.filter(session=session).first()
    witness("note.viewed", by=viewer, client_id=session.client_id, subject=found)
    return found


@clinical_read
def private_note_of(
    client: Client, *, viewer: Person, session: Session | None = None
) -> PrivateNote | None:
    """Return somebody's own private note: of a session, or of the work as a whole."""
    require_record(viewer, client, Part.PRIVATE_NOTES)
    rows = PrivateNote.objects.seen_by(viewer, of=client.pk).filter(author=viewer)
    found: PrivateNote | None = rows.filter(session=session).first()
    witness("private_note.viewed", by=viewer, client_id=client.pk, subject=found)
    return found


@not_clinical("that a note exists, and nothing of what it says")
def noted_sessions(client: Client, *, viewer: Person) -> frozenset[UUID]:
    """Return the sessions that have a note."""
    require_record(viewer, client, Part.NOTES)
    rows = SessionNote.objects.seen_by(viewer, of=client.pk)
    return frozenset(rows.values_list("session_id", flat=True))


@not_clinical("that one's own private note exists, and nothing of what it says")
def privately_noted_sessions(client: Client, *, viewer: Person) -> frozenset[UUID | None]:
    """Return the sessions with a private note of one's own; ``None`` is that of the whole work."""
    require_record(viewer, client, Part.PRIVATE_NOTES)
    rows = PrivateNote.objects.seen_by(viewer, of=client.pk).filter(author=viewer)
    return frozenset(rows.values_list("session_id", flat=True))


@not_clinical("whether a time is free, of one's own calendar, with nobody's name")
def is_taken(
    starts_at: datetime, minutes: int, *, viewer: Person, but: Session | None = None
) -> bool:
    """Say whether a therapist has another session at a time."""
    ends_at = starts_at + timedelta(minutes=minutes)
    near = Session.objects.seen_by(viewer).filter(
        client__in=own_clients(viewer),
        status=Status.PLANNED,
        starts_at__lt=ends_at,
        starts_at__gt=starts_at - timedelta(hours=6),
    )
    if but is not None:
        near = near.exclude(pk=but.pk)
    return any(
        one.starts_at + timedelta(minutes=one.minutes) > starts_at
        for one in near.only("starts_at", "minutes")
    )
