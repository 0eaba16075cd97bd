"""Reads transcripts, for the therapist in whose care they are."""

from __future__ import annotations

from uuid import UUID

from holdfast_web.accounts.models import Person
from holdfast_web.analysis.models import Transcript
from holdfast_web.audit.witness import clinical_read, not_clinical, witness
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import require_record
from holdfast_web.encounters.models import Session
from holdfast_web.lib.refusals import NotYours


@clinical_read
def transcript_of(session: Session, *, viewer: Person) -> Transcript | None:
    """Return the transcript of a session; ``None`` before one was brought in."""
    require_record(viewer, session.client, Part.TRANSCRIPTS)
    rows = Transcript.objects.seen_by(viewer, of=session.client_id)
    found: Transcript | None = (
        rows.select_related("client", "session", "brought_by").filter(session=session).first()
    )
    witness("transcript.viewed", by=viewer, client_id=session.client_id, subject=found)
    return found


@clinical_read
def transcripts_of(client: Client, *, viewer: Person) -> tuple[Transcript, ...]:
    """Return all transcripts of a client, in the order of their sessions."""
    require_record(viewer, client, Part.TRANSCRIPTS)
    rows = Transcript.objects.seen_by(viewer, of=client.pk).select_related("client", "session")
    witness("transcripts.viewed", by=viewer, client_id=client.pk)
    return tuple(rows.order_by("session__starts_at", "pk"))


@not_clinical("that there is a transcript, and nothing of what it says")
def transcribed_sessions(client: Client, *, viewer: Person) -> frozenset[UUID]:
    """Return the sessions of which there is a transcript."""
    require_record(viewer, client, Part.TRANSCRIPTS)
    rows = Transcript.objects.seen_by(viewer, of=client.pk)
    return frozenset(rows.values_list("session_id", flat=True))


@clinical_read
def where_it_is(transcript: Transcript, *, viewer: Person) -> Transcript:
    """Return the transcript whose words somebody has just brought once more."""
    require_record(viewer, transcript.client, Part.TRANSCRIPTS)
    rows = Transcript.objects.seen_by(viewer).select_related("client", "session")
    found: Transcript | None = rows.filter(pk=transcript.pk).first()
    if found is None:
        raise NotYours
    witness("transcript.recognised", by=viewer, client_id=found.client_id, subject=found)
    return found
