"""Reads goals and what helps, ready for a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import clinical_read, not_clinical, witness
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.records import names_of, with_client
from holdfast_web.care.rules import require_record
from holdfast_web.goals.models import Goal, Help
from holdfast_web.goals.rules import may_reword
from holdfast_web.lib.decision import Decision
from holdfast_web.lib.refusals import NotYours

Row = TypeVar("Row", Goal, Help)


@dataclass(frozen=True, slots=True)
class Step:
    """How far a goal felt on a day, and who said so."""

    on: date
    value: int
    words: str
    who: str


@dataclass(frozen=True, slots=True)
class GoalView:
    """A goal as a page shows it; its steps with the latest first."""

    id: UUID
    words: str
    status: str
    steps: tuple[Step, ...]
    who: str
    added_at: datetime
    edition: int
    may_reword: Decision

    @property
    def latest(self) -> Step | None:
        """How far it felt last."""
        return self.steps[0] if self.steps else None

    @property
    def before(self) -> tuple[int, ...]:
        """The values before the last one, for the small drawing, the oldest first."""
        return tuple(step.value for step in reversed(self.steps[1:]))


@dataclass(frozen=True, slots=True)
class Try:
    """How it went on a day; ``helped`` is ``None`` where one couldn't tell."""

    on: date
    helped: bool | None
    words: str
    who: str


@dataclass(frozen=True, slots=True)
class HelpView:
    """Something that may help, as a page shows it; the tries with the latest first."""

    id: UUID
    words: str
    status: str
    tries: tuple[Try, ...]
    who: str
    added_at: datetime
    edition: int
    may_reword: Decision

    @property
    def latest(self) -> Try | None:
        """How it went last."""
        return self.tries[0] if self.tries else None

    @property
    def helped(self) -> int:
        """How often it helped."""
        return sum(one.helped is True for one in self.tries)


@clinical_read
def goals_of(client: Client, *, viewer: Person) -> tuple[GoalView, ...]:
    """Return a client's goals, in the order in which they were added."""
    require_record(viewer, client, Part.GOALS)
    witness("goals.viewed", by=viewer, client_id=client.pk)
    rows = _rows(Goal, client, viewer)
    names = _names(viewer, rows, (row.progress for row in rows))
    return tuple(
        GoalView(
            **_common(row, names, viewer),
            steps=tuple(
                Step(_on(one), one["value"], one["words"], names.get(one.get("by", ""), ""))
                for one in reversed(row.progress)
            ),
        )
        for row in rows
    )


@clinical_read
def helps_of(client: Client, *, viewer: Person) -> tuple[HelpView, ...]:
    """Return what helps a client, what may help and what doesn't, the oldest first."""
    require_record(viewer, client, Part.GOALS)
    witness("helps.viewed", by=viewer, client_id=client.pk)
    rows = _rows(Help, client, viewer)
    names = _names(viewer, rows, (row.tried for row in rows))
    return tuple(
        HelpView(
            **_common(row, names, viewer),
            tries=tuple(
                Try(_on(one), one["helped"], one["words"], names.get(one.get("by", ""), ""))
                for one in reversed(row.tried)
            ),
        )
        for row in rows
    )


@not_clinical("finds the row for an action that checks who may; shows nothing of it")
def goal_row(client: Client, goal_id: UUID, *, viewer: Person) -> Goal:
    """Return one goal of a client."""
    return _row(Goal, client, goal_id, viewer)


@not_clinical("as above")
def help_row(client: Client, help_id: UUID, *, viewer: Person) -> Help:
    """Return one thing that may help a client."""
    return _row(Help, client, help_id, viewer)


def _row(kind: type[Row], client: Client, pk: UUID, viewer: Person) -> Row:
    found: Row | None = kind.objects.seen_by(viewer).filter(client=client, pk=pk).first()
    if found is None:
        raise NotYours
    return found


def _rows(kind: type[Goal] | type[Help], client: Client, viewer: Person) -> list[Any]:
    found = kind.objects.seen_by(viewer, of=client.pk)
    return with_client(found.order_by("added_at", "pk"), client)


def _common(row: Goal | Help, names: dict[str, str], viewer: Person) -> dict[str, Any]:
    return {
        "id": row.pk,
        "words": row.words,
        "status": row.status,
        "who": names.get(str(row.added_by_id), ""),
        "added_at": row.added_at,
        "edition": row.edition,
        "may_reword": may_reword(viewer, row),
    }


def _names(
    viewer: Person, rows: Iterable[Goal | Help], entries: Iterable[list[dict[str, Any]]]
) -> dict[str, str]:
    """Return who is who, said to the viewer: themselves are "you"."""
    ids = {row.added_by_id for row in rows}
    ids |= {UUID(one["by"]) for told in entries for one in told if one.get("by")}
    others = names_of(ids - {viewer.pk})
    return {str(viewer.pk): "you"} | {str(pk): name for pk, name in others.items()}


def _on(entry: dict[str, Any]) -> date:
    return date.fromisoformat(entry["on"])
