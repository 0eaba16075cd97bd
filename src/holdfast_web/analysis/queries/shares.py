"""Sessions that are shared for supervision: for the therapist, and for the supervisor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from holdfast_web.accounts.models import Person, Role
from holdfast_web.analysis.masked import masked_lines
from holdfast_web.analysis.models import Analysis, LineComment, SessionShare, Transcript
from holdfast_web.analysis.rules import (
    is_agreed_for,
    is_open,
    may_close_session,
    may_comment,
    may_listen,
    may_offer_session,
    stands,
)
from holdfast_web.audit.models import Event
from holdfast_web.audit.witness import clinical_read, not_clinical, witness, witness_each
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.records import names_of
from holdfast_web.care.rules import is_therapist_of, require_record
from holdfast_web.engine.findings import Line
from holdfast_web.lib.decision import Decision
from holdfast_web.lib.refusals import NotYours
from holdfast_web.vault.keys import open_keys

SHARED = "what was shared with a supervisor, opened by its own rule"
LISTENED = "session_share.listened"
LAST_VISITS = 20
TOGETHER = timedelta(hours=1)
"""Within it, opening the page again is the same visit."""
PEOPLE = ("client", "supervisor", "therapist", "transcript__session__client")


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody read what was shared."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SharedLines:
    """A share as the therapist or the supervisor sees it in a list.

    Attributes
    ----------
    state
        ``"asked"``, ``"open"`` or ``"closed"``.
    why
        Why it isn't open.
    visits
        Who read it and when, the latest first.
    comments
        How many there are.
    """

    row: SessionShare
    state: str
    why: str
    visits: tuple[Visit, ...]
    comments: int
    may_close: Decision


@dataclass(frozen=True, slots=True)
class SharesOfSession:
    """All shares of one session, for its therapist."""

    shares: tuple[SharedLines, ...]
    is_read: bool
    may_offer: Decision


@dataclass(frozen=True, slots=True)
class Comment:
    """Something that was written at a line."""

    by: str
    mine: bool
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CommentedLine:
    """A shared line, masked, with what was heard in it and what was written at it."""

    line: Line
    comments: tuple[Comment, ...]

    @property
    def heard(self) -> str:
        """What was heard in it, in words."""
        return " · ".join(
            f"{one.words} (unsure)" if one.unsure and one.family != "unsure" else one.words
            for one in self.line.marks
        )

    @property
    def who(self) -> str:
        """Who said it; names are masked."""
        return "somebody else" if self.line.role == "other" else self.line.role


@dataclass(frozen=True, slots=True)
class SharedSession:
    """What is shared, exactly; ``mine`` is for the therapist, who offered it."""

    row: SessionShare
    mine: bool
    state: str
    lines: tuple[CommentedLine, ...]
    may_comment: Decision


@clinical_read
def shares_of_session(transcript: Transcript, *, viewer: Person) -> SharesOfSession:
    """Return what is shared of a session, who read it and when, for its therapist."""
    require_record(viewer, transcript.client, Part.TRANSCRIPTS)
    if not is_therapist_of(viewer, transcript.client):
        raise NotYours
    witness("session_share.viewed", by=viewer, client_id=transcript.client_id)
    rows = SessionShare.objects.seen_by(viewer, of=transcript.client_id)
    found = list(rows.filter(transcript=transcript).select_related(*PEOPLE).order_by("-offered_at"))
    visits, comments = _visits(found), _comment_counts(found)
    done = Analysis.objects.seen_by(viewer, of=transcript.client_id).filter(
        transcript=transcript, state=Analysis.State.DONE
    )
    return SharesOfSession(
        shares=tuple(
            SharedLines(
                row,
                *stands(row),
                tuple(visits[row.pk]),
                comments.get(row.pk, 0),
                may_close_session(viewer, row),
            )
            for row in found
        ),
        is_read=done.exists(),
        may_offer=may_offer_session(viewer, transcript),
    )


@clinical_read
def sessions_shared_with(*, viewer: Person) -> tuple[SharedLines, ...]:
    """Return the sessions that are open to a supervisor now, those first that end soonest."""
    if viewer.role != Role.SUPERVISOR:
        raise NotYours
    rows = SessionShare.objects.for_the_practice(SHARED).filter(
        supervisor=viewer,
        client_agreed_at__isnull=False,
        withdrawn_at=None,
        ends_at__gt=timezone.now(),
        client__erased_at=None,
    )
    found = [row for row in rows.select_related(*PEOPLE).order_by("ends_at") if is_open(row)]
    clients = dict.fromkeys(row.client_id for row in found)
    witness_each("session_share.listed", by=viewer, client_ids=clients)
    open_keys(clients)
    comments = _comment_counts(found)
    return tuple(
        SharedLines(row, "open", "", (), comments.get(row.pk, 0), may_close_session(viewer, row))
        for row in found
    )


@clinical_read
def shared_session(share_id: UUID, *, viewer: Person) -> SharedSession:
    """Return exactly the lines that are shared, to the supervisor or the therapist.

    Raises
    ------
    NotYours
        To everybody else, and to the supervisor before it is open and after.
    """
    row = share_to_open(share_id, viewer=viewer)
    mine = row.supervisor_id != viewer.pk
    event = "session_share.viewed" if mine else LISTENED
    witness(event, by=viewer, client_id=row.client_id, subject=row)
    rows = Analysis.objects.for_the_practice(SHARED).filter(
        transcript=row.transcript, state=Analysis.State.DONE
    )
    analysis = rows.order_by("-ended_at").first()
    findings = analysis.findings if analysis and is_agreed_for(row.transcript.session) else None
    lines = masked_lines(findings, row.first, row.last)
    comments = _comments(row, viewer)
    return SharedSession(
        row=row,
        mine=mine,
        state=stands(row)[0],
        lines=tuple(CommentedLine(one, tuple(comments[one.index])) for one in lines),
        may_comment=may_comment(viewer, row),
    )


@not_clinical("finds the row that an action is about, and shows nothing of it")
def share_to_open(share_id: UUID, *, viewer: Person) -> SessionShare:
    """Return a share that somebody may read.

    Raises
    ------
    NotYours
        If they may not, or it isn't there.
    """
    rows = SessionShare.objects.for_the_practice(SHARED).select_related(*PEOPLE)
    found: SessionShare | None = rows.filter(pk=share_id).first()
    if found is None or not may_listen(viewer, found):
        raise NotYours
    return found


@not_clinical("finds the row that an action is about, and shows nothing of it")
def share_of_session(
    client: Client, session_id: UUID, share_id: UUID, *, viewer: Person
) -> SessionShare:
    """Return a share of one session, for its therapist.

    Raises
    ------
    NotYours
        If it isn't theirs, or is of another session.
    """
    require_record(viewer, client, Part.TRANSCRIPTS)
    rows = SessionShare.objects.seen_by(viewer, of=client.pk).select_related(*PEOPLE)
    found: SessionShare | None = rows.filter(pk=share_id, transcript__session=session_id).first()
    if found is None:
        raise NotYours
    return found


def _visits(rows: Iterable[SessionShare]) -> dict[UUID, list[Visit]]:
    subjects = {f"{row._meta.label_lower}:{row.pk}": row.pk for row in rows}
    clients = {row.client_id for row in rows}
    told = Event.objects.filter(client_id__in=clients, what=LISTENED, subject__in=subjects)
    events = list(told.order_by("-place").values_list("subject", "actor_id", "at"))
    names = names_of(actor for _, actor, _ in events if actor)
    found: dict[UUID, list[Visit]] = defaultdict(list)
    for subject, actor, at in events:
        visits = found[subjects[subject]]
        name = names.get(actor, "") if actor else ""
        if visits and visits[-1].by == name and visits[-1].at - at < TOGETHER:
            continue
        if len(visits) < LAST_VISITS:
            visits.append(Visit(name, at))
    return found


def _comment_counts(rows: Iterable[SessionShare]) -> dict[UUID, int]:
    told = LineComment.objects.for_the_practice(SHARED).filter(share__in=[row.pk for row in rows])
    return dict(told.values_list("share_id").annotate(Count("pk")))


def _comments(row: SessionShare, viewer: Person) -> dict[int, list[Comment]]:
    told = LineComment.objects.for_the_practice(SHARED).filter(share=row).select_related("author")
    found: dict[int, list[Comment]] = defaultdict(list)
    for one in told.order_by("at"):
        mine = one.author_id == viewer.pk
        found[one.utterance].append(Comment(one.author.name, mine, one.words, one.at))
    return found
