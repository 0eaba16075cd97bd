"""What could pass on, for the client to choose from; and what did, for the next therapist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import clinical_read, witness
from holdfast_web.care.models import Client
from holdfast_web.care.rules import is_client
from holdfast_web.correspondence.models import Thread
from holdfast_web.encounters.models import Session, SessionNote
from holdfast_web.handover import rules
from holdfast_web.handover.models import HandOver
from holdfast_web.handover.passing import Passes
from holdfast_web.lib.refusals import NotYours
from holdfast_web.measures.models import Rupture, Signal


@dataclass(frozen=True, slots=True)
class NoteToPass:
    """The note of one session."""

    id: UUID
    number: int | None
    on: datetime
    author: str
    words: str


@dataclass(frozen=True, slots=True)
class ThreadToPass:
    """A conversation in writing."""

    id: UUID
    about: str
    on: datetime


@dataclass(frozen=True, slots=True)
class Documents:
    """What could pass on, one by one."""

    notes: tuple[NoteToPass, ...]
    threads: tuple[ThreadToPass, ...]


@dataclass(frozen=True, slots=True)
class Passed:
    """What passed on, as far as the next therapist may open it now."""

    sessions: tuple[Session, ...]
    signals: int
    ruptures: int
    threads: int


@clinical_read
def documents_of(client: Client, *, viewer: Person) -> Documents:
    """Return a client's notes and conversations, for the client to choose from."""
    if not is_client(viewer, client):
        raise NotYours
    witness("note.viewed", by=viewer, client_id=client.pk)
    notes = SessionNote.objects.seen_by(viewer, of=client.pk).select_related("session", "author")
    threads = Thread.objects.seen_by(viewer, of=client.pk).order_by("begun_at")
    return Documents(
        notes=tuple(
            NoteToPass(
                one.session_id,
                one.session.number,
                one.session.starts_at,
                one.author.name,
                one.words,
            )
            for one in notes.order_by("session__starts_at")
        ),
        threads=tuple(ThreadToPass(one.pk, one.about, one.begun_at) for one in threads),
    )


@clinical_read
def passed_on(change: HandOver, *, viewer: Person) -> Passed:
    """Return what passed on with a change, for whoever came by it."""
    if not rules.came_by(viewer, change):
        raise NotYours
    client_id = change.client_id
    witness("hand_over.passed_viewed", by=viewer, client_id=client_id, subject=change)

    notes = SessionNote.objects.seen_by(viewer, of=client_id).filter(handed_to=change.next_care)
    sessions = Session.objects.seen_by(viewer, of=client_id)
    signals = Signal.objects.seen_by(viewer, of=client_id).filter(handed_to=change.next_care)
    ruptures = Rupture.objects.seen_by(viewer, of=client_id).filter(handed_to=change.next_care)
    return Passed(
        sessions=tuple(
            sessions.filter(pk__in=notes.values_list("session_id", flat=True)).order_by("starts_at")
        ),
        signals=signals.count(),
        ruptures=ruptures.count(),
        threads=len(Passes.of(change.passes).threads),
    )
