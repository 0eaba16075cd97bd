"""What the client and their therapist do with goals, and with what helps."""

from __future__ import annotations

from typing import Any, TypeVar

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import require_record
from holdfast_web.goals.models import Goal, Help
from holdfast_web.goals.rules import (
    LONGEST_WORD,
    fits,
    in_range,
    may_reword,
    may_say_progress,
    may_say_tried,
    may_write,
)
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours, Stale

Row = TypeVar("Row", Goal, Help)

CHANGED = (
    "This was changed in the meantime, perhaps by you on another page. Here is how it stands now."
)


@action
def add_goal(*, by: Person, client: Client, words: str) -> Goal:
    """Add a goal, in the client's words."""
    _require_writer(by, client)
    require(fits(words))
    added = Goal(client=client, words=words.strip(), progress=[], added_by=by)
    added.save()
    witness("goal.added", by=by, client_id=client.pk, subject=added)
    return added


@action
def say_progress(*, by: Person, goal: Goal, value: int, words: str = "", edition: int) -> Goal:
    """Say how far a goal feels now, from 0 (not begun) to 10 (there)."""
    held = _held(by, goal, edition)
    require(may_say_progress(by, held))
    require(in_range(value))
    require(fits(words, LONGEST_WORD, needed=False))
    held.progress = [*held.progress, _entry(by, words, value=value)]
    _keep(held, "progress")
    witness("goal.progress_said", by=by, client_id=held.client_id, subject=held)
    return held


@action
def set_goal_status(*, by: Person, goal: Goal, status: str, edition: int) -> Goal:
    """Say that a goal is reached, put it aside, or take it up again."""
    held = _held(by, goal, edition)
    held.status = Goal.Status(status)
    _keep(held, "status")
    event = {
        Goal.Status.REACHED: "goal.reached",
        Goal.Status.ASIDE: "goal.put_aside",
        Goal.Status.ACTIVE: "goal.taken_up",
    }[held.status]
    witness(event, by=by, client_id=held.client_id, subject=held)
    return held


@action
def reword_goal(*, by: Person, goal: Goal, words: str, edition: int) -> Goal:
    """Put a goal into other words."""
    held = _reworded(by, goal, words, edition)
    witness("goal.reworded", by=by, client_id=held.client_id, subject=held)
    return held


@action
def add_help(*, by: Person, client: Client, words: str) -> Help:
    """Add something that may help."""
    _require_writer(by, client)
    require(fits(words))
    added = Help(client=client, words=words.strip(), tried=[], added_by=by)
    added.save()
    witness("help.added", by=by, client_id=client.pk, subject=added)
    return added


@action
def say_tried(
    *, by: Person, help: Help, helped: bool | None, words: str = "", edition: int
) -> Help:
    """Say that it was tried, and whether it helped; ``None`` where one can't tell."""
    held = _held(by, help, edition)
    require(may_say_tried(by, held))
    require(fits(words, LONGEST_WORD, needed=False))
    held.tried = [*held.tried, _entry(by, words, helped=helped)]
    _keep(held, "tried")
    witness("help.tried", by=by, client_id=held.client_id, subject=held)
    return held


@action
def set_help_status(*, by: Person, help: Help, status: str, edition: int) -> Help:
    """Keep what helps, drop what doesn't, or try it again."""
    held = _held(by, help, edition)
    held.status = Help.Status(status)
    _keep(held, "status")
    event = {
        Help.Status.KEPT: "help.kept",
        Help.Status.DROPPED: "help.dropped",
        Help.Status.TRYING: "help.taken_up",
    }[held.status]
    witness(event, by=by, client_id=held.client_id, subject=held)
    return held


@action
def reword_help(*, by: Person, help: Help, words: str, edition: int) -> Help:
    """Put something that may help into other words."""
    held = _reworded(by, help, words, edition)
    witness("help.reworded", by=by, client_id=held.client_id, subject=held)
    return held


def _require_writer(by: Person, client: Client) -> None:
    require_record(by, client, Part.GOALS)
    require(may_write(by, client))


def _held(by: Person, row: Row, edition: int) -> Row:
    """Return the row as it is now, held until the end of the transaction."""
    rows = type(row).objects.seen_by(by).select_related("client").select_for_update(of=("self",))
    held: Row | None = rows.filter(pk=row.pk).first()
    if held is None:
        raise NotYours
    require(may_write(by, held.client))
    if held.edition != edition:
        raise Stale(CHANGED)
    return held


def _reworded(by: Person, row: Row, words: str, edition: int) -> Row:
    held = _held(by, row, edition)
    require(may_reword(by, held))
    require(fits(words))
    held.words = words.strip()
    _keep(held, "words")
    return held


def _keep(row: Goal | Help, *fields: str) -> None:
    row.edition += 1
    row.save(update_fields=(*fields, "edition"))


def _entry(by: Person, words: str, **told: Any) -> dict[str, Any]:
    on = timezone.localdate().isoformat()
    return {"on": on, "words": words.strip(), "by": str(by.pk), **told}
