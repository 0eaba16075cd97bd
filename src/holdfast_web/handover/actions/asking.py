"""What a client does with a change: asks, chooses who is told what and who comes next, agrees."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.actions.carrying import drop_carried
from holdfast_web.agreements.standing import running_care
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.actions import undo_passing
from holdfast_web.care.models import CareRelationship, Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import require_record
from holdfast_web.encounters.models import Session
from holdfast_web.handover.holding import held, keep, reopen
from holdfast_web.handover.letters import tell_staff
from holdfast_web.handover.models import HandOver
from holdfast_web.handover.passing import Passes
from holdfast_web.handover.passing_on import call_back
from holdfast_web.handover.rows import hand_overs
from holdfast_web.handover.rules import (
    OPEN,
    fits_a_goodbye,
    fits_a_reason,
    is_ahead,
    may_agree,
    may_ask,
    may_be_next,
    may_begin_for,
    may_choose,
    may_take_back,
    waits_to_begin,
)
from holdfast_web.handover.told import Choices, Knows
from holdfast_web.inbox.letters import tell_client
from holdfast_web.inbox.readers import readers_now
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours, Stale

State = HandOver.State
TWICE = "A change was begun already. You find it on this page."


@action
def ask_for_change(*, by: Person, client: Client) -> HandOver:
    """Ask for another therapist; nobody is told of it yet, and no reason is needed.

    Raises
    ------
    Stale
        If there is a change already.
    """
    require_record(by, client, Part.CARE)
    care = running_care(client, held=True)
    require(may_ask(by, client, care))
    assert care is not None  # noqa: S101 - the rule has looked
    made = _begin(HandOver(client=client, care=care, asked_by=by, told=Choices().told))
    witness("hand_over.asked", by=by, client_id=client.pk, subject=made)
    return made


@action
def begin_for_practice(*, by: Person, care: CareRelationship, words: str) -> HandOver:
    """Begin a change that the practice needs; the client is told plainly, and has every choice."""
    require(may_begin_for(by, care))
    require(fits_a_reason(words))
    told = Choices(therapist=Knows.THAT, next=Knows.THAT).told
    made = HandOver(client=care.client, care=care, asked_by=by, told=told, by_practice=True)
    made.practice_words = words.strip() or None
    made = _begin(made)
    witness("hand_over.begun_by_practice", by=by, client_id=care.client_id, subject=made)
    tell_client(care.client)
    tell_staff(care.therapist)
    return made


@action
def choose_told(
    *,
    by: Person,
    change: HandOver,
    choices: Choices,
    goodbye: Session | None,
    edition: int,
) -> HandOver:
    """Choose who is told what, and whether there is a session to say goodbye."""
    row = held(change, edition)
    require(may_choose(by, row))
    require(fits_a_reason(choices.words))
    if goodbye is not None and (goodbye.client_id != row.client_id or not is_ahead(goodbye)):
        raise NotYours
    knew = Choices.of(row.told, row.reason).therapist != Knows.NOTHING
    row.told, row.reason, row.goodbye = choices.told, choices.reason, goodbye
    require(fits_a_goodbye(row))
    keep(row, "told", "reason", "goodbye", *reopen(row))
    witness("hand_over.told", by=by, client_id=row.client_id, subject=row)
    if choices.therapist != Knows.NOTHING and not knew:
        tell_staff(row.care.therapist)
    return row


@action
def choose_next(*, by: Person, change: HandOver, to: Person | None, edition: int) -> HandOver:
    """Choose who comes next, or let the practice choose (``to`` is ``None``)."""
    row = held(change, edition)
    require(may_choose(by, row))
    if to is not None:
        require(may_be_next(row, to))
    row.to, row.practice_chooses, row.declined_by = to, to is None, None
    keep(row, "to", "practice_chooses", "declined_by", *reopen(row))
    witness("hand_over.next_chosen", by=by, client_id=row.client_id, subject=row)
    reader = readers_now().owner
    if to is None and reader is not None:
        tell_staff(reader)
    return row


@action
def choose_passes(
    *, by: Person, change: HandOver, passes: Passes, edition: int, letter_asked: str = ""
) -> HandOver:
    """Choose what passes on, document by document; say what should be different in the letter."""
    row = held(change, edition)
    require(may_choose(by, row))
    require(fits_a_reason(letter_asked))
    asked_before = row.letter_asked
    row.passes, row.letter_asked = passes.kept, letter_asked.strip() or None
    keep(row, "passes", "letter_asked", *reopen(row))
    witness("hand_over.passes_chosen", by=by, client_id=row.client_id, subject=row)
    if row.letter_asked and row.letter_asked != asked_before:
        tell_staff(row.care.therapist)
    return row


@action
def agree_to_change(*, by: Person, change: HandOver, edition: int) -> HandOver:
    """Agree to the change as it stands; from here whoever comes next or the practice settles it."""
    row = held(change, edition)
    require(may_agree(by, row))
    row.client_agreed_at, row.state = timezone.now(), State.AGREED
    keep(row, "client_agreed_at", "state")
    witness("hand_over.agreed", by=by, client_id=row.client_id, subject=row)
    if row.to is not None:
        tell_staff(row.to)
    return row


@action
def take_change_back(*, by: Person, change: HandOver) -> HandOver:
    """Take a change back: nothing happens, or what was settled for later doesn't."""
    row = held(change, None)
    require(may_take_back(by, row))
    if waits_to_begin(row) and row.next_care is not None:
        following = row.next_care
        call_back(row)
        row.next_care = None
        row.save(update_fields=("next_care",))
        drop_carried(by=by, care=following)
        undo_passing(by=by, care=row.care, next_care=following)
    row.state, row.ended_at = State.TAKEN_BACK, timezone.now()
    keep(row, "state", "ended_at")
    witness("hand_over.taken_back", by=by, client_id=row.client_id, subject=row)
    return row


def _begin(change: HandOver) -> HandOver:
    """Keep a new change; one that its care has left behind makes room."""
    left = hand_overs().filter(client_id=change.client_id, state__in=OPEN)
    for one in left.filter(care__ends_at__isnull=False):
        one.state, one.ended_at = State.TAKEN_BACK, timezone.now()
        one.save(update_fields=("state", "ended_at"))
    try:
        with transaction.atomic():
            change.save()
    except IntegrityError:
        raise Stale(TWICE) from None
    return change
