"""Who may ask for a change of therapist, prepare it, agree to it, settle it, and take it back."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from holdfast_web.accounts.models import Person, Role
from holdfast_web.accounts.rules import runs_the_practice
from holdfast_web.care.models import CareRelationship, Client
from holdfast_web.care.rules import is_client, is_therapist_of
from holdfast_web.encounters.models import Session
from holdfast_web.handover.models import HandOver
from holdfast_web.handover.told import LONGEST_REASON, Choices, Knows
from holdfast_web.lib.decision import YES, Decision, no

State = HandOver.State
OPEN = (State.ASKED, State.PREPARED, State.AGREED)
LONGEST_LETTER = 3_000
SETTLED = "This change has been settled. From here on it is the new care that counts."


def may_ask(viewer: Person, client: Client, care: CareRelationship | None) -> Decision:
    """Say whether somebody may begin a change: the client, at any time, without a reason."""
    own = is_client(viewer, client)
    if not own:
        return own
    if care is None:
        return no("Nobody works with you at the moment, so there is nobody to change from.")
    if care.ends_at is not None:
        return no("Your care passes on already, or comes to its end. Take that back first.")
    return YES


def may_begin_for(viewer: Person, care: CareRelationship) -> Decision:
    """Say whether the practice may begin a change for a client: its own need, said plainly."""
    runs = runs_the_practice(viewer)
    if runs and care.ends_at is not None:
        return no("This care has an end already.")
    return runs


def may_choose(viewer: Person, change: HandOver) -> Decision:
    """Say whether somebody may choose who is told what, who comes next, and what passes on."""
    own = is_client(viewer, change.client)
    return _is_open(change) if own else own


def may_be_next(change: HandOver, person: Person) -> Decision:
    """Say whether somebody can be who comes next."""
    if person.role != Role.THERAPIST or not person.is_active:
        return no("Please choose one of the therapists of this practice.")
    if person.pk == change.care.therapist_id:
        return no(f"{person.name} is your therapist now.")
    return YES


def may_agree(viewer: Person, change: HandOver) -> Decision:
    """Say whether the client may agree: it is known who comes next, and nothing is left open."""
    allowed = may_choose(viewer, change)
    if not allowed:
        return allowed
    if change.state == State.AGREED:
        return no("You have agreed to this.")
    if change.to is None:
        return no("Say first who comes next, or wait until the practice has found somebody.")
    return fits_a_goodbye(change)


def may_take_back(viewer: Person, change: HandOver) -> Decision:
    """Say whether somebody may take a change back, until the new care has begun."""
    needed = change.by_practice and runs_the_practice(viewer)
    if not needed and not is_client(viewer, change.client):
        return no("Whoever asked for the change can take it back.")
    if change.state == State.DONE and not waits_to_begin(change):
        return no("The new care has begun already. You can ask for a change again at any time.")
    if change.state == State.TAKEN_BACK:
        return no("This was taken back already.")
    return YES


def knows(viewer: Person, change: HandOver) -> bool:
    """Say whether the present therapist was told, and so may see the change at all."""
    present = change.care.therapist_id == viewer.pk and bool(is_therapist_of(viewer, change.client))
    if not present or change.state == State.TAKEN_BACK:
        return False
    return choices_of(change).therapist != Knows.NOTHING


def may_write_letter(viewer: Person, change: HandOver) -> Decision:
    """Say whether somebody may write the letter: the present therapist, if they know."""
    if not knows(viewer, change):
        return no("The client’s present therapist writes the letter.")
    if change.state == State.AGREED:
        return no("The client has agreed to the change with the letter as it is.")
    return _is_open(change)


def may_propose_next(viewer: Person, change: HandOver) -> Decision:
    """Say whether the practice may propose who comes next: where the client asked it to."""
    runs = runs_the_practice(viewer)
    if not runs:
        return runs
    if not change.practice_chooses:
        return no("The client chooses this for themselves.")
    if change.state == State.AGREED:
        return no("The client has agreed to somebody already.")
    return _is_open(change)


def may_settle(viewer: Person, change: HandOver) -> Decision:
    """Say whether somebody may settle the change: who comes next or the practice, once agreed."""
    if not (runs_the_practice(viewer) or change.to_id == viewer.pk):
        return no("This is settled by whoever comes next, or by the practice.")
    open_ = _is_open(change)
    if open_ and change.state != State.AGREED:
        return no("The client hasn’t agreed yet. Until then everything stays as it is.")
    return open_


def waits_to_begin(change: HandOver) -> bool:
    """Say whether a change is settled and the new care has not begun."""
    starts: datetime | None = change.starts_at
    return change.state == State.DONE and starts is not None and starts > timezone.now()


def waits_for(viewer: Person, change: HandOver) -> bool:
    """Say whether a change waits for somebody: for whoever comes next, or for the practice."""
    if change.state not in OPEN or change.care.ends_at is not None:
        return False
    if change.state == State.AGREED:
        return change.to_id == viewer.pk or bool(runs_the_practice(viewer))
    asked = change.practice_chooses or change.by_practice
    return asked and bool(runs_the_practice(viewer))


def came_by(viewer: Person, change: HandOver) -> bool:
    """Say whether somebody works with the client because of this change."""
    if change.state != State.DONE or change.to_id != viewer.pk or waits_to_begin(change):
        return False
    return bool(is_therapist_of(viewer, change.client))


def choices_of(change: HandOver) -> Choices:
    """Return who is told what, and why."""
    return Choices.of(change.told, change.reason)


def fits_a_goodbye(change: HandOver) -> Decision:
    """Say whether a goodbye session fits what the present therapist is told."""
    if change.goodbye is not None and choices_of(change).therapist == Knows.NOTHING:
        return no(
            "For a session to say goodbye, your therapist needs to know. Choose what they are "
            "told, or leave the goodbye out."
        )
    return YES


def fits_a_letter(words: str) -> Decision:
    """Say whether a letter can be kept: there is something in it, and it is short."""
    if not words.strip():
        return no("There is nothing written yet.")
    return _short(words, LONGEST_LETTER)


def fits_a_reason(words: str) -> Decision:
    """Say whether words about why can be kept."""
    return _short(words, LONGEST_REASON)


def _short(words: str, longest: int) -> Decision:
    if len(words) > longest:
        return no(f"That is {len(words):,} characters long, and {longest:,} fit here.")
    return YES


def _is_open(change: HandOver) -> Decision:
    if change.state == State.TAKEN_BACK:
        return no("This was taken back.")
    if change.state == State.DONE:
        return no(SETTLED)
    if change.care.ends_at is not None:
        return no("The care that this was about has ended in the meantime.")
    return YES


def is_ahead(session: Session) -> bool:
    """Say whether a session is planned and hasn't begun, so that it can be the goodbye."""
    return session.status == Session.Status.PLANNED and session.starts_at > timezone.now()
