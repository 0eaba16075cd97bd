"""The client's own view: of which sessions there is text, what was shown, who may read it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.analysis.masked import masked_lines
from holdfast_web.analysis.models import (
    Analysis,
    Excerpt,
    SessionRefusal,
    SessionShare,
    Transcript,
)
from holdfast_web.analysis.rules import (
    is_agreed,
    may_agree_to_session,
    may_refuse,
    may_take_refusal_back,
    stands,
)
from holdfast_web.analysis.shown import Shown, shown_of
from holdfast_web.audit.witness import clinical_read, not_clinical, witness
from holdfast_web.care.models import Client
from holdfast_web.care.rules import is_client
from holdfast_web.encounters.models import Session
from holdfast_web.engine.findings import Line
from holdfast_web.lib.decision import Decision
from holdfast_web.lib.refusals import NotYours

TOLD = "what a client is told of a text: that it is there, and until when"
OWN_WORDS = "what a client is shown of their own session, or asked to share"
Status = Session.Status


@dataclass(frozen=True, slots=True)
class MySession:
    """One session in the client's list.

    Attributes
    ----------
    has_text, kept_until
        Whether its text was brought in, and the last day on which it is kept.
    shown, is_new
        Whether the therapist shows something of it, and the client hasn't read that yet.
    refused
        Whether the client said "not this session".
    asked, open
        How many offers to share it wait, and how many are open to a supervisor.
    """

    session: Session
    therapist: str
    has_text: bool
    kept_until: date | None
    shown: bool
    is_new: bool
    refused: bool
    asked: int
    open: int

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to see of it."""
        return not (self.has_text or self.refused)


@dataclass(frozen=True, slots=True)
class MySessions:
    """All of them; ``agreed`` says whether text may be made at all."""

    ahead: tuple[MySession, ...]
    held: tuple[MySession, ...]
    agreed: Decision

    @property
    def told(self) -> tuple[MySession, ...]:
        """Those that were held and of which there is text, or to which the client said no."""
        return tuple(one for one in self.held if not one.is_plain)

    @property
    def has_text(self) -> bool:
        """Whether there is text of any of them."""
        return any(one.has_text for one in self.held)

    @property
    def plain(self) -> tuple[MySession, ...]:
        """Those that were held and of which there is nothing to see."""
        return tuple(one for one in self.held if one.is_plain)


@dataclass(frozen=True, slots=True)
class MyShare:
    """What a supervisor would read or reads, as the client decides about it.

    Attributes
    ----------
    state
        ``"asked"``, ``"open"`` or ``"closed"`` (for whatever reason).
    why
        Where it is closed and nobody closed it: why.
    lines
        Just what is read there, masked.
    """

    row: SessionShare
    state: str
    why: str
    may_agree: Decision
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class MySessionView:
    """One session, with all that the client may see of it."""

    told: MySession
    shown: Shown | None
    shown_at: datetime | None
    shares: tuple[MyShare, ...]
    agreed: Decision
    may_refuse: Decision
    may_take_back: Decision


@clinical_read
def my_sessions(client: Client, *, viewer: Person) -> MySessions:
    """Return the client's sessions, with as many queries for sixty as for one."""
    _require_own(viewer, client)
    witness("my_sessions.viewed", by=viewer, client_id=client.pk)
    rows = Session.objects.seen_by(viewer, of=client.pk).filter(
        Q(status=Status.HELD) | Q(status=Status.PLANNED, starts_at__gt=timezone.now())
    )
    told = _told(client, list(rows.select_related("care__therapist", "client")))
    return MySessions(
        ahead=tuple(one for one in reversed(told) if one.session.status == Status.PLANNED),
        held=tuple(one for one in told if one.session.status == Status.HELD),
        agreed=is_agreed(client),
    )


@clinical_read
def my_session(client: Client, session_id: UUID, *, viewer: Person) -> MySessionView:
    """Return one session for its client.

    Raises
    ------
    NotYours
        If it isn't theirs.
    """
    session = own_session(client, session_id, viewer=viewer)
    witness("my_sessions.viewed", by=viewer, client_id=client.pk, subject=session)
    (told,) = _told(client, [session])
    rows = Excerpt.objects.seen_by(viewer, of=client.pk).select_related("by", "transcript")
    excerpt = rows.filter(transcript__session=session).first()
    findings = _findings_of(session)
    if excerpt is not None:
        witness("excerpt.viewed", by=viewer, client_id=client.pk, subject=excerpt)
    return MySessionView(
        told=told,
        shown=shown_of(excerpt.chosen, excerpt.by.name, findings) if excerpt else None,
        shown_at=excerpt.at if excerpt else None,
        shares=tuple(_shares(session, viewer, findings)),
        agreed=is_agreed(client),
        may_refuse=may_refuse(viewer, session),
        may_take_back=may_take_refusal_back(viewer, session),
    )


