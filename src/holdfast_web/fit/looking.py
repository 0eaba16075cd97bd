"""What happens by itself after something was told: a person is reached, the questions stop."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.care.records import therapist_now
from holdfast_web.engine.scoring import Answers
from holdfast_web.fit.assessment import Assessment, assess
from holdfast_web.fit.models import Intake
from holdfast_web.fit.said import alerts_in, facts_of, stopping
from holdfast_web.measures.actions.noticing import notice_told
from holdfast_web.measures.models import SafetyAnswer, Sheet

WHY = "what was told in an intake is looked at by the rules; nobody sees it"


def look_at(row: Intake, *, by: Person | None) -> None:
    """Reach a person where an answer calls for it, and note that the questions stop.

    Whoever calls this has locked the row and saves it.
    """
    assessment = assessment_of(row)
    alerts = alerts_in(row.said, assessment)
    stops = bool(stopping(assessment, row.said.get("went_on", ())))
    if stops and row.stopped_at is None:
        row.stopped_at = timezone.now()
    answers = SafetyAnswer.objects.for_the_practice(WHY)
    if stops or alerts or answers.filter(client_id=row.client_id, urgent=True).exists():
        start_waiting(row)
    if alerts:
        notice_told(by=by, client=row.client, told=alerts)


def start_waiting(row: Intake) -> None:
    """Open the record to who reads the intakes; not where somebody works with the client."""
    client = row.client
    if client.waits_since is None and therapist_now(client) is None:
        client.waits_since = timezone.now()
        client.save(update_fields=("waits_since",))


def assessment_of(row: Intake) -> Assessment:
    """Return what the rules say of what was handed in so far."""
    return assess(facts_of(row.said, sheets_in(row)))


def sheets_in(row: Intake) -> dict[str, Answers]:
    """Return the answers of an intake's questionnaires that were handed in, by instrument."""
    rows = Sheet.objects.for_the_practice(WHY).filter(
        client_id=row.client_id,
        pk__in=row.said.get("sheets", {}).values(),
        handed_in_at__isnull=False,
    )
    return {one.instrument: one.answers for one in rows}


def put_said(row: Intake, page: str, told: Mapping[str, Any]) -> None:
    """Put on a locked row what was told on a page, and that the page was sent."""
    done = [*row.said.get("done", ())]
    row.said = {**row.said, **told, "done": done if page in done else [*done, page]}
    row.edition += 1
