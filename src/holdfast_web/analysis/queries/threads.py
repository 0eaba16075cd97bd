"""Reads what a client raised and nobody took up again, for their therapist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from holdfast_web.accounts.models import Person
from holdfast_web.analysis.models import Analysis, ThreadAnswer, Transcript
from holdfast_web.analysis.queries.gists import gists_of
from holdfast_web.analysis.rules import is_agreed
from holdfast_web.audit.witness import clinical_read, not_clinical, witness
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import require_record
from holdfast_web.encounters.models import Session
from holdfast_web.engine.threads import MOST, Loose, Spoken, loose_threads
from holdfast_web.lib.decision import Decision
from holdfast_web.lib.refusals import NotYours
from holdfast_web.measures.history import number_sessions

Place = tuple[UUID, int]
"""A transcript, and the line that a thread begins with."""


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A thread, with the session that it was raised in.

    Attributes
    ----------
    answer
        What was said of it; ``None`` while nothing was.
    unheard
        How many sessions held since have no text: it may have been taken up there.
    """

    loose: Loose
    session: Session
    answer: ThreadAnswer | None
    unheard: int


@dataclass(frozen=True, slots=True)
class Threads:
    """All threads of a client.

    Attributes
    ----------
    agreed
        Whether the client's sessions may be read now; nothing is shown without it.
    held, heard, read
        How many sessions were held, have text, and were read.
    open
        The newest first, at most five.
    away
        Those that were put away.
    """

    agreed: Decision
    held: int = 0
    heard: int = 0
    read: int = 0
    open: tuple[ThreadView, ...] = ()
    away: tuple[ThreadView, ...] = ()


@clinical_read
def threads_of(client: Client, *, viewer: Person) -> Threads:
    """Return a client's threads over all sessions that have text."""
    require_record(viewer, client, Part.TRANSCRIPTS)
    witness("threads.viewed", by=viewer, client_id=client.pk)
    agreed = is_agreed(client)
    if not agreed:
        return Threads(agreed)
    held, kept = _held(client, viewer), _kept(client, viewer)
    read = gists_of(Analysis.objects.seen_by(viewer, of=client.pk), viewer=viewer)
    spoken = [
        Spoken(
            number,
            kept[one.pk].lines,
            kept[one.pk].roles,
            read[one.pk].gist["openings"] if one.pk in read else (),
        )
        for number, one in held.items()
        if one.pk in kept
    ]
    views = tuple(_views(loose_threads(spoken), held, kept, _answers(client, viewer)))
    return Threads(
        agreed,
        held=len(held),
        heard=len(spoken),
        read=sum(one.pk in read for one in held.values()),
        open=tuple(one for one in views if one.answer is None)[:MOST],
        away=tuple(one for one in views if one.answer is not None),
    )


@not_clinical("finds the transcript that an action is about, and shows nothing of it")
def transcript_with_line(
    client: Client, session_id: UUID, utterance: int, *, viewer: Person
) -> Transcript:
    """Return the transcript of a session that has a line.

    Raises
    ------
    NotYours
        If there is none that somebody may see.
    """
    require_record(viewer, client, Part.TRANSCRIPTS)
    rows = Transcript.objects.seen_by(viewer, of=client.pk).select_related("client", "session")
    found: Transcript | None = rows.filter(session_id=session_id, utterances__gt=utterance).first()
    if found is None:
        raise NotYours
    return found


def _held(client: Client, viewer: Person) -> dict[int, Session]:
    """Return the sessions that were held, by their numbers."""
    rows = Session.objects.seen_by(viewer, of=client.pk).filter(status=Session.Status.HELD)
    sessions = [*rows.order_by("starts_at")]
    numbers = number_sessions(sessions)
    return {numbers[one.pk]: one for one in sessions if one.pk in numbers}


def _kept(client: Client, viewer: Person) -> dict[UUID, Transcript]:
    """Return the transcripts of which somebody said who is who, by their sessions."""
    rows = Transcript.objects.seen_by(viewer, of=client.pk).defer("notes")
    return {one.session_id: one for one in rows if one.roles}


def _answers(client: Client, viewer: Person) -> dict[Place, ThreadAnswer]:
    rows = ThreadAnswer.objects.seen_by(viewer, of=client.pk).select_related("by")
    return {(one.transcript_id, one.utterance): one for one in rows}


def _views(
    found: Iterable[Loose],
    held: Mapping[int, Session],
    kept: Mapping[UUID, Transcript],
    answers: Mapping[Place, ThreadAnswer],
) -> Iterator[ThreadView]:
    for loose in found:
        session = held[loose.number]
        answer = answers.get((kept[session.pk].pk, loose.index))
        later = [one for number, one in held.items() if number > loose.number]
        unheard = sum(one.pk not in kept for one in later)
        yield ThreadView(loose, session, answer, unheard)
