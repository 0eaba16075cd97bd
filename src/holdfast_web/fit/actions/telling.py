"""What somebody does with their own intake: tell, fill in, go on, hand in, see it differently."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from holdfast_web.audit.witness import action, witness
from holdfast_web.care.context import the_practice
from holdfast_web.fit.assessment import kept
from holdfast_web.fit.letters import tell_the_reader
from holdfast_web.fit.looking import assessment_of, look_at, put_said, start_waiting
from holdfast_web.fit.models import Intake
from holdfast_web.fit.opening import LASTS, Door, behind
from holdfast_web.fit.pages import Page
from holdfast_web.fit.rules.intakes import may_disagree, may_tell
from holdfast_web.fit.said import stopping
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import Refused, Stale

CHANGED = "This page was answered in another window meanwhile. Nothing was overwritten."
STOPPED = "Please look at the page with help first. You can go on from there whenever you like."


@action
def tell(*, door: Door, page: Page, answers: Mapping[str, Any], edition: int) -> Intake:
    """Keep what somebody told on a page, answered or left open, and look whether to stop.

    Parameters
    ----------
    edition
        Of that page alone: two windows on two pages don't get into each other's way.

    Raises
    ------
    Stale
        If the page was sent from another window in the meantime.
    """
    row = _open(door)
    editions = row.said.get("editions", {})
    if editions.get(page.key, 0) != edition:
        raise Stale(CHANGED)
    group = page.group
    told = {group: {**row.said.get(group, {}), **answers}} if group else dict(answers)
    put_said(row, page.key, {**told, "editions": {**editions, page.key: edition + 1}})
    if page.kind == "contact":
        _reachable(row, answers)
    look_at(row, by=door.by)
    row.save(update_fields=("said", "edition", "stopped_at"))
    witness("intake.told", by=door.by, client_id=row.client_id, subject=row)
    return row


@action
def go_on(*, door: Door) -> Intake:
    """Go on with the questions after they were stopped; help stays where it is."""
    row = _open(door)
    went_on = {*row.said.get("went_on", ()), *(one.rule for one in assessment_of(row).reasons)}
    row.said = {**row.said, "went_on": sorted(went_on)}
    row.save(update_fields=("said",))
    witness("intake.gone_on_with", by=door.by, client_id=row.client_id, subject=row)
    return row


@action
def hand_in_intake(*, door: Door) -> Intake:
    """Hand an intake in: from then on who reads them sees it, with what the rules say."""
    row = _open(door)
    assessment = assessment_of(row)
    if stopping(assessment, row.said.get("went_on", ())):
        raise Refused(STOPPED)
    now = timezone.now()
    row.result, row.handed_in_at, row.ends_at = kept(assessment), now, now + LASTS
    row.edition += 1
    row.save(update_fields=("result", "handed_in_at", "ends_at", "edition"))
    start_waiting(row)
    witness("intake.handed_in", by=door.by, client_id=row.client_id, subject=row)
    _tell_the_reader()
    return row


@action
def disagree(*, door: Door, words: str, edition: int) -> Intake:
    """Say in one's own words that one sees it differently.

    Raises
    ------
    Stale
        If something was written in the meantime.
    """
    row = behind(door, lock=True)
    require(may_disagree(row))
    if row.edition != edition:
        raise Stale("Something was written here meanwhile. Nothing was overwritten.")
    if not words.strip():
        raise Refused("There is nothing written yet.")
    row.disagrees, row.edition = words.strip(), row.edition + 1
    row.save(update_fields=("disagrees", "edition"))
    witness("intake.disagreed_with", by=door.by, client_id=row.client_id, subject=row)
    _tell_the_reader()
    return row


def _open(door: Door) -> Intake:
    row = behind(door, lock=True)
    require(may_tell(row))
    return row


def _reachable(row: Intake, answers: Mapping[str, Any]) -> None:
    """Put name and number where the practice looks for them; a number not to be rung stays out."""
    client = row.client
    client.name = answers.get("name") or client.name
    client.phone = None if answers.get("no_phone") else answers.get("phone") or None
    client.no_email = bool(answers.get("no_email"))
    client.save(update_fields=("name", "phone", "no_email"))


def _tell_the_reader() -> None:
    practice = the_practice()
    tell_the_reader(practice.intake if practice else None)
