"""Every version there was: who proposed and accepted it when, and what it changed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.clause import clauses_of
from holdfast_web.agreements.models import Question, Status, Version
from holdfast_web.agreements.queries.agreement import PEOPLE
from holdfast_web.agreements.queries.shapes import (
    ChangeView,
    ClauseView,
    GroupView,
    VersionLine,
    compared,
    grouped,
    line_of,
)
from holdfast_web.audit.witness import clinical_read, not_clinical, witness
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import is_of_the_two, require_record
from holdfast_web.lib.refusals import NotYours


@dataclass(frozen=True, slots=True)
class VersionsOfCare:
    """The versions that a client had with one therapist, the latest first."""

    therapist: str
    versions: tuple[VersionLine, ...]


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version with its clauses, and what it changed of the one before."""

    line: VersionLine
    before: int | None
    changes: tuple[ChangeView, ...]
    groups: tuple[GroupView, ...]


@clinical_read
def versions_of(client: Client, *, viewer: Person) -> tuple[VersionsOfCare, ...]:
    """Return all versions, by therapist; others than the two see only what held."""
    require_record(viewer, client, Part.AGREEMENT)
    witness("agreement.history_viewed", by=viewer, client_id=client.pk)
    rows = Version.objects.seen_by(viewer).filter(client=client)
    if not is_of_the_two(viewer, client):
        rows = rows.filter(status__in=(Status.ACCEPTED, Status.REPLACED))
    found: dict[UUID, tuple[str, list[VersionLine]]] = {}
    rows = rows.select_related(*PEOPLE, "care__therapist").order_by("-care__starts_at", "-number")
    for row in rows:
        _, lines = found.setdefault(row.care_id, (row.care.therapist.name, []))
        lines.append(line_of(row, viewer.pk))
    return tuple(VersionsOfCare(name, tuple(lines)) for name, lines in found.values())


@clinical_read
def version_of(client: Client, version_id: UUID, *, viewer: Person) -> VersionView:
    """Return one version.

    Raises
    ------
    NotYours
        If there is none that the viewer may see.
    """
    require_record(viewer, client, Part.AGREEMENT)
    rows = Version.objects.seen_by(viewer).filter(client=client)
    if not is_of_the_two(viewer, client):
        rows = rows.filter(status__in=(Status.ACCEPTED, Status.REPLACED))
    row = rows.select_related(*PEOPLE, "base").filter(pk=version_id).first()
    if row is None:
        raise NotYours
    witness("agreement.history_viewed", by=viewer, client_id=client.pk, number=row.number)
    clauses = clauses_of(row.clauses)
    return VersionView(
        line=line_of(row, viewer.pk),
        before=row.base.number if row.base else None,
        changes=compared(clauses_of(row.base.clauses), clauses) if row.base else (),
        groups=grouped(ClauseView(one) for one in clauses),
    )


@not_clinical("finds the row that an action is about, and shows nothing of it")
def version_for(client: Client, version_id: UUID, *, viewer: Person) -> Version:
    """Return a version of a client's for an action.

    Raises
    ------
    NotYours
        If it isn't open to the viewer.
    """
    rows = Version.objects.seen_by(viewer).filter(client=client, pk=version_id)
    found: Version | None = rows.defer("clauses", "note", "closing_words").first()
    if found is None:
        raise NotYours
    return found


@not_clinical("as above")
def question_for(client: Client, question_id: UUID, *, viewer: Person) -> Question:
    """Return a question of a client's for an action.

    Raises
    ------
    NotYours
        If it isn't open to the viewer.
    """
    rows = Question.objects.seen_by(viewer).filter(client=client, pk=question_id)
    found: Question | None = rows.defer("words", "answer").first()
    if found is None:
        raise NotYours
    return found
