"""A session for a supervisor: offered by the therapist, agreed by the client, closed by either."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.standing import running_care
from holdfast_web.analysis.actions.holding import hold
from holdfast_web.analysis.models import Analysis, LineComment, SessionShare, Transcript
from holdfast_web.analysis.rules import (
    fits_a_session_share,
    may_agree_to_session,
    may_close_session,
    may_comment,
    may_listen,
    may_offer_session,
)
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import require_record
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours, Refused, Stale

LONGEST_PURPOSE = 1000
LONGEST_COMMENT = 2000
FINDING = "finding a share, which its own rule then opens or not"


@action
def offer_session(
    *,
    by: Person,
    transcript: Transcript,
    supervisor: Person,
    lines: tuple[int, int],
    purpose: str,
    ends_at: datetime,
) -> SessionShare:
    """Ask a client to let a supervisor read a session, or lines of it; nothing opens by it.

    Parameters
    ----------
    by
        The client's therapist, who consents by asking.
    transcript
        Of a session that was read: in what a supervisor reads, names are masked.
    lines
        The first and the last, by their places from 0.
    purpose
        What for; the client and the supervisor read it.
    ends_at
        Until when, within a year.
    """
    transcript = hold(by, transcript)
    require(may_offer_session(by, transcript))
    require(fits_a_session_share(transcript, lines, supervisor, ends_at))
    rows = Analysis.objects.seen_by(by).filter(transcript=transcript)
    if not rows.filter(state=Analysis.State.DONE).exists():
        raise Refused("Have the session read first: that is when names are masked.")
    first, last = lines
    share = SessionShare(
        client=transcript.client,
        transcript=transcript,
        therapist=by,
        supervisor=supervisor,
        first=first,
        last=last,
        purpose=_told(purpose, LONGEST_PURPOSE, "Say what it is for. The client reads it."),
        ends_at=ends_at,
    )
    share.save()
    witness(
        "session_share.offered",
        by=by,
        client_id=share.client_id,
        subject=share,
        lines=last - first + 1,
    )
    return share


@action
def agree_to_session(*, by: Person, share: SessionShare) -> SessionShare:
    """Agree, as the client, to this very share: it opens at once.

    Raises
    ------
    Stale
        If it was taken back or agreed to in the meantime.
    """
    share = _held(by, share.pk)
    if share.withdrawn_at or share.client_agreed_at:
        raise Stale(may_agree_to_session(by, share).reason)
    require(may_agree_to_session(by, share))
    share.client_agreed_at = timezone.now()
    share.save(update_fields=("client_agreed_at",))
    witness("session_share.agreed", by=by, client_id=share.client_id, subject=share)
    return share


@action
def close_session_share(*, by: Person, share: SessionShare) -> SessionShare:
    """Say no to a share, take it back, or close it: from now on nothing of it is open.

    Raises
    ------
    Stale
        If it was closed already.
    """
    share = _held(by, share.pk)
    require(may_close_session(by, share))
    if share.withdrawn_at:
        raise Stale("This was closed already. Nothing of it is open.")
    _close(share, by)
    return share


@action
def comment_on_line(*, by: Person, share: SessionShare, utterance: int, words: str) -> LineComment:
    """Write at a line of a shared session, as the supervisor or in answer as the therapist."""
    rows = SessionShare.objects.for_the_practice(FINDING)
    people = ("client", "transcript__session__client")
    held = rows.select_for_update(of=("self",)).select_related(*people)
    found: SessionShare | None = held.filter(pk=share.pk).first()
    if found is None or not may_listen(by, found):
        raise NotYours
    require(may_comment(by, found))
    if not found.first <= utterance <= found.last:
        raise Refused("This line isn’t shared.")
    comment = LineComment(
        client=found.client,
        share=found,
        author=by,
        utterance=utterance,
        words=_told(words, LONGEST_COMMENT, "Please write something."),
    )
    comment.save()
    witness("line_comment.written", by=by, client_id=found.client_id, subject=comment)
    return comment


def close_rows(rows: Any, *, by: Person) -> None:
    """Close shares whose ground is gone."""
    for share in rows.filter(withdrawn_at=None).select_for_update(of=("self",)):
        _close(share, by)


def _close(share: SessionShare, by: Person) -> None:
    share.withdrawn_at = timezone.now()
    share.save(update_fields=("withdrawn_at",))
    witness("session_share.closed", by=by, client_id=share.client_id, subject=share)


def _held(by: Person, share_id: UUID) -> SessionShare:
    rows = SessionShare.objects.seen_by(by).select_related("client", "transcript__session__client")
    share = rows.filter(pk=share_id).first()
    if share is None:
        raise NotYours
    require_record(by, share.client, Part.SESSIONS)
    running_care(share.client, held=True)
    found: SessionShare | None = rows.select_for_update(of=("self",)).filter(pk=share_id).first()
    if found is None:
        raise NotYours
    return found


def _told(words: str, longest: int, empty: str) -> str:
    told = words.strip()
    if not told:
        raise Refused(empty)
    if len(told) > longest:
        raise Refused(f"At most {longest} characters, please.")
    return told
