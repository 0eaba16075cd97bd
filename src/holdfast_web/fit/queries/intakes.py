"""Reads intakes: the person's own, and those that wait, for who reads them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import clinical_read, not_clinical, witness, witness_each
from holdfast_web.care.context import reads_intakes
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import may_read
from holdfast_web.engine.forms import NoSuchForm, form_of
from holdfast_web.fit.assessment import Assessment, Facts, Reason, assess, restored
from holdfast_web.fit.models import Intake
from holdfast_web.fit.opening import BY_LINK, Door, behind
from holdfast_web.fit.pages import Page, next_page, pages_for
from holdfast_web.fit.said import facts_of, stopping
from holdfast_web.lib.refusals import NotYours
from holdfast_web.measures.models import SafetyAnswer, Sheet
from holdfast_web.measures.standing_in import asking_for_help
from holdfast_web.vault.keys import open_keys

SCALE = "c-ssrs"
REACHED = Q(handed_in_at__isnull=False) | Q(client__waits_since__isnull=False)
"""What was handed in, or reached a person before because of a danger; the rest is the person's."""


@dataclass(frozen=True, slots=True)
class Told:
    """An intake with its questionnaires and what the rules say of it.

    Attributes
    ----------
    sheets
        By instrument, in the order in which they were asked.
    assessment
        As it was shown, once it is handed in; before, of what is there so far.
    facts
        What is known.
    """

    intake: Intake
    sheets: dict[str, Sheet]
    assessment: Assessment
    facts: Facts

    @property
    def done(self) -> tuple[str, ...]:
        """The pages that were sent."""
        return tuple(self.intake.said.get("done", ()))

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages that there are, as far as is known."""
        return pages_for(self.facts, self.done, with_scale=has_scale())

    @property
    def next(self) -> Page | None:
        """The next page; ``None`` when all is there to be read over."""
        return next_page(self.facts, self.done, with_scale=has_scale())

    @property
    def stopping(self) -> tuple[Reason, ...]:
        """Why nothing more is asked now."""
        return stopping(self.assessment, self.intake.said.get("went_on", ()))


@dataclass(frozen=True, slots=True)
class Waiting:
    """An intake in the list of who reads them.

    Attributes
    ----------
    urgent
        How many answers nobody has seen to yet that a person must see.
    """

    intake: Intake
    name: str
    urgent: int
    since: datetime

    @property
    def order(self) -> tuple[bool, bool, bool, datetime]:
        """Its place: what a person must see first, then what stopped, then the oldest."""
        row = self.intake
        return (not self.urgent, bool(row.decision), row.stopped_at is None, self.since)


@clinical_read
def intake_behind(door: Door) -> Told:
    """Return the intake that a door opens, to the person whose it is.

    Raises
    ------
    NotYours
        If it opens none.
    """
    intake = behind(door)
    witness("intake.opened", by=door.by, client_id=intake.client_id, subject=intake)
    return _told(intake, Sheet.objects.for_the_practice(BY_LINK))


@not_clinical("whether there is one")
def has_intake(person: Person) -> bool:
    """Say whether somebody with an account has an intake."""
    found: bool = Intake.objects.seen_by(person).filter(client__person=person).exists()
    return found


@clinical_read
def waiting_intakes(*, viewer: Person) -> tuple[Waiting, ...]:
    """Return the intakes that wait: urgent first, then stopped, then the oldest.

    Raises
    ------
    NotYours
        To everybody but who is named to read them.
    """
    if not reads_intakes(viewer):
        raise NotYours
    clients = asking_for_help(viewer)
    rows = Intake.objects.seen_by(viewer).filter(client__in=clients).select_related("client")
    found = list(rows)
    witness_each("intake.listed", by=viewer, client_ids=[one.client_id for one in found] or [None])
    open_keys(one.client_id for one in found)
    urgent = _urgent(viewer, clients)
    lines = (
        Waiting(
            one,
            one.client.name,
            urgent.count(one.client_id),
            one.client.waits_since or one.begun_at,
        )
        for one in found
    )
    return tuple(sorted(lines, key=lambda one: one.order))


@clinical_read
def intake_for(intake_id: UUID, *, viewer: Person) -> Told:
    """Return an intake with all that was told, to somebody to whom the record is open so far."""
    rows = Intake.objects.seen_by(viewer).select_related(
        "client__person", "seen_by", "decided_by", "invited_by"
    )
    intake: Intake | None = rows.filter(REACHED, pk=intake_id).first()
    if intake is None or not may_read(viewer, intake.client, Part.ANSWERS):
        raise NotYours
    witness("intake.viewed", by=viewer, client_id=intake.client_id, subject=intake)
    return _told(intake, Sheet.objects.seen_by(viewer, of=intake.client_id))


@not_clinical("whether there is one to read; the page itself witnesses the read")
def intake_id_of(client: Client, *, viewer: Person) -> UUID | None:
    """Return the id of a client's intake that was handed in, or reached a person in danger."""
    rows = Intake.objects.seen_by(viewer, of=client.pk).filter(REACHED)
    found: UUID | None = rows.values_list("pk", flat=True).first()
    return found


@not_clinical("which records are to be erased because nobody went on; nothing of them is opened")
def unfinished_intakes(now: datetime | None = None) -> tuple[Client, ...]:
    """Return the records of intakes that were never handed in and whose time is over.

    Where the questions stopped for somebody's safety, a person looks at it; nothing goes by itself.
    """
    rows = Client.objects.for_the_practice("intakes that nobody went on with are erased")
    return tuple(
        rows.filter(
            intake__handed_in_at=None,
            intake__stopped_at=None,
            intake__ends_at__lte=now or timezone.now(),
            person=None,
            care=None,
            waits_since=None,
            erased_at=None,
        )
    )


@not_clinical("whether the practice has added words of its own")
def has_scale() -> bool:
    """Say whether the practice has added the words of the C-SSRS."""
    try:
        form_of(SCALE)
    except NoSuchForm:
        return False
    return True


def _urgent(viewer: Person, clients: Iterable[UUID]) -> list[UUID]:
    rows = SafetyAnswer.objects.seen_by(viewer).filter(
        client__in=clients, urgent=True, acknowledged_at=None
    )
    return list(rows.values_list("client_id", flat=True))


def _told(intake: Intake, rows: object) -> Told:
    asked = intake.said.get("sheets", {})
    found = {
        str(one.pk): one
        for one in rows.filter(client_id=intake.client_id, pk__in=asked.values())  # type: ignore[attr-defined]
    }
    sheets = {name: found[pk] for name, pk in asked.items() if pk in found}
    for one in sheets.values():
        one.client, one.session = intake.client, None
    handed = {name: one.answers for name, one in sheets.items() if one.handed_in_at}
    facts = facts_of(intake.said, handed)
    shown = restored(intake.result) if intake.result else assess(facts)
    return Told(intake, sheets, shown, facts)
