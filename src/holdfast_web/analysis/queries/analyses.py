"""Reads what was found in transcripts, and where a reading stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from holdfast_web.accounts.models import Person
from holdfast_web.analysis.failures import sentence_of
from holdfast_web.analysis.models import Analysis, Transcript
from holdfast_web.analysis.queue import is_unheard, turns
from holdfast_web.analysis.rules import may_cancel_reading, may_have_read
from holdfast_web.audit.witness import clinical_read, not_clinical, witness
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import require_record
from holdfast_web.engine.coding import shipped
from holdfast_web.lib.decision import Decision
from holdfast_web.lib.refusals import NotYours

State = Analysis.State


@dataclass(frozen=True, slots=True)
class ReadingState:
    """Where the reading of a transcript stands, for a page.

    Attributes
    ----------
    transcript
        Which.
    state
        Of the latest reading; empty before one was asked for.
    read, of
        How far it has come, in lines.
    place
        Of one that waits: 1 is next.
    failure
        Why nothing came of the latest, in a sentence.
    found
        Whether there are findings, of the latest or an earlier reading.
    older_model, mended
        Whether the findings are of another model, or of the transcript before it was mended.
    unheard
        Whether nothing has happened to it for so long that no worker can be there.
    may_start, may_cancel
        With the reason where the answer is no.
    """

    transcript: Transcript
    state: str
    read: int
    of: int
    place: int | None
    failure: str
    found: bool
    older_model: bool
    mended: bool
    unheard: bool
    may_start: Decision
    may_cancel: Decision

    @property
    def at_work(self) -> bool:
        """Whether it waits or goes on: then a page looks again by itself."""
        return self.state in (State.WAITING, State.RUNNING)

    @property
    def same_again(self) -> bool:
        """Whether reading once more would find the same."""
        return self.found and not self.older_model and not self.mended


@clinical_read
def latest_analysis(transcript: Transcript, *, viewer: Person) -> Analysis | None:
    """Return the latest reading that was done, with its findings; ``None`` before there is one."""
    require_record(viewer, transcript.client, Part.TRANSCRIPTS)
    found: Analysis | None = _done(transcript, viewer).first()
    witness("findings.viewed", by=viewer, client_id=transcript.client_id, subject=found)
    return found


@not_clinical("that there is a transcript, without its words")
def transcript_to_read(session_id: UUID, client: Client, *, viewer: Person) -> Transcript:
    """Return the transcript of a session, to say where its reading stands.

    Raises
    ------
    NotYours
        If there is none that somebody may see.
    """
    require_record(viewer, client, Part.TRANSCRIPTS)
    rows = Transcript.objects.seen_by(viewer, of=client.pk).defer("lines", "notes")
    found: Transcript | None = (
        rows.select_related("client", "session__client").filter(session_id=session_id).first()
    )
    if found is None:
        raise NotYours
    return found


@not_clinical("where a reading stands, without its words")
def reading_state(transcript: Transcript, *, viewer: Person) -> ReadingState:
    """Return where the reading of a transcript stands, and what somebody may do about it."""
    require_record(viewer, transcript.client, Part.TRANSCRIPTS)
    last = _of(transcript, viewer).defer("findings").order_by("-asked_at").first()
    done = _done(transcript, viewer).defer("findings").first()
    at_work = last if last is not None and last.ended_at is None else None
    return ReadingState(
        transcript=transcript,
        state=last.state if last else "",
        read=last.read if last else 0,
        of=last.of if last else transcript.utterances,
        place=_place(at_work),
        failure=sentence_of(last.failure) if last else "",
        found=done is not None,
        older_model=done is not None and done.model != shipped().model,
        mended=done is not None and done.edition != transcript.edition,
        unheard=at_work is not None and is_unheard(at_work),
        may_start=may_have_read(viewer, transcript, at_work),
        may_cancel=may_cancel_reading(viewer, transcript, at_work),
    )


def _of(transcript: Transcript, viewer: Person) -> Any:
    rows = Analysis.objects.seen_by(viewer, of=transcript.client_id)
    return rows.filter(transcript=transcript)


def _done(transcript: Transcript, viewer: Person) -> Any:
    return _of(transcript, viewer).filter(state=State.DONE).order_by("-ended_at")


def _place(at_work: Analysis | None) -> int | None:
    if at_work is None or at_work.state != State.WAITING:
        return None
    order = turns()
    return order.index(at_work.pk) + 1 if at_work.pk in order else None
