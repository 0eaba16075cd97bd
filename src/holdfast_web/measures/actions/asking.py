"""What therapists do to ask: choose instruments, end them, and what a held session sends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import require_record
from holdfast_web.encounters.actions import hold
from holdfast_web.encounters.models import Session
from holdfast_web.engine.forms import NoSuchForm, form_of
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours, Refused
from holdfast_web.measures.actions.answering import (
    hand_in,
    save_answers,
    skip_sheet,
    withdraw_sheet,
)
from holdfast_web.measures.actions.linking import hand_in_by_link, make_link
from holdfast_web.measures.actions.noticing import notice
from holdfast_web.measures.handing_in import leave_out
from holdfast_web.measures.models import Assignment, Sheet
from holdfast_web.measures.rules import may_ask, may_end_assignment

__all__ = [
    "CHECK_IN",
    "assign_instrument",
    "end_assignment",
    "hand_in",
    "hand_in_by_link",
    "hold_session",
    "make_link",
    "save_answers",
    "skip_sheet",
    "withdraw_sheet",
]

CHECK_IN = "check-in"
MOST_SESSIONS = 52
Respondent = Sheet.Respondent


@action
def assign_instrument(
    *, by: Person, client: Client, instrument: str, every_sessions: int | None = None
) -> Assignment:
    """Ask a client a questionnaire, for the first time now.

    Parameters
    ----------
    every_sessions
        After how many sessions it comes again; ``None`` for once.

    Raises
    ------
    Refused
        If it is asked already, there are no words to ask it in, or it is the check-in, which
        comes after each session by itself.
    """
    require_record(by, client, Part.COURSE)
    require(may_ask(by, client))
    _askable(client, instrument, every_sessions)
    # Whoever clicks twice at once asks once.
    Client.objects.seen_by(by).select_for_update(no_key=True).get(pk=client.pk)
    asked = Assignment.objects.seen_by(by).filter(client=client, ended_at=None)
    if asked.filter(instrument=instrument).exists():
        raise Refused("This is asked already. End it first to ask it in another rhythm.")
    waiting = _waiting(by, client).filter(instrument=instrument).exists()
    if waiting and every_sessions is None:
        raise Refused("This is waiting for an answer already.")
    now = timezone.now()
    assignment = Assignment.objects.create(
        client=client,
        instrument=instrument,
        every_sessions=every_sessions,
        assigned_by=by,
        assigned_at=now,
        ended_at=now if every_sessions is None else None,
    )
    if not waiting:
        _sheet(client, instrument, due_at=now).save()
    witness(
        "measure.assigned",
        by=by,
        client_id=client.pk,
        subject=assignment,
        instrument=instrument,
        every_sessions=every_sessions,
    )
    return assignment


@action
def end_assignment(*, by: Person, assignment: Assignment) -> Assignment:
    """Stop asking a questionnaire; one that waits and wasn't begun is taken back."""
    rows = Assignment.objects.seen_by(by).select_for_update(of=("self",))
    row: Assignment | None = rows.select_related("client").filter(pk=assignment.pk).first()
    if row is None:
        raise NotYours
    require(may_end_assignment(by, row))
    row.ended_at = timezone.now()
    row.save(update_fields=("ended_at",))
    waiting = _waiting(by, row.client).filter(instrument=row.instrument, started_at=None)
    for sheet in waiting.select_for_update(of=("self",)):
        leave_out(sheet, "sheet.withdrawn", by=by)
    witness(
        "measure.ended",
        by=by,
        client_id=row.client_id,
        subject=row,
        instrument=row.instrument,
    )
    return row


@action
def hold_session(*, by: Person, session: Session) -> Session:
    """Mark a session as held and send what follows it.

    That is the client's check-in, the therapist's guess, and each questionnaire that is due. A
    check-in of an earlier session that nobody answered is let go: it would ask too late.
    """
    held = hold(by=by, session=session)
    client = held.client
    due_at = min(timezone.now(), held.starts_at + timedelta(minutes=held.minutes))
    _let_go(by, client)
    sheets = [
        _sheet(client, CHECK_IN, due_at=due_at, session=held),
        _sheet(client, CHECK_IN, due_at=due_at, session=held, respondent=Respondent.THERAPIST),
        *(
            _sheet(client, name, due_at=due_at, session=held)
            for name in _due_instruments(by, client)
        ),
    ]
    for sheet in sheets:
        sheet.save()
    witness("sheet.sent", by=by, client_id=client.pk, subject=held, sheets=len(sheets))
    return held


def _let_go(by: Person, client: Client) -> None:
    late = _waiting(by, client).filter(instrument=CHECK_IN).select_for_update(of=("self",))
    for sheet in late:
        leave_out(sheet, "sheet.let_go", by=by)
        notice(sheet, by=by)


def _askable(client: Client, instrument: str, every_sessions: int | None) -> None:
    if instrument == CHECK_IN:
        raise Refused("The check-in comes after each session by itself.")
    if every_sessions is not None and not 1 <= every_sessions <= MOST_SESSIONS:
        raise Refused(f"Ask it every 1 to {MOST_SESSIONS} sessions.")
    try:
        form_of(instrument, language=client.language)
    except NoSuchForm as error:
        raise Refused(str(error)) from None


def _due_instruments(by: Person, client: Client) -> Iterator[str]:
    assigned = dict(
        Assignment.objects.seen_by(by)
        .filter(client=client, ended_at=None)
        .values_list("instrument", "every_sessions")
    )
    if not assigned:
        return
    waiting = set(_waiting(by, client).values_list("instrument", flat=True))
    last = _last_asked(by, client, list(assigned))
    sessions = Session.objects.seen_by(by).filter(client=client, status=Session.Status.HELD)
    starts = list(sessions.values_list("starts_at", flat=True))
    for name, every in assigned.items():
        since = last.get(name)
        count = sum(since is None or start > since for start in starts)
        if name not in waiting and (since is None or count >= (every or 1)):
            yield name


def _last_asked(by: Person, client: Client, instruments: list[str]) -> dict[str, datetime]:
    rows = Sheet.objects.seen_by(by).filter(
        client=client, respondent=Respondent.CLIENT, instrument__in=instruments
    )
    return dict(rows.order_by("due_at").values_list("instrument", "due_at"))


def _waiting(by: Person, client: Client) -> Any:
    return Sheet.objects.seen_by(by).filter(
        client=client, respondent=Respondent.CLIENT, handed_in_at=None, skipped_at=None
    )


def _sheet(
    client: Client,
    instrument: str,
    *,
    due_at: datetime,
    session: Session | None = None,
    respondent: str = Respondent.CLIENT,
) -> Sheet:
    form = form_of(instrument, respondent=respondent, language=client.language)
    return Sheet(
        client=client,
        instrument=instrument,
        instrument_version=form.version,
        respondent=respondent,
        session=session,
        due_at=due_at,
    )
