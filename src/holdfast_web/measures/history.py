"""A client's sheets as ratings session by session: what courses, signals and standings rest on.

Sessions are numbered within a care relationship. After a change of therapist the numbers go on
here, so that a course of symptoms stays one course and no two signals have the same place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils import timezone

from holdfast_web.encounters.models import Session
from holdfast_web.engine.courses import Rated, is_alliance
from holdfast_web.measures.models import Sheet
from holdfast_web.vault.fields import Sealed, sealed_field

FIELDS = (
    "pk",
    "client_id",
    "instrument",
    "respondent",
    "due_at",
    "handed_in_at",
    "skipped_at",
    "result",
    "session_id",
    "session__care_id",
    "session__number",
    "session__starts_at",
)
RESULT = sealed_field(Sheet, "result")


@dataclass(frozen=True)
class Filed:
    """A sheet as it was filed: its place and its sealed result, without its answers.

    A long course reads hundreds of sheets for two numbers each; rows would cost most of a page.
    """

    pk: UUID
    client_id: UUID
    instrument: str
    respondent: str
    due_at: dt.datetime
    handed_in_at: dt.datetime | None
    skipped_at: dt.datetime | None
    sealed: Sealed | None
    session_id: UUID | None
    care_id: UUID | None
    number: int | None
    starts_at: dt.datetime | None

    @cached_property
    def result(self) -> Mapping[str, Any]:
        """What the answers came to; empty before they were handed in."""
        if self.handed_in_at is None:
            return {}
        return RESULT.open_value(self.sealed, self.client_id, self.pk) or {}

    @property
    def pending(self) -> bool:
        """Whether it still waits for an answer."""
        return self.handed_in_at is None and self.skipped_at is None

    @property
    def when(self) -> dt.datetime:
        """When its session began; without one, when it came in or was due."""
        return self.starts_at or self.handed_in_at or self.due_at

    def figure(self, name: str) -> float | None:
        """Return a number of its result."""
        value = self.result.get(name)
        return None if value is None else float(value)


@dataclass(frozen=True, slots=True)
class Point:
    """A sheet of the client's at its place in a course, with the therapist's guess.

    Attributes
    ----------
    session
        Its number, from 1.
    sheet, guess
        The client's, and the therapist's if there is one.
    """

    session: int
    sheet: Filed
    guess: Filed | None

    @property
    def value(self) -> float | None:
        """What the client's answers came to; ``None`` where they were left out."""
        return self.sheet.figure("value")

    def rated(self, *, with_guess: bool = True) -> Rated:
        """Return it for the engine."""
        return Rated(
            session=self.session,
            value=self.value,
            lowest_item=self.sheet.figure("lowest_item"),
            guess=self.guess.figure("value") if with_guess and self.guess else None,
            date=timezone.localtime(self.sheet.when).date(),
        )


@dataclass(frozen=True, slots=True)
class History:
    """All that one client's sheets hold.

    Attributes
    ----------
    points
        By instrument, in the order of the sessions: sheets that were handed in, skipped, or left
        open until the next session was held.
    sessions
        The number of each session, by its id.
    care_id
        The care relationship of the latest session.
    """

    points: Mapping[str, tuple[Point, ...]]
    sessions: Mapping[UUID, int]
    care_id: UUID | None

    def of(self, instrument: str, *, whole: bool = False) -> tuple[Point, ...]:
        """Return an instrument's points; of an alliance course those with this therapist.

        Another therapist's ratings say nothing of this relationship. The ``whole`` course is for
        the client.
        """
        points = self.points.get(instrument, ())
        if whole or not is_alliance(instrument):
            return points
        return tuple(one for one in points if one.sheet.care_id == self.care_id)


def sheets_of(rows: Any, client_id: UUID) -> list[Filed]:
    """Return a client's sheets with one query, nothing of them opened yet.

    Parameters
    ----------
    rows
        Sheets, with their scope said.
    client_id
        Whose.
    """
    return [Filed(*one) for one in rows.filter(client_id=client_id).values_list(*FIELDS)]


def history_of(sheets: Sequence[Filed]) -> History:
    """Put one client's sheets in their order."""
    held = sorted((one for one in sheets if one.session_id), key=lambda one: one.when)
    sessions = _numbers((one.session_id, one.care_id, one.number) for one in held)
    guesses = {
        (one.session_id, one.instrument): one
        for one in held
        if one.respondent == Sheet.Respondent.THERAPIST
    }
    last = max(sessions.values(), default=0)
    by_place: dict[str, dict[int, Point]] = {}
    for one in sorted(sheets, key=lambda one: one.when):
        if one.respondent != Sheet.Respondent.CLIENT:
            continue
        number = _number_of(one, held, sessions)
        if one.handed_in_at is None and not _left_open(one, number, last):
            continue
        places = by_place.setdefault(one.instrument, {})
        # Of two of the same session the later counts, unless it was left out.
        if one.handed_in_at is not None or number not in places:
            places[number] = Point(number, one, guesses.get((one.session_id, one.instrument)))
    return History(
        points={name: _in_order(found) for name, found in by_place.items()},
        sessions=sessions,
        care_id=_latest_care(held, sessions),
    )


def _latest_care(held: Iterable[Filed], sessions: Mapping[UUID, int]) -> UUID | None:
    numbered = [
        (sessions[one.session_id], one.care_id)
        for one in held
        if one.session_id is not None and one.session_id in sessions
    ]
    return max(numbered, key=lambda one: one[0], default=(0, None))[1]


def number_sessions(sessions: Iterable[Session]) -> dict[UUID, int]:
    """Return the numbers of held sessions, going on from one therapist to the next."""
    in_order = sorted(sessions, key=lambda one: one.starts_at)
    return _numbers((one.pk, one.care_id, one.number) for one in in_order)


def _numbers(held: Iterable[tuple[UUID | None, UUID | None, int | None]]) -> dict[UUID, int]:
    by_care: dict[UUID | None, dict[UUID, int]] = {}
    for session_id, care_id, number in held:
        if session_id is not None and number:
            by_care.setdefault(care_id, {})[session_id] = number
    numbers: dict[UUID, int] = {}
    before = 0
    for found in by_care.values():
        numbers |= {session_id: before + number for session_id, number in found.items()}
        before = max(numbers.values())
    return numbers


def _number_of(sheet: Filed, held: Iterable[Filed], sessions: Mapping[UUID, int]) -> int:
    """Return a sheet's session; without one it is the last before it, or the first."""
    if sheet.session_id is not None and sheet.session_id in sessions:
        return sessions[sheet.session_id]
    before = (
        sessions.get(one.session_id, 1) for one in held if one.session_id and one.when <= sheet.when
    )
    return max(before, default=1)


def _left_open(sheet: Filed, number: int, last: int) -> bool:
    """Say whether a sheet without answers belongs to the course, as a gap."""
    if sheet.session_id is None:
        return False
    return sheet.skipped_at is not None or number < last


def _in_order(points: Mapping[int, Point]) -> tuple[Point, ...]:
    return tuple(points[number] for number in sorted(points))
