"""Shares of a record: for the client and the therapist, and for the supervisor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from holdfast_web.accounts.models import Person, Role
from holdfast_web.agreements.rules import may_agree_to_share, may_withdraw_share
from holdfast_web.agreements.terms import Term, agreed
from holdfast_web.audit.witness import clinical_read, not_clinical, witness, witness_each
from holdfast_web.care.access import access_of
from holdfast_web.care.models import Client, Share
from holdfast_web.care.parts import TITLES, Part, Way
from holdfast_web.care.rules import is_of_the_two, require_record
from holdfast_web.lib.decision import Decision
from holdfast_web.lib.refusals import NotYours
from holdfast_web.vault.keys import open_keys


@dataclass(frozen=True, slots=True)
class ShareView:
    """A share as it is shown.

    Attributes
    ----------
    state
        ``"offered"``, ``"open"``, ``"closed"`` or ``"over"``.
    parts
        What it opens, in words.
    """

    id: UUID
    client_id: UUID
    client: str
    therapist: str
    supervisor: str
    parts: tuple[str, ...]
    purpose: str
    offered_at: datetime
    agreed_at: datetime | None
    ends_at: datetime
    closed_at: datetime | None
    state: str
    may_agree: Decision
    may_withdraw: Decision


@dataclass(frozen=True, slots=True)
class SharesView:
    """The shares of a client, those to decide first."""

    offered: tuple[ShareView, ...]
    open: tuple[ShareView, ...]
    past: tuple[ShareView, ...]
    consent: Decision


@clinical_read
def shares_of(client: Client, *, viewer: Person) -> SharesView:
    """Return a client's shares to the client or their therapist."""
    require_record(viewer, client, Part.CARE)
    if not is_of_the_two(viewer, client):
        raise NotYours
    witness("share.listed", by=viewer, client_id=client.pk)
    rows = Share.objects.filter(client_id=client.pk).order_by("-offered_at")
    shown = [_view(row, viewer) for row in _with_people(rows)]
    return SharesView(
        offered=tuple(one for one in shown if one.state == "offered"),
        open=tuple(one for one in shown if one.state == "open"),
        past=tuple(one for one in shown if one.state in ("closed", "over")),
        consent=agreed(client, Term.SUPERVISION),
    )


@clinical_read
def shared_with(*, viewer: Person) -> tuple[ShareView, ...]:
    """Return what is open to a supervisor now, with what it is for."""
    open_now = {
        client_id
        for client_id, ways in access_of(viewer).items()
        if any(one.way is Way.SHARE for one in ways)
    }
    witness_each("share.viewed", by=viewer, client_ids=sorted(open_now))
    open_keys(open_now)
    rows = Share.objects.filter(
        supervisor=viewer,
        client_id__in=open_now,
        client_agreed_at__isnull=False,
        withdrawn_at=None,
        ends_at__gt=timezone.now(),
    ).order_by("ends_at")
    return tuple(_view(row, viewer) for row in _with_people(rows))


@not_clinical("finds the row that an action is about, and shows nothing of it")
def share_for(client: Client, share_id: UUID, *, viewer: Person) -> Share:
    """Return a share of a client's for an action.

    Raises
    ------
    NotYours
        If it isn't open to the viewer.
    """
    require_record(viewer, client, Part.CARE)
    found = Share.objects.filter(client_id=client.pk, pk=share_id).defer("purpose").first()
    if found is None:
        raise NotYours
    return found


@not_clinical("names of people of the practice")
def supervisors() -> QuerySet[Person]:
    """Return the supervisors of the practice."""
    return Person.objects.filter(role=Role.SUPERVISOR, is_active=True).order_by("name")


def _with_people(rows: QuerySet[Share]) -> QuerySet[Share]:
    return rows.select_related("client", "therapist", "supervisor")


def _view(row: Share, viewer: Person) -> ShareView:
    return ShareView(
        id=row.pk,
        client_id=row.client_id,
        client=row.client.name,
        therapist=row.therapist.name,
        supervisor=row.supervisor.name,
        parts=tuple(TITLES[Part(one)] for one in row.parts),
        purpose=row.purpose,
        offered_at=row.offered_at,
        agreed_at=row.client_agreed_at,
        ends_at=row.ends_at,
        closed_at=row.withdrawn_at,
        state=_state(row),
        may_agree=may_agree_to_share(viewer, row),
        may_withdraw=may_withdraw_share(viewer, row),
    )


def _state(row: Share) -> str:
    if row.withdrawn_at:
        return "closed"
    if row.ends_at <= timezone.now():
        return "over"
    return "open" if row.client_agreed_at else "offered"
