"""Reads what is asked and what waits for an answer, for somebody who may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import clinical_read, not_clinical, witness
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import is_client, require_record
from holdfast_web.encounters.models import Session
from holdfast_web.engine.forms import NoSuchForm, form_of
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours
from holdfast_web.measures.models import Assignment, Link, Sheet
from holdfast_web.measures.rules import may_see_rating
from holdfast_web.measures.tokens import opened_by

CHECK_IN = "check-in"
LATEST = 12
Respondent = Sheet.Respondent


@dataclass(frozen=True, slots=True)
class Due:
    """A sheet that waits for an answer.

    Attributes
    ----------
    sheet
        The row; its ``session`` is at hand.
    title
        What it is called, in the words of whoever answers.
    """

    sheet: Sheet
    title: str

    @property
    def id(self) -> UUID:
        """The sheet's id."""
        return self.sheet.pk

    @property
    def session(self) -> Session | None:
        """The session that it follows, if it follows one."""
        return self.sheet.session

    @property
    def due_at(self) -> datetime:
        """Since when it waits."""
        return self.sheet.due_at

    @property
    def is_check_in(self) -> bool:
        """Whether it is about a session."""
        return self.sheet.instrument == CHECK_IN

    @property
    def is_guess(self) -> bool:
        """Whether the therapist is to guess."""
        return self.sheet.respondent == Respondent.THERAPIST

    @property
    def begun(self) -> bool:
        """Whether part of it is answered."""
        return self.sheet.started_at is not None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a client is asked: regularly, waiting now, and answered lately."""

    regular: tuple[tuple[Assignment, str], ...]
    waiting: tuple[Due, ...]
    answered: tuple[Due, ...]


@clinical_read
def sheets_due(client: Client, *, viewer: Person) -> tuple[Due, ...]:
    """Return the sheets that wait for the viewer: a client's own, or a therapist's guesses."""
    require_record(viewer, client, Part.COURSE)
    witness("sheets.listed", by=viewer, client_id=client.pk)
    asked = Respondent.CLIENT if is_client(viewer, client) else Respondent.THERAPIST
    rows = _open(viewer, client).filter(respondent=asked)
    return tuple(_due(one, client) for one in rows.defer("answers", "result"))


@clinical_read
def sheet_for(viewer: Person, sheet_id: UUID) -> Sheet:
    """Return a sheet with its answers: one's own, or with single answers open to the viewer."""
    sheet = sheet_to_answer(viewer, sheet_id)
    if sheet.respondent == Respondent.CLIENT:
        require_record(viewer, sheet.client, Part.ANSWERS)
        if sheet.session is not None and sheet.instrument == CHECK_IN:
            require(may_see_rating(viewer, sheet.session))
    elif is_client(viewer, sheet.client):
        raise NotYours
    what = "sheet" if sheet.respondent == Respondent.CLIENT else "guess"
    witness(f"{what}.viewed", by=viewer, client_id=sheet.client_id, subject=sheet)
    return sheet


@not_clinical("finds the row that somebody fills in, and opens nothing that is sealed in it")
def sheet_to_answer(viewer: Person, sheet_id: UUID, *, of: Client | None = None) -> Sheet:
    """Return a sheet of a record that is open to somebody, or only one ``of`` a client."""
    rows = Sheet.objects.seen_by(viewer).select_related("client", "session")
    sheet: Sheet | None = rows.filter(pk=sheet_id).first()
    if sheet is None or of not in (None, sheet.client):
        raise NotYours
    return sheet


@not_clinical("finds the row to be ended")
def assignment_for(client: Client, assignment_id: UUID, *, viewer: Person) -> Assignment:
    """Return an assignment of a client."""
    rows = Assignment.objects.seen_by(viewer).filter(client=client, pk=assignment_id)
    found: Assignment | None = rows.select_related("client").first()
    if found is None:
        raise NotYours
    return found


