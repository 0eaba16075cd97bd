"""Courses of ratings for tests: sessions held a week apart, sheets handed in one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from holdfast_web.care.models import CareRelationship
from holdfast_web.encounters.models import Session
from holdfast_web.engine.scoring import work_out
from holdfast_web.measures.actions.noticing import notice
from holdfast_web.measures.models import Sheet

CHECK_IN = "check-in"
RATED = ("goal", "task", "bond", "understood", "safe", "not_judged")
PENDING = "pending"

Value = float | str | None


def session_of(
    care: CareRelationship, number: int, *, starts_at: datetime | None = None
) -> Session:
    """Return a held session of a care relationship, made if there is none."""
    rows = Session.objects.for_the_practice("a test")
    found = rows.filter(care=care, number=number).first()
    then = starts_at or timezone.now() - timedelta(weeks=30 - number)
    return found or Session.objects.create(
        client=care.client, care=care, number=number, starts_at=then, status=Session.Status.HELD
    )


def sheet_of(
    care: CareRelationship,
    number: int | None,
    answers: Mapping[str, Any] | None,
    *,
    instrument: str = CHECK_IN,
    respondent: str = "client",
    at: datetime | None = None,
) -> Sheet:
    """Return a sheet that was handed in, or, without answers, still waits."""
    session = None if number is None else session_of(care, number)
    sheet = Sheet(
        client=care.client,
        instrument=instrument,
        instrument_version="1",
        respondent=respondent,
        session=session,
        due_at=at or timezone.now(),
    )
    if answers is not None:
        fill(sheet, answers, at=at)
    sheet.save()
    return sheet


def fill(sheet: Sheet, answers: Mapping[str, Any], *, at: datetime | None = None) -> None:
    """Put answers on a sheet, and what they come to."""
    result = work_out(sheet.instrument, answers, respondent=sheet.respondent)
    sheet.answers = dict(answers)
    sheet.result = {
        "value": result.value,
        "lowest_item": result.lowest_item,
        "band": result.band,
        "scales": result.scales,
    }
    sheet.handed_in_at = at or timezone.now()


def all_at(value: float) -> dict[str, Any]:
    """Return answers of a check-in whose mean is about a value."""
    low = int(value)
    ups = round((value - low) * len(RATED))
    return {name: min(10, low + (place < ups)) for place, name in enumerate(RATED)}


def check_ins(
    care: CareRelationship,
    values: Sequence[Value],
    *,
    guesses: Mapping[int, float | str] | None = None,
    first: int = 1,
) -> list[Sheet]:
    """Rate sessions one after the other; ``None`` is skipped, ``PENDING`` still waits.

    Each is noticed as it comes, the guess before it.
    """
    made = []
    for number, value in enumerate(values, start=first):
        guess = (guesses or {}).get(number)
        if guess is not None:
            told = None if isinstance(guess, str) else all_at(guess)
            sheet_of(care, number, told, respondent="therapist")
        rated = all_at(value) if isinstance(value, int | float) else None
        sheet = sheet_of(care, number, rated)
        if value is None:
            sheet.skipped_at = timezone.now()
            sheet.save(update_fields=("skipped_at",))
        made.append(sheet)
        if value != PENDING:
            look(sheet)
    return made


def look(sheet: Sheet) -> None:
    """Notice a sheet as its client hands it in."""
    with transaction.atomic():
        notice(sheet, by=sheet.client.person)


def phq9(total: int, *, item9: int = 0) -> dict[str, int]:
    """Return answers of a PHQ-9 that come to a total."""
    left = total - item9
    answers = {}
    for place in range(1, 9):
        answers[f"q{place}"] = min(3, left)
        left -= answers[f"q{place}"]
    assert left == 0
    return {**answers, "q9": item9}
