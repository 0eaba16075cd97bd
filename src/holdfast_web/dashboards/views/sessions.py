"""A therapist's sessions: what is still open, today, and the days ahead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from holdfast_web.accounts.gate import SignedIn, only
from holdfast_web.accounts.models import Person, Role
from holdfast_web.encounters.models import Session
from holdfast_web.encounters.queries import sessions_ahead
from holdfast_web.encounters.rules import may_hold
from holdfast_web.lib.decision import Decision
from holdfast_web.lib.refusals import NotYours, Refused
from holdfast_web.measures.actions.asking import hold_session


@dataclass(frozen=True, slots=True)
class Appointment:
    """A session in the list, with what may be done."""

    session: Session
    may_hold: Decision

    @property
    def has_begun(self) -> bool:
        """Whether it has begun."""
        begins: datetime = self.session.starts_at
        return begins <= timezone.now()

    @property
    def is_due(self) -> bool:
        """Whether its day has come, so that somebody may say what became of it."""
        return timezone.localdate(self.session.starts_at) <= timezone.localdate()


@dataclass(frozen=True, slots=True)
class Day:
    """The sessions of a day; of all past days together where nobody said what became of them."""

    on: date | None
    appointments: tuple[Appointment, ...]


@only(Role.THERAPIST)
def ahead(request: SignedIn) -> HttpResponse:
    """Show today and the days ahead, and what is still open."""
    found = sessions_ahead(viewer=request.user)
    days = tuple(_days(_appointments(found, request.user)))
    return render(
        request, "dashboards/sessions.html", {"days": days, "today": timezone.localdate()}
    )


@only(Role.THERAPIST)
@require_POST
def held(request: SignedIn, session_id: UUID) -> HttpResponse:
    """Mark a session as held; the check-in goes out, and the therapist's guess comes first."""
    rows = Session.objects.seen_by(request.user).select_related("client")
    session = rows.filter(pk=session_id).first()
    if session is None:
        raise NotYours
    try:
        session = hold_session(by=request.user, session=session)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("encounters:session", client_id=session.client_id, session_id=session.pk)
    return redirect("measures:after", client_id=session.client_id, session_id=session.pk)


def _appointments(found: Iterable[Session], viewer: Person) -> Iterator[Appointment]:
    open_since: dict[UUID, datetime] = {}
    for one in found:
        if one.status == Session.Status.PLANNED:
            open_since.setdefault(one.client_id, one.starts_at)
        yield Appointment(one, may_hold(viewer, one, open_since.get(one.client_id)))


def _days(appointments: Iterable[Appointment]) -> Iterator[Day]:
    today = timezone.localdate()

    def on(one: Appointment) -> date | None:
        day = timezone.localdate(one.session.starts_at)
        return None if day < today else day

    for day, found in groupby(appointments, key=on):
        yield Day(day, tuple(found))
