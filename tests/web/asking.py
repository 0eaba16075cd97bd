"""What tests of check-ins and questionnaires share: a held session, and a sheet filled in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from holdfast_web.encounters.actions import plan_session
from holdfast_web.encounters.models import Session
from holdfast_web.measures.actions.asking import hold_session
from holdfast_web.measures.models import Sheet
from tests.web.conftest import Cast

RATED = ("goal", "task", "bond", "understood", "safe", "not_judged")


def held(cast: Cast, *, hours_ago: float = 2) -> Session:
    """Return a session that was held just now; its check-in and guess wait."""
    session = plan_session(
        by=cast.therapist,
        client=cast.client,
        starts_at=timezone.now() - timedelta(hours=hours_ago),
        minutes=50,
        place="room",
    )
    done: Session = hold_session(by=cast.therapist, session=session)
    return done


def sheet_of(cast: Cast, instrument: str = "check-in", respondent: str = "client") -> Sheet:
    """Return the latest sheet as it lies in the database."""
    rows = Sheet.objects.for_the_practice("a test").select_related("client", "session")
    found: Sheet = rows.filter(
        client=cast.client, instrument=instrument, respondent=respondent
    ).latest("due_at")
    return found


def mine(sheet: Sheet) -> str:
    """Return the address of a client's own sheet."""
    return f"/me/sheets/{sheet.pk}/"


def sent(sheet: Sheet, answers: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return what a browser sends for answers."""
    return {
        "edition": sheet.edition,
        **{f"item-{name}": value for name, value in answers.items()},
        **more,
    }


def all_at(value: int) -> dict[str, Any]:
    """Return a check-in with the same number on every line."""
    return dict.fromkeys(RATED, value)