@not_clinical("finds the row that an action is about, and shows nothing of it")
def own_session(client: Client, session_id: UUID, *, viewer: Person) -> Session:
    """Return a session of the client's own.

    Raises
    ------
    NotYours
        If it isn't theirs.
    """
    _require_own(viewer, client)
    rows = Session.objects.seen_by(viewer, of=client.pk).select_related("client", "care__therapist")
    found: Session | None = rows.filter(pk=session_id).first()
    if found is None:
        raise NotYours
    return found


@not_clinical("finds the row that an action is about, and shows nothing of it")
def own_share(client: Client, share_id: UUID, *, viewer: Person) -> SessionShare:
    """Return an offer to share a session of the client's own.

    Raises
    ------
    NotYours
        If it isn't theirs.
    """
    _require_own(viewer, client)
    rows = SessionShare.objects.seen_by(viewer, of=client.pk).select_related("transcript", "client")
    found: SessionShare | None = rows.filter(pk=share_id).first()
    if found is None:
        raise NotYours
    return found


@not_clinical("counts, for the client's first page")
def waiting_in_sessions(client: Client, *, viewer: Person) -> tuple[UUID | None, UUID | None]:
    """Return a session of which something new is shown, and one that is asked to be shared."""
    _require_own(viewer, client)
    shown = Excerpt.objects.seen_by(viewer, of=client.pk).filter(seen_at=None).order_by("-at")
    asked = SessionShare.objects.seen_by(viewer, of=client.pk).filter(
        client_agreed_at=None, withdrawn_at=None, ends_at__gt=timezone.now()
    )
    session = "transcript__session_id"
    return (
        shown.values_list(session, flat=True).first(),
        asked.order_by("-offered_at").values_list(session, flat=True).first(),
    )


def _require_own(viewer: Person, client: Client) -> None:
    if not is_client(viewer, client):
        raise NotYours


def _told(client: Client, sessions: list[Session]) -> list[MySession]:
    """Return what is told of sessions, the latest first."""
    by_client: dict[str, Any] = {"client": client}
    texts = dict(
        Transcript.objects.for_the_practice(TOLD)
        .filter(**by_client)
        .values_list("session_id", "kept_until")
    )
    shown = dict(
        Excerpt.objects.for_the_practice(OWN_WORDS)
        .filter(**by_client)
        .values_list("transcript__session_id", "seen_at")
    )
    refused = set(
        SessionRefusal.objects.for_the_practice("whether a door is open")
        .filter(**by_client, taken_back_at=None)
        .values_list("session_id", flat=True)
    )
    shares = Counter(_live_shares(client))
    return [
        MySession(
            session=one,
            therapist=one.care.therapist.name,
            has_text=one.pk in texts,
            kept_until=texts.get(one.pk),
            shown=one.pk in shown,
            is_new=one.pk in shown and shown[one.pk] is None,
            refused=one.pk in refused,
            asked=shares[one.pk, False],
            open=shares[one.pk, True],
        )
        for one in sorted(sessions, key=lambda one: one.starts_at, reverse=True)
    ]


def _live_shares(client: Client) -> list[tuple[UUID, bool]]:
    rows = SessionShare.objects.for_the_practice(OWN_WORDS).filter(
        client=client, withdrawn_at=None, ends_at__gt=timezone.now()
    )
    found = rows.values_list("transcript__session_id", "client_agreed_at")
    return [(session_id, agreed_at is not None) for session_id, agreed_at in found]


def _findings_of(session: Session) -> Any:
    rows = Analysis.objects.for_the_practice(OWN_WORDS).filter(
        transcript__session=session, state=Analysis.State.DONE
    )
    latest = rows.order_by("-ended_at").first()
    return latest.findings if latest else None


def _shares(session: Session, viewer: Person, findings: Any) -> Any:
    rows = SessionShare.objects.seen_by(viewer).filter(transcript__session=session)
    people = ("supervisor", "therapist", "client", "transcript__session__client")
    for row in rows.select_related(*people).order_by("-offered_at"):
        state, why = stands(row)
        live = state != "closed"
        yield MyShare(
            row=row,
            state=state,
            why=why,
            may_agree=may_agree_to_session(viewer, row),
            lines=masked_lines(findings, row.first, row.last) if live else (),
        )
