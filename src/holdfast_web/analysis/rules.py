"""Who may do what with a transcript and its findings: each rule guards action and button."""

from __future__ import annotations

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.terms import Term, agreed
from holdfast_web.analysis.models import SessionRefusal, Transcript
from holdfast_web.care.models import Client
from holdfast_web.care.rules import is_therapist_of
from holdfast_web.encounters.models import Session
from holdfast_web.lib.decision import YES, Decision, no

Status = Session.Status


def is_agreed(client: Client) -> Decision:
    """Say whether a client's sessions may be recorded, and read by the coder."""
    recording = agreed(client, Term.RECORDING)
    return agreed(client, Term.ANALYSIS) if recording else recording


def is_agreed_for(session: Session) -> Decision:
    """Say whether this one session may be read: the client can except it."""
    allowed = is_agreed(session.client)
    if allowed and is_refused(session):
        return no("The client said no to this session.")
    return allowed


def is_refused(session: Session) -> bool:
    """Say whether the client said no to this one session."""
    rows = SessionRefusal.objects.for_the_practice("whether a door is open")
    found: bool = rows.filter(session=session, taken_back_at=None).exists()
    return found


def may_bring(viewer: Person, session: Session) -> Decision:
    """Say whether somebody may bring in the transcript of a session."""
    mine = is_therapist_of(viewer, session.client)
    if not mine:
        return mine
    if session.status != Status.HELD:
        return no("A transcript can be brought in once the session was held.")
    return is_agreed_for(session)


def may_work_on(viewer: Person, transcript: Transcript) -> Decision:
    """Say whether somebody may mend, analyse, correct or show a transcript."""
    mine = is_therapist_of(viewer, transcript.client)
    return is_agreed_for(transcript.session) if mine else mine


def may_remove(viewer: Person, transcript: Transcript) -> Decision:
    """Say whether somebody may remove a transcript: its therapist, with or without a consent."""
    mine = is_therapist_of(viewer, transcript.client)
    return YES if mine else mine
