"""Who may do what with a transcript and its findings: each rule guards action and button."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from holdfast_web.accounts.models import Person, Role
from holdfast_web.agreements.rules import (
    ends_within_a_year,
    is_supervisor_here,
    may_answer_offer,
)
from holdfast_web.agreements.standing import running_care
from holdfast_web.agreements.terms import Term, agreed
from holdfast_web.analysis.models import Analysis, SessionRefusal, SessionShare, Transcript
from holdfast_web.care.models import Client
from holdfast_web.care.rules import is_client, is_therapist_of
from holdfast_web.encounters.models import Session
from holdfast_web.encounters.rules import is_of_an_earlier_care
from holdfast_web.lib.decision import YES, Decision, no

Status = Session.Status
MOST_QUOTES = 12


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
    if is_of_an_earlier_care(viewer, session):
        return no("This session was with somebody else.")
    return is_agreed_for(session)


def may_work_on(viewer: Person, transcript: Transcript) -> Decision:
    """Say whether somebody may mend, analyse, correct or show a transcript."""
    mine = is_therapist_of(viewer, transcript.client)
    return is_agreed_for(transcript.session) if mine else mine


def may_answer_thread(viewer: Person, transcript: Transcript, utterance: int) -> Decision:
    """Say whether somebody may say what became of a thread that begins with a line."""
    allowed = may_work_on(viewer, transcript)
    if allowed and not 0 <= utterance < transcript.utterances:
        return no("There is no such line.")
    return allowed


def may_have_read(viewer: Person, transcript: Transcript, at_work: Analysis | None) -> Decision:
    """Say whether somebody may have the program read a transcript now."""
    allowed = may_work_on(viewer, transcript)
    if not allowed:
        return allowed
    if at_work is not None:
        return no("This transcript is being read already, or waits for its turn.")
    if not {"therapist", "client"} <= set(transcript.roles.values()):
        return no("Say first who is the therapist and who is the client.")
    return YES


def may_cancel_reading(
    viewer: Person, transcript: Transcript, at_work: Analysis | None
) -> Decision:
    """Say whether somebody may stop a reading; no consent is needed for it."""
    mine = is_therapist_of(viewer, transcript.client)
    if mine and at_work is None:
        return no("Nothing of this transcript is being read now.")
    return mine


def may_remove(viewer: Person, transcript: Transcript) -> Decision:
    """Say whether somebody may remove a transcript: its therapist, with or without a consent."""
    return is_therapist_of(viewer, transcript.client)


def may_refuse(viewer: Person, session: Session) -> Decision:
    """Say whether somebody may say no to one session: its client, before it and after it."""
    own = is_client(viewer, session.client)
    if not own:
        return own
    if session.status not in (Status.HELD, Status.PLANNED):
        return no("This session didn’t take place, so there is nothing to leave out.")
    if is_refused(session):
        return no("You have said no to this session already.")
    return YES


def may_take_refusal_back(viewer: Person, session: Session) -> Decision:
    """Say whether somebody may take the no to one session back."""
    own = is_client(viewer, session.client)
    if not own:
        return own
    return YES if is_refused(session) else no("There is no “not this session” to take back.")


def may_take_show_back(viewer: Person, transcript: Transcript) -> Decision:
    """Say whether somebody may take back what a client was shown; no consent is needed for it."""
    return may_remove(viewer, transcript)


def fits_an_excerpt(
    transcript: Transcript, quotes: Iterable[int], words: Iterable[str], *, picture: bool
) -> Decision:
    """Say whether there is something to show, and no more than can be taken in."""
    chosen = set(quotes)
    if any(not 0 <= one < transcript.utterances for one in chosen):
        return no(f"This session has the lines 1 to {transcript.utterances}.")
    if len(chosen) > MOST_QUOTES:
        return no(f"Choose at most {MOST_QUOTES} lines: it is to be read in one go.")
    if not chosen and not picture and not any(one.strip() for one in words):
        return no("Choose something to show: a line, a thread, a note or the picture.")
    return YES


def may_offer_session(viewer: Person, transcript: Transcript) -> Decision:
    """Say whether somebody may offer a supervisor a session: both consents are needed."""
    allowed = may_work_on(viewer, transcript)
    return agreed(transcript.client, Term.SUPERVISION) if allowed else allowed


def fits_a_session_share(
    transcript: Transcript, lines: tuple[int, int], supervisor: Person, ends_at: datetime
) -> Decision:
    """Say whether lines of a session can be offered to somebody until a time."""
    first, last = lines
    supervises = is_supervisor_here(supervisor)
    if not supervises:
        return supervises
    if not 0 <= first <= last < transcript.utterances:
        return no(f"Choose lines from 1 to {transcript.utterances}, the first one first.")
    return ends_within_a_year(ends_at)


def may_agree_to_session(viewer: Person, share: SessionShare) -> Decision:
    """Say whether somebody may agree that a supervisor reads a session."""
    waits = may_answer_offer(viewer, share.client, share.withdrawn_at, share.client_agreed_at)
    return _still_holds(share) if waits else waits


def may_close_session(viewer: Person, share: SessionShare) -> Decision:
    """Say whether somebody may close what is shared of a session, or say no to it."""
    if is_client(viewer, share.client) or is_therapist_of(viewer, share.client):
        return YES
    return no("Only the client and their therapist can close it.")


def is_open(share: SessionShare) -> Decision:
    """Say whether what is shared of a session can be read now: every consent is asked again."""
    if share.withdrawn_at or not share.client_agreed_at:
        return no("This isn’t shared now.")
    return _still_holds(share)


def may_listen(viewer: Person, share: SessionShare) -> Decision:
    """Say whether somebody may read what is shared of a session."""
    if share.supervisor_id == viewer.pk and viewer.role == Role.SUPERVISOR and viewer.is_active:
        return is_open(share)
    if share.therapist_id != viewer.pk:
        return no("Only the two whom it is shared between read it here.")
    return is_therapist_of(viewer, share.client)


def stands(share: SessionShare) -> tuple[str, str]:
    """Return where a share stands, ``"asked"``, ``"open"`` or ``"closed"``, and why it is closed.

    Where somebody closed it, no reason is given.
    """
    if share.withdrawn_at:
        return "closed", ""
    if share.client_agreed_at is None:
        return ("asked", "") if share.ends_at > timezone.now() else ("closed", "It ran out.")
    decision = is_open(share)
    return ("open", "") if decision else ("closed", decision.reason)


def may_comment(viewer: Person, share: SessionShare) -> Decision:
    """Say whether somebody may write at a line: the two whom it is shared between, while it is."""
    allowed = may_listen(viewer, share)
    return is_open(share) if allowed else allowed


def _still_holds(share: SessionShare) -> Decision:
    if share.ends_at <= timezone.now():
        return no("The time that this was meant for is over.")
    care = running_care(share.client)
    if care is None or care.therapist_id != share.therapist_id:
        return no("The therapist who offered it doesn’t work with this client now.")
    supervision = agreed(share.client, Term.SUPERVISION)
    return is_agreed_for(share.transcript.session) if supervision else supervision


def may_see_agreement(viewer: Person) -> Decision:
    """Say whether somebody may see how the coder does in the whole practice, in counts."""
    if viewer.role == Role.OWNER and viewer.is_active:
        return YES
    return no("Only the practice’s owner can see this.")
