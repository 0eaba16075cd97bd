"""Who may do what with ratings, signals, ruptures and safety answers, and why not."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.care.access import access_of
from holdfast_web.care.earlier import earlier_care
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Way
from holdfast_web.care.rules import is_client, is_therapist_of
from holdfast_web.encounters.models import Session
from holdfast_web.lib.decision import YES, Decision, no
from holdfast_web.lib.templatetags.holdfast import day
from holdfast_web.measures.models import Assignment, Rupture, SafetyAnswer, Sheet, Signal

MIND_MAY_CHANGE_FOR = timedelta(days=1)


class Guess(Protocol):
    """A therapist's sheet, as much of it as the rule needs."""

    @property
    def handed_in_at(self) -> datetime | None:
        """When it was made."""

    @property
    def skipped_at(self) -> datetime | None:
        """When it was left out."""


def may_see_rating(
    viewer: Person, session: Session, guesses: Iterable[Sheet] | None = None
) -> Decision:
    """Say whether somebody may see how the client rated a session.

    The therapist guesses first, or says that they won't: a guess made afterwards is none. What was
    answered and written after a session with somebody else stays with the earlier care.

    Parameters
    ----------
    viewer
        Who looks.
    session
        Which was rated.
    guesses
        The therapist's sheets of this session, where they are at hand; asked for otherwise.
    """
    if any(one.care_id == session.care_id for one in earlier_care(viewer)):
        return no("This session was with somebody else, and what was written after it stays there.")
    if not _cares_for(viewer, session.client_id):
        return YES
    if guesses is None:
        rows = Sheet.objects.for_the_practice("whether a guess is still to come")
        guesses = rows.filter(session=session, respondent=Sheet.Respondent.THERAPIST).only(
            "handed_in_at", "skipped_at"
        )
    return may_see_beside(viewer, session.client_id, guesses)


def may_see_beside(viewer: Person, client_id: UUID, guesses: Iterable[Guess]) -> Decision:
    """Say whether somebody may see what the client rated, with the guesses beside it at hand."""
    waits = any(one.handed_in_at is None and one.skipped_at is None for one in guesses)
    if waits and _cares_for(viewer, client_id):
        return no("Your guess comes first. You can also leave it out.")
    return YES


def may_answer_signal(viewer: Person, client: Client, signal: Signal) -> Decision:
    """Say whether somebody may write what they will do about a signal."""
    mine = is_therapist_of(viewer, client)
    if mine and signal.status == Signal.Status.CLOSED:
        return no("This was followed up already.")
    return mine


def may_close_signal(viewer: Person, client: Client, signal: Signal) -> Decision:
    """Say whether somebody may write how it looked after a signal."""
    mine = is_therapist_of(viewer, client)
    if mine and signal.status == Signal.Status.OPEN:
        return no("Say first what you will do about it.")
    if mine and signal.status == Signal.Status.CLOSED:
        return no("This was followed up already.")
    return mine


def may_log_rupture(viewer: Person, client: Client) -> Decision:
    """Say whether somebody may write in the rupture log of a client."""
    return is_therapist_of(viewer, client)


def may_go_on_with_rupture(viewer: Person, client: Client, rupture: Rupture) -> Decision:
    """Say whether somebody may add a step to a rupture, or say that it is resolved."""
    mine = is_therapist_of(viewer, client)
    if mine and rupture.resolved_on is not None:
        return no(f"This was resolved {day(rupture.resolved_on)}.")
    return mine


def may_see_safety_answer(
    viewer: Person, answer: SafetyAnswer, stand_ins: Collection[Person]
) -> Decision:
    """Say whether somebody may see an answer that a person must see.

    Parameters
    ----------
    viewer
        Who looks.
    answer
        The answer.
    stand_ins
        Who stands in for the practice's therapists.
    """
    if _answers_for(viewer, answer.client_id) or (answer.urgent and viewer in stand_ins):
        return YES
    return no("This is for the client's therapist and the practice's deputy.")


def may_see_safety_of(viewer: Person, client: Client) -> Decision:
    """Say whether somebody may see all such answers of a client: no share opens them."""
    ways = {one.way for one in access_of(viewer).get(client.pk, ())}
    if ways & {Way.CARE, Way.EMERGENCY}:
        return YES
    return no("This is for the client's therapist.")


def may_acknowledge(
    viewer: Person, answer: SafetyAnswer, stand_ins: Collection[Person]
) -> Decision:
    """Say whether somebody may write that they saw to an answer."""
    allowed = may_see_safety_answer(viewer, answer, stand_ins)
    if allowed and answer.acknowledged_by is not None:
        return no(f"{answer.acknowledged_by.name} saw to this already.")
    return allowed


def _answers_for(viewer: Person, client_id: UUID) -> bool:
    """Say whether somebody is the therapist, or reads the intakes while there is none."""
    ways = {one.way for one in access_of(viewer).get(client_id, ())}
    return bool(ways & {Way.CARE, Way.INTAKE})


def _cares_for(viewer: Person, client_id: UUID) -> bool:
    return any(one.way is Way.CARE for one in access_of(viewer).get(client_id, ()))


def may_ask(viewer: Person, client: Client) -> Decision:
    """Say whether somebody may choose what a client is asked."""
    return is_therapist_of(viewer, client)


def may_end_assignment(viewer: Person, assignment: Assignment) -> Decision:
    """Say whether somebody may stop asking a questionnaire."""
    mine = is_therapist_of(viewer, assignment.client)
    if mine and assignment.ended_at is not None:
        return no(f"It was ended {day(assignment.ended_at)}.")
    return mine


def may_answer(viewer: Person, sheet: Sheet) -> Decision:
    """Say whether somebody may fill in a sheet: only who is asked, until it is handed in.

    A client who left one out may come back to it within a day. A guess that was left out is not
    made up for: the rating may have been seen by then.
    """
    if sheet.respondent == Sheet.Respondent.CLIENT:
        own = is_client(viewer, sheet.client)
    else:
        own = is_therapist_of(viewer, sheet.client)
    return _still_open(sheet) if own else own


def may_skip(viewer: Person, sheet: Sheet) -> Decision:
    """Say whether somebody may leave a sheet out."""
    allowed = may_answer(viewer, sheet)
    if allowed and sheet.skipped_at is not None:
        return no("It is left out already.")
    return allowed


def may_withdraw(viewer: Person, sheet: Sheet) -> Decision:
    """Say whether somebody may take back what a client is asked: their therapist may."""
    mine = is_therapist_of(viewer, sheet.client)
    if mine and sheet.respondent != Sheet.Respondent.CLIENT:
        return no("A guess is yours to make or to leave out.")
    if mine and sheet.skipped_at is not None:
        return no("It is not asked any more.")
    return _still_open(sheet) if mine else mine


def may_make_link(viewer: Person, sheet: Sheet) -> Decision:
    """Say whether somebody may open a sheet to a tablet in the waiting room."""
    return may_withdraw(viewer, sheet)


def _still_open(sheet: Sheet) -> Decision:
    if sheet.handed_in_at is not None:
        return no(f"It was handed in {day(sheet.handed_in_at)} and can’t be changed any more.")
    if sheet.skipped_at is None:
        return YES
    if sheet.respondent == Sheet.Respondent.THERAPIST:
        return no("You left this guess out.")
    if timezone.now() - sheet.skipped_at > MIND_MAY_CHANGE_FOR:
        return no("It was left out, and that is all right. The next one comes by itself.")
    return YES
