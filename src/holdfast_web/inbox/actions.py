"""What is done with what doesn't feel right: said, seen, answered, taken back."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.records import therapist_now
from holdfast_web.care.rules import require_record
from holdfast_web.inbox.letters import tell, tell_client
from holdfast_web.inbox.models import Concern
from holdfast_web.inbox.readers import SHOWN_TO, readers_now
from holdfast_web.inbox.rules import fits, may_answer, may_say, may_see, may_withdraw
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours, Stale


@action
def say_concern(
    *, by: Person, client: Client, wants: str, words: str = "", to_practice: bool = False
) -> Concern:
    """Say that something doesn't feel right; words and reasons aren't needed.

    Parameters
    ----------
    by, client
        The client.
    wants
        One of ``Concern.Wants``.
    words
        As many as they like, or none.
    to_practice
        Whether somebody of the practice reads it, and the therapist doesn't.
    """
    require_record(by, client, Part.CONCERNS)
    require(may_say(by, client, wants, to_practice))
    require(fits(words))
    concern = Concern(
        client=client, wants=wants, words=words.strip() or None, to_practice=to_practice
    )
    concern.save()
    witness("concern.said", by=by, client_id=client.pk, subject=concern)
    reader = readers_now().of(client.pk) if to_practice else therapist_now(client)
    if reader is not None:
        tell(reader, reverse("inbox:inbox"))
    return concern


@action
def withdraw_concern(*, by: Person, concern: Concern) -> Concern:
    """Take back what was said: nobody else can read it any more."""
    held = _held(by, concern)
    require(may_withdraw(by, held))
    held.withdrawn_at = timezone.now()
    held.save(update_fields=("withdrawn_at",))
    witness("concern.withdrawn", by=by, client_id=held.client_id, subject=held)
    return held


@action
def see_concern(*, by: Person, concern: Concern) -> Concern:
    """Note that it was read by whom it was said to; the client sees that."""
    held = _held(by, concern)
    if held.seen_at is None:
        held.seen_at, held.seen_by = timezone.now(), by
        held.save(update_fields=("seen_at", "seen_by"))
    witness("concern.seen", by=by, client_id=held.client_id, subject=held)
    return held


@action
def answer_concern(*, by: Person, concern: Concern, words: str) -> Concern:
    """Answer, once; the client is told by e-mail that there is something to read."""
    held = _held(by, concern)
    if held.answered_at is not None:
        raise Stale(may_answer(by, held).reason)
    require(may_answer(by, held))
    require(fits(words, needed=True))
    now = timezone.now()
    held.answer, held.answered_at, held.answered_by = words.strip(), now, by
    held.seen_at, held.seen_by = held.seen_at or now, held.seen_by or by
    held.save(update_fields=("answer", "answered_at", "answered_by", "seen_at", "seen_by"))
    witness("concern.answered", by=by, client_id=held.client_id, subject=held)
    tell_client(held.client)
    return held


@action
def read_answer(*, by: Person, concern: Concern) -> Concern:
    """Note that the client has read the answer, so that it isn't announced again."""
    held = _held(by, concern)
    if held.client.person_id != by.pk:
        raise NotYours
    held.answer_read_at = held.answer_read_at or timezone.now()
    held.save(update_fields=("answer_read_at",))
    witness("concern.answer_read", by=by, client_id=held.client_id, subject=held)
    return held


def _held(by: Person, concern: Concern) -> Concern:
    """Return the row as it is now, held; a stranger, or whom it wasn't said to, finds nothing."""
    rows = Concern.objects.for_the_practice(SHOWN_TO).select_for_update(of=("self",))
    held: Concern | None = rows.select_related("client__person").filter(pk=concern.pk).first()
    if held is None or held.client.erased_at is not None or not may_see(by, held):
        raise NotYours
    return held
