"""What the two do with a review: open it, write in it part-way, finish, settle together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.access import runs
from holdfast_web.care.models import CareRelationship, Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import is_client, require_record
from holdfast_web.fit.due import review_waiting
from holdfast_web.fit.models import Review
from holdfast_web.fit.reviewing import LONGEST, QUESTIONS
from holdfast_web.fit.rules.reviews import (
    NOBODY,
    may_open_review,
    may_settle,
    may_write_review,
    words_fit,
)
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours, Refused, Stale

WHY = "a review is opened once for a session, whoever comes first"
CHANGED = (
    "This was changed in the meantime, perhaps by you on another page. What you typed is still "
    "here; what is kept stands below it."
)
SETTLED_MEANWHILE = (
    "One of you has noted this in the meantime. Here is how it stands now; what you typed is "
    "still here."
)


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody writes in a review.

    Attributes
    ----------
    told
        By question.
    shows
        Whether the other reads it at once, rather than when both have finished.
    done
        Whether it is finished; otherwise it is saved part-way.
    """

    told: Mapping[str, str]
    shows: bool = False
    done: bool = False


@action
def open_review(*, by: Person | None, client: Client) -> Review:
    """Open the review that it is time for, or one that was wished for; never two of a session.

    Parameters
    ----------
    by
        One of the two; ``None`` for the practice's clockwork, which opens only what is due.

    Returns
    -------
    Review
        The one that is open, whoever opened it.
    """
    if by is not None:
        require_record(by, client, Part.GOALS)
    care = _care_of(by, client)
    waiting = review_waiting(client, therapist=care.therapist)
    if waiting is None:
        raise Refused(NOBODY)
    due, held = waiting.due, waiting.held
    require(may_open_review(by, client, held=held, is_due=due is not None))
    rows = Review.objects.for_the_practice(WHY).filter(care=care)
    number, why = (due.number, due.why) if due else (held, Review.Why.ASKED)
    found: Review | None = rows.filter(session_number=number).first()
    if due is None:
        found = rows.filter(settled_at=None).order_by("-session_number").first() or found
    if found is None:
        found = Review.objects.create(client=client, care=care, session_number=number, why=why)
        witness("review.opened", by=by, client_id=client.pk, subject=found, session=number)
    else:
        witness("review.found_open", by=by, client_id=client.pk, subject=found)
    return found


@action
def write_review(*, by: Person, review: Review, words: Words, edition: int) -> Review:
    """Keep what somebody writes in a review, part-way or finished.

    Parameters
    ----------
    edition
        Of their own words; the other's don't matter.

    Raises
    ------
    Stale
        If they wrote something else in the meantime.
    """
    held = _held(by, review)
    require(may_write_review(by, held))
    told = {one.key: words.told.get(one.key, "").strip() for one in QUESTIONS}
    require(words_fit(told))
    side = "client" if is_client(by, held.client) else "therapist"
    if getattr(held, f"{side}_edition") != edition:
        raise Stale(CHANGED)
    finished = timezone.now() if words.done else getattr(held, f"{side}_at")
    kept = {"words": told, "at": finished, "shows": words.shows, "edition": edition + 1}
    for name, value in kept.items():
        setattr(held, f"{side}_{name}", value)
    held.save(update_fields=[f"{side}_{name}" for name in kept])
    event = "review.written" if words.done else "review.saved"
    witness(event, by=by, client_id=held.client_id, subject=held, shows=words.shows)
    return held


@action
def settle_review(*, by: Person, review: Review, choice: str, words: str, edition: int) -> Review:
    """Note what the two settled on; either notes it, and either may mend it.

    Raises
    ------
    Stale
        If the other noted something in the meantime.
    """
    held = _held(by, review)
    require(may_settle(by, held))
    if len(words) > LONGEST:
        raise Refused(f"That is {len(words):,} characters long, and {LONGEST:,} fit here.")
    if held.edition != edition:
        raise Stale(SETTLED_MEANWHILE)
    held.choice = Review.Choice(choice)
    held.settled = {"words": words.strip(), "by": str(by.pk)}
    held.settled_at = timezone.now()
    held.edition += 1
    held.save(update_fields=("choice", "settled", "settled_at", "edition"))
    witness(
        "review.settled", by=by, client_id=held.client_id, subject=held, choice=str(held.choice)
    )
    return held


def _care_of(by: Person | None, client: Client) -> CareRelationship:
    """Return the care that runs now, locked: two who open a review at once open one."""
    running = CareRelationship.objects.select_for_update().filter(
        runs(timezone.now()), client=client
    )
    if by is not None and not is_client(by, client):
        running = running.filter(therapist=by)
    found = running.order_by("-starts_at").first()
    if found is None:
        raise Refused(NOBODY)
    return found


def _held(by: Person, review: Review) -> Review:
    """Return the review as it is now, held until the end of the transaction."""
    rows = Review.objects.seen_by(by, of=review.client_id).select_related("client", "care")
    held: Review | None = rows.select_for_update(of=("self",)).filter(pk=review.pk).first()
    if held is None:
        raise NotYours
    return held
