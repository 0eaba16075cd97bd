"""What somebody does with a questionnaire of their intake: an ordinary sheet, filled in by link."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from holdfast_web.audit.witness import action, witness
from holdfast_web.engine.forms import form_of
from holdfast_web.fit.looking import look_at, put_said
from holdfast_web.fit.models import Intake
from holdfast_web.fit.opening import BY_LINK, Door, behind
from holdfast_web.fit.pages import Page
from holdfast_web.fit.rules.intakes import may_tell
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import Refused
from holdfast_web.measures.handing_in import hand_it_in, keep, leave_out, put_answers, same_edition
from holdfast_web.measures.models import Sheet

DONE = "You have answered these questions already."


@action
def keep_sheet(*, door: Door, page: Page, answers: Mapping[str, Any], edition: int) -> Sheet:
    """Save a questionnaire part-way.

    Raises
    ------
    Stale
        If it was saved from another window in the meantime.
    """
    intake, sheet = _held(door, page, edition)
    put_answers(sheet, answers)
    keep(sheet, "answers", "skipped_at", "started_at")
    _note(intake, door)
    return sheet


@action
def hand_in_sheet(*, door: Door, page: Page, answers: Mapping[str, Any], edition: int) -> Sheet:
    """Hand a questionnaire in; whatever in it a person must see is raised at once.

    Raises
    ------
    Stale
        If it was saved or handed in from another window in the meantime.
    Refused
        If nothing is answered.
    """
    intake, sheet = _held(door, page, edition)
    hand_it_in(sheet, answers, by=door.by)
    put_said(intake, page.key, {})
    look_at(intake, by=door.by)
    _note(intake, door)
    return sheet


@action
def leave_out_sheet(*, door: Door, page: Page) -> Sheet:
    """Leave a questionnaire out; what isn't answered stays open and is never taken for a no."""
    intake, sheet = _held(door, page, None)
    leave_out(sheet, "sheet.left_out", by=door.by)
    put_said(intake, page.key, {})
    look_at(intake, by=door.by)
    _note(intake, door)
    return sheet


def _held(door: Door, page: Page, edition: int | None) -> tuple[Intake, Sheet]:
    """Return an intake and its sheet, locked; the sheet is made with the first answer."""
    intake = behind(door, lock=True)
    require(may_tell(intake))
    sheet = _sheet(intake, page.instrument)
    if edition is not None:
        same_edition(sheet, edition)
    if sheet.handed_in_at is not None:
        raise Refused(DONE)
    return intake, sheet


def _sheet(intake: Intake, instrument: str) -> Sheet:
    known = intake.said.get("sheets", {})
    if instrument in known:
        rows = Sheet.objects.for_the_practice(BY_LINK).select_for_update()
        found: Sheet = rows.get(pk=known[instrument], client_id=intake.client_id)
        found.client, found.session = intake.client, None
        return found
    made = Sheet(
        client=intake.client,
        instrument=instrument,
        instrument_version=form_of(instrument, language=intake.client.language).version,
        due_at=timezone.now(),
    )
    made.save(force_insert=True)
    intake.said = {**intake.said, "sheets": {**known, instrument: str(made.pk)}}
    return made


def _note(intake: Intake, door: Door) -> None:
    intake.save(update_fields=("said", "edition", "stopped_at"))
    witness("intake.told", by=door.by, client_id=intake.client_id, subject=intake)
