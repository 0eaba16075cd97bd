"""Reads a change of therapist, for the client, the present therapist and the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from holdfast_web.accounts.models import Person, Role
from holdfast_web.audit.witness import clinical_read, not_clinical, witness, witness_each
from holdfast_web.care.models import Client
from holdfast_web.care.rules import is_client
from holdfast_web.encounters.models import Session
from holdfast_web.handover import rules
from holdfast_web.handover.models import HandOver
from holdfast_web.handover.passing import Passes
from holdfast_web.handover.rows import hand_overs, latest_of, waiting_for
from holdfast_web.handover.told import Choices, Knows
from holdfast_web.lib.decision import Decision
from holdfast_web.lib.refusals import NotYours
from holdfast_web.vault.keys import open_keys

State = HandOver.State


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change as its client sees it; other pages show of it what they were told."""

    row: HandOver
    therapist: str
    to: str
    choices: Choices
    passes: Passes
    letter: str
    letter_by: str
    letter_asked: str
    practice_words: str
    goodbye: Session | None
    waits_to_begin: bool
    may_agree: Decision
    may_take_back: Decision
    may_write_letter: Decision

    @property
    def id(self) -> UUID:
        """Of the row."""
        found: UUID = self.row.pk
        return found

    @property
    def is_open(self) -> bool:
        """Whether it is being prepared, or waits to be settled."""
        return self.row.state in rules.OPEN and self.row.care.ends_at is None

    @property
    def is_agreed(self) -> bool:
        """Whether the client has agreed and it waits to be settled."""
        return self.is_open and self.row.state == State.AGREED


@dataclass(frozen=True, slots=True)
class WaitingView:
    """A change that waits for whoever comes next or for the practice, with what they were told."""

    id: UUID
    edition: int
    name: str
    care_id: UUID
    since: datetime
    comes_from: str
    why: tuple[str, ...]
    words: str
    to: str
    goodbye: Session | None
    is_mine: bool
    may_settle: Decision
    may_propose: Decision
    may_take_back: Decision


@clinical_read
def change_of(client: Client, *, viewer: Person) -> ChangeView | None:
    """Return a client's latest change for the client, unless it was taken back."""
    if not is_client(viewer, client):
        raise NotYours
    found = latest_of(client)
    witness("hand_over.viewed", by=viewer, client_id=client.pk, subject=found)
    return _view(found, viewer) if found is not None else None


@clinical_read
def change_known_to(viewer: Person, client: Client) -> ChangeView:
    """Return a client's change for the present therapist who was told, or the one who came by it.

    Raises
    ------
    NotYours
        If there is none that they may know of.
    """
    found = latest_of(client)
    if found is None or not (rules.knows(viewer, found) or rules.came_by(viewer, found)):
        raise NotYours
    witness("hand_over.viewed", by=viewer, client_id=client.pk, subject=found)
    return _view(found, viewer)


@clinical_read
def changes_waiting(*, viewer: Person) -> tuple[WaitingView, ...]:
    """Return the changes that wait for somebody: for whoever comes next, or for the practice."""
    found = waiting_for(viewer)
    clients = dict.fromkeys(one.client_id for one in found)
    open_keys(clients)
    witness_each("hand_over.listed", by=viewer, client_ids=clients)
    return tuple(_waiting(one, viewer) for one in found)


@clinical_read
def change_waiting(change_id: UUID, *, viewer: Person) -> WaitingView:
    """Return one change that waits for somebody.

    Raises
    ------
    NotYours
        If it doesn't wait for them.
    """
    found = change_row(change_id)
    if not rules.waits_for(viewer, found):
        raise NotYours
    witness("hand_over.viewed", by=viewer, client_id=found.client_id, subject=found)
    return _waiting(found, viewer)


@not_clinical("finds the row for an action that checks who may; shows nothing of it")
def change_row(change_id: UUID) -> HandOver:
    """Return one change."""
    found: HandOver | None = hand_overs().filter(pk=change_id, client__erased_at=None).first()
    if found is None:
        raise NotYours
    return found


@not_clinical("names of colleagues, for a list to choose from")
def who_could_come(change: HandOver) -> tuple[Person, ...]:
    """Return the therapists of the practice but the present one, by name."""
    rows = Person.objects.filter(role=Role.THERAPIST, is_active=True)
    return tuple(rows.exclude(pk=change.care.therapist_id).order_by("name"))


def _view(row: HandOver, viewer: Person) -> ChangeView:
    return ChangeView(
        row=row,
        therapist=row.care.therapist.name,
        to=row.to.name if row.to else "",
        choices=rules.choices_of(row),
        passes=Passes.of(row.passes),
        letter=row.letter or "",
        letter_by=row.letter_by.name if row.letter_by else "",
        letter_asked=row.letter_asked or "",
        practice_words=row.practice_words or "",
        goodbye=row.goodbye,
        waits_to_begin=rules.waits_to_begin(row),
        may_agree=rules.may_agree(viewer, row),
        may_take_back=rules.may_take_back(viewer, row),
        may_write_letter=rules.may_write_letter(viewer, row),
    )


def _waiting(row: HandOver, viewer: Person) -> WaitingView:
    choices = rules.choices_of(row)
    mine = row.to_id == viewer.pk
    told = choices.next if mine else Knows.THAT
    return WaitingView(
        id=row.pk,
        edition=row.edition,
        name=row.client.name,
        care_id=row.care_id,
        since=row.client_agreed_at or row.asked_at,
        comes_from=row.care.therapist.name if told != Knows.NOTHING else "",
        why=choices.why() if told == Knows.WHY else (),
        words=choices.words if told == Knows.WHY else "",
        to=row.to.name if row.to else "",
        goodbye=row.goodbye,
        is_mine=mine,
        may_settle=rules.may_settle(viewer, row),
        may_propose=rules.may_propose_next(viewer, row),
        may_take_back=rules.may_take_back(viewer, row),
    )
