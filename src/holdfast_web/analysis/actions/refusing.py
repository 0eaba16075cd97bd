"""A client's no to a single session: said before it or after it, and taken back."""

from __future__ import annotations

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.standing import running_care
from holdfast_web.analysis.actions.removing import remove_rows
from holdfast_web.analysis.models import SessionRefusal, Transcript
from holdfast_web.analysis.rules import may_refuse, may_take_refusal_back
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import is_client, require_record
from holdfast_web.encounters.models import Session
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import Refused


@action
def refuse_session(*, by: Person, session: Session) -> int:
    """Say no to one session: nothing of it is brought in, and what was brought in goes at once.

    Parameters
    ----------
    by
        The client; with or without somebody who works with them now.
    session
        Planned or held.

    Returns
    -------
    int
        How many transcripts went.
    """
    session = _held(by, session)
    require(may_refuse(by, session))
    rows = SessionRefusal.objects.seen_by(by)
    refusal = rows.filter(session=session).first() or SessionRefusal(
        client=session.client, session=session
    )
    refusal.at, refusal.taken_back_at = timezone.now(), None
    refusal.save()
    witness("session_refusal.made", by=by, client_id=session.client_id, subject=refusal)
    told = Transcript.objects.for_the_practice("a client said no to this session")
    found = list(told.filter(session=session).select_for_update(of=("self",)))
    for transcript in found:
        witness(
            "transcript.removed_refused",
            by=by,
            client_id=session.client_id,
            subject=transcript,
            utterances=transcript.utterances,
        )
        remove_rows(transcript)
    return len(found)


@action
def refuse_every_session(*, by: Person, client: Client) -> int:
    """Say no to every session of which there is text, so that all of it goes at once.

    A yes can be taken back whether or not an agreement still asks for it, and after care has ended.

    Parameters
    ----------
    by
        The client.
    client
        Whose sessions.

    Returns
    -------
    int
        How many transcripts went.

    Raises
    ------
    Refused
        If there is no text.
    """
    require_record(by, client, Part.SESSIONS)
    require(is_client(by, client))
    told = Transcript.objects.for_the_practice("a client said no to all of it")
    sessions = [one.session for one in told.filter(client=client).select_related("session__client")]
    if not sessions:
        raise Refused("There is no text of your sessions here.")
    return sum(refuse_session(by=by, session=one) for one in sessions)


@action
def take_refusal_back(*, by: Person, session: Session) -> SessionRefusal:
    """Let the general yes hold for a session again; what was removed doesn't come back."""
    session = _held(by, session)
    require(may_take_refusal_back(by, session))
    refusal: SessionRefusal = SessionRefusal.objects.seen_by(by).get(session=session)
    refusal.taken_back_at = timezone.now()
    refusal.save(update_fields=("taken_back_at",))
    witness("session_refusal.taken_back", by=by, client_id=session.client_id, subject=refusal)
    return refusal


def _held(by: Person, session: Session) -> Session:
    """Return a session as it is now, held against a transcript that is brought in meanwhile."""
    require_record(by, session.client, Part.SESSIONS)
    running_care(session.client, held=True)
    rows = Session.objects.seen_by(by).select_for_update(of=("self",)).select_related("client")
    found: Session = rows.get(pk=session.pk)
    return found