@clinical_read
def asked_of(client: Client, *, viewer: Person) -> Asked:
    """Return what a client is asked, waiting and answered; no answers, no results."""
    require_record(viewer, client, Part.COURSE)
    witness("measures.viewed", by=viewer, client_id=client.pk)
    regular = Assignment.objects.seen_by(viewer).filter(client=client, ended_at=None)
    own = Sheet.objects.seen_by(viewer).filter(client=client, respondent=Respondent.CLIENT)
    own = own.select_related("session").defer("answers", "result")
    done = own.filter(handed_in_at__isnull=False).order_by("-handed_in_at")[:LATEST]
    waiting = own.filter(handed_in_at=None, skipped_at=None).order_by("-due_at")
    return Asked(
        regular=tuple(
            (one, _title(one.instrument, Respondent.CLIENT, client))
            for one in regular.order_by("assigned_at")
        ),
        waiting=tuple(_due(one, client) for one in waiting),
        answered=tuple(_due(one, client) for one in done),
    )


@clinical_read
def rating_and_guess(session: Session, *, viewer: Person) -> tuple[Sheet | None, Sheet | None]:
    """Return a session's check-in and the guess beside it.

    Raises
    ------
    Refused
        While the viewer's own guess is still to come.
    """
    require_record(viewer, session.client, Part.ANSWERS)
    found = _of_session(session, viewer)
    guess = found.get(Respondent.THERAPIST)
    require(may_see_rating(viewer, session, [guess] if guess else []))
    witness("rating.viewed", by=viewer, client_id=session.client_id, subject=session)
    return found.get(Respondent.CLIENT), guess


@not_clinical("whether a guess is still to come")
def guess_to_make(session: Session, *, viewer: Person) -> Sheet | None:
    """Return the guess that a therapist has still to make or to leave out."""
    guess = _of_session(session, viewer).get(Respondent.THERAPIST)
    if guess is None or guess.handed_in_at is not None or guess.skipped_at is not None:
        return None
    return guess


@clinical_read
def link_of(link_id: UUID, *, viewer: Person) -> Link:
    """Return a link that still holds, to whoever made it."""
    rows = Link.objects.seen_by(viewer).select_related("sheet__client", "sheet__session")
    found: Link | None = rows.filter(
        pk=link_id, made_by=viewer, used_at=None, ends_at__gt=timezone.now()
    ).first()
    if found is None:
        raise NotYours
    witness("link.viewed", by=viewer, client_id=found.client_id, subject=found)
    return found


@clinical_read
def sheet_behind(token: str, *, done_too: bool = False) -> Sheet:
    """Return the sheet that a link opens to whoever holds it.

    Parameters
    ----------
    done_too
        Whether also one that was handed in elsewhere meanwhile.
    """
    links = Link.objects.for_the_practice("a link opens one sheet to whoever holds it")
    rows = links.select_related("client", "sheet__session", "sheet__client")
    link = opened_by(token, rows, timezone.now(), done_too=done_too)
    witness("link.opened", by=None, client_id=link.client_id, subject=link)
    return link.sheet


@not_clinical("what reminders are sent for: whom, and nothing of what")
def sheets_to_remind(before: datetime, after: datetime) -> Sequence[Sheet]:
    """Return sheets that wait since before one time and after another, each client once."""
    rows = Sheet.objects.for_the_practice("reminders without content").filter(
        respondent=Respondent.CLIENT,
        handed_in_at=None,
        skipped_at=None,
        reminded_at=None,
        due_at__lte=before,
        due_at__gt=after,
        client__no_email=False,
        client__erased_at=None,
        client__closed_at=None,
        client__person__is_active=True,
        # Where care is about to pass on, the one without an end is the one that comes.
        client__care__ends_at=None,
    )
    rows = rows.select_related("client__person").defer("answers", "result").order_by("due_at")
    found: dict[UUID, Sheet] = {}
    for one in rows:
        found.setdefault(one.client_id, one)
    return tuple(found.values())


def _open(viewer: Person, client: Client) -> Any:
    return (
        Sheet.objects.seen_by(viewer, of=client.pk)
        .filter(handed_in_at=None, skipped_at=None)
        .select_related("session")
        .order_by("-due_at", "instrument")
    )


def _of_session(session: Session, viewer: Person) -> dict[str, Sheet]:
    rows = Sheet.objects.seen_by(viewer).filter(session=session, instrument=CHECK_IN)
    return {one.respondent: one for one in rows.select_related("client", "session")}


def _due(sheet: Sheet, client: Client) -> Due:
    return Due(sheet, _title(sheet.instrument, sheet.respondent, client))


def _title(instrument: str, respondent: str, client: Client) -> str:
    try:
        return form_of(instrument, respondent=respondent, language=client.language).title
    except NoSuchForm:
        # The practice took an instrument of its own away; what was asked with it stays.
        return instrument
