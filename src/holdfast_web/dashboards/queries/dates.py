"""The sessions of a client: what comes, what was, and which have notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.analysis.queries.transcripts import transcribed_sessions
from holdfast_web.audit.witness import not_clinical
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import may_read
from holdfast_web.encounters.models import Session
from holdfast_web.encounters.queries import noted_sessions, privately_noted_sessions, sessions_of
from holdfast_web.lib.addresses import address_of_each
from holdfast_web.lib.templatetags.holdfast import day

Status, Place = Session.Status, Session.Place
WITNESSED = "what is shown of sessions is witnessed where they are read"


@dataclass(frozen=True, slots=True)
class Dated:
    """A session that was, in words: a long list of rows would take most of a page's time.

    Attributes
    ----------
    day, what
        When it was, and what became of it.
    address, opens
        Its own page, and whether there is a note; empty where no notes are shown.
    said
        The page of what was said in it; empty where there is no transcript, or it isn't shown.
    """

    day: str
    what: str
    address: str = ""
    opens: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sessions of a client.

    Attributes
    ----------
    ahead
        Those to come, the next first.
    past
        Those that were, the latest first.
    last
        The last one that was held.
    privately
        Which have a private note; ``None`` among them stands for the work as a whole.
    """

    ahead: tuple[Session, ...]
    past: tuple[Dated, ...]
    last: Session | None
    privately: frozenset[UUID | None] = frozenset()

    @property
    def next(self) -> Session | None:
        """The one that comes next."""
        return self.ahead[0] if self.ahead else None


@dataclass(frozen=True, slots=True)
class _Notes:
    """Which sessions have notes or a transcript, and where these are opened."""

    address_of: Callable[[UUID], str]
    said_of: Callable[[UUID], str]
    noted: frozenset[UUID] = frozenset()
    privately: frozenset[UUID | None] = frozenset()
    transcribed: frozenset[UUID] = frozenset()

    def of(self, session_id: UUID) -> dict[str, str]:
        """Return what a line says of a session's notes and words."""
        opens = "Private note" if session_id in self.privately else "Open"
        return {
            "address": self.address_of(session_id),
            "opens": "Note" if session_id in self.noted else opens,
            "said": self.said_of(session_id) if session_id in self.transcribed else "",
        }


@not_clinical(WITNESSED)
def sessions_with_notes(client: Client, *, viewer: Person) -> Sessions:
    """Return the sessions of a client, and which have notes that are open to the viewer."""
    known: dict[str, Any] = {}
    if may_read(viewer, client, Part.NOTES):
        known["noted"] = noted_sessions(client, viewer=viewer)
    if may_read(viewer, client, Part.PRIVATE_NOTES):
        known["privately"] = privately_noted_sessions(client, viewer=viewer)
    if may_read(viewer, client, Part.TRANSCRIPTS):
        known["transcribed"] = transcribed_sessions(client, viewer=viewer)
    notes = _Notes(
        address_of_each("encounters:session", client.pk),
        address_of_each("analysis:findings", client.pk),
        **known,
    )
    return _split(sessions_of(client, viewer=viewer), notes)


@not_clinical(WITNESSED)
def sessions_alone(client: Client, *, viewer: Person) -> Sessions:
    """Return the sessions of a client without a word of notes."""
    return _split(sessions_of(client, viewer=viewer), None)


def _split(found: Iterable[Session], notes: _Notes | None) -> Sessions:
    today = timezone.localdate()
    ahead: list[Session] = []
    past: list[Session] = []
    for one in found:
        planned = one.status == Status.PLANNED and timezone.localdate(one.starts_at) >= today
        (ahead if planned else past).append(one)
    past.reverse()
    return Sessions(
        ahead=tuple(ahead),
        past=tuple(_dated(one, notes) for one in past),
        last=next((one for one in past if one.number is not None), None),
        privately=notes.privately if notes else frozenset(),
    )


def _dated(one: Session, notes: _Notes | None) -> Dated:
    return Dated(day(one.starts_at), _what_became(one), **(notes.of(one.pk) if notes else {}))


def _what_became(one: Session) -> str:
    if one.number:
        return f"session {one.number}, {Place(one.place).label}"
    if one.status == Status.PLANNED:
        return "nobody said yet what became of it"
    return str(Status(one.status).label)
