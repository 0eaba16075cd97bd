"""What a therapist does with a transcript: bring it in, and say who is who."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.terms import terms_of
from holdfast_web.analysis.actions.holding import hold
from holdfast_web.analysis.models import Transcript
from holdfast_web.analysis.rules import may_bring, may_work_on
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import require_record
from holdfast_web.encounters.actions import running_care
from holdfast_web.encounters.models import Session
from holdfast_web.engine.transcripts import Brought, read_upload
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import Refused
from holdfast_web.vault.fingerprints import fingerprint

ROLES = frozenset({"therapist", "client", "other"})


class BroughtBefore(Refused):
    """The same words are here already; ``transcript`` says where."""

    def __init__(self, transcript: Transcript) -> None:
        self.transcript = transcript
        super().__init__("These words are here already. Nothing was changed.")


def bring_transcript(*, by: Person, session: Session, name: str, data: bytes) -> Transcript:
    """Bring in the transcript of a held session.

    The file is read before anything is locked; neither it nor its name is kept.

    Parameters
    ----------
    by
        The session's therapist.
    session
        Which.
    name
        Of the file, for its suffix alone.
    data
        The file.

    Raises
    ------
    holdfast_web.engine.transcripts.TranscriptUnreadable
        If it can't be read.
    BroughtBefore
        If its words are here already, in a session that is open to whoever brings it.
    Refused
        If the session has another transcript, or a rule says no.
    """
    require_record(by, session.client, Part.TRANSCRIPTS)
    require(may_bring(by, session))
    return _keep(by=by, session=session, brought=read_upload(data, name))


@action
def _keep(*, by: Person, session: Session, brought: Brought) -> Transcript:
    running_care(by, session.client)
    session = Session.objects.seen_by(by).select_related("client").get(pk=session.pk)
    require(may_bring(by, session))
    told = fingerprint(_one_spelling(brought), of="a transcript")
    _refuse_what_is_here(by, session, told)
    transcript = Transcript(
        client=session.client,
        session=session,
        brought_by=by,
        kept_until=_kept_until(session.client),
        format=brought.format,
        fingerprint=told,
        lines=list(brought.lines),
        roles={},
        notes={"read": list(brought.notes), "stated": brought.stated},
        utterances=len(brought.lines),
        seconds=brought.seconds,
    )
    transcript.save(force_insert=True)
    witness(
        "transcript.brought",
        by=by,
        client_id=session.client_id,
        subject=transcript,
        utterances=transcript.utterances,
        format=transcript.format,
    )
    return transcript


@action
def set_roles(
    *, by: Person, transcript: Transcript, roles: Mapping[str, str], edition: int
) -> Transcript:
    """Say who is the therapist, who the client, and who neither.

    Parameters
    ----------
    roles
        ``"therapist"``, ``"client"`` or ``"other"`` for each speaker.
    edition
        Of the transcript that was looked at.

    Raises
    ------
    Refused
        If a speaker has no role, or there is no therapist or no client among them.
    Stale
        If the transcript was changed in the meantime.
    """
    transcript = hold(by, transcript, edition)
    require(may_work_on(by, transcript))
    speakers = {line["speaker"] for line in transcript.lines}
    if set(roles) != speakers or not set(roles.values()) <= ROLES:
        raise Refused("Say for each speaker who they are.")
    if not {"therapist", "client"} <= set(roles.values()):
        raise Refused("Somebody has to be the therapist, and somebody the client.")
    if roles != transcript.roles:
        transcript.roles = dict(roles)
        transcript.edition += 1
        transcript.save(update_fields=("roles", "edition"))
    witness(
        "transcript.roles_set",
        by=by,
        client_id=transcript.client_id,
        subject=transcript,
        edition=transcript.edition,
    )
    return transcript


def _refuse_what_is_here(by: Person, session: Session, told: str) -> None:
    mine = Transcript.objects.seen_by(by).select_related("client", "session")
    same: Transcript | None = mine.filter(fingerprint=told).first()
    if same is not None:
        raise BroughtBefore(same)
    if mine.filter(session=session).exists():
        raise Refused("This session has a transcript already. Remove it first, then bring another.")


def _one_spelling(brought: Brought) -> str:
    """Return the words alone, in small letters: another format or other names change nothing."""
    talk = " ".join(line["text"] for line in brought.lines).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in talk).split())


def _kept_until(client: Client) -> date | None:
    terms = terms_of(client)
    days = terms.transcript_kept_days if terms else None
    return None if days is None else timezone.localdate() + timedelta(days=days)
