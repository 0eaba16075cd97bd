"""Who may open a review, write in it, read the other's words, settle it; and why not."""

from __future__ import annotations

from django.utils import timezone

from holdfast_web.accounts.models import Person, Role
from holdfast_web.care.models import Client
from holdfast_web.care.rules import is_client, is_of_the_two
from holdfast_web.fit.models import Review
from holdfast_web.fit.reviewing import LONGEST, QUESTIONS
from holdfast_web.lib.decision import YES, Decision, no

OVER = "This look belongs to care that has ended. It stays here to be read."
NOBODY = "Nobody works with you here at the moment. What was written before stays to be read."
SETTLED = "You two have settled this one. What you wrote stays as it is."


def may_open_review(
    viewer: Person | None, client: Client, *, held: int | None, is_due: bool
) -> Decision:
    """Say whether a review may be opened: by either at any time, by the clockwork when due.

    Parameters
    ----------
    held
        How many sessions were held; ``None`` where nobody works with the client now.
    """
    if held is None:
        return no(NOBODY)
    if viewer is None:
        return YES if is_due else no("It isn’t time for one.")
    allowed = is_of_the_two(viewer, client)
    if allowed and held < 1:
        return no("There is nothing to look at yet. It begins after the first session.")
    return allowed


def may_write_review(viewer: Person, review: Review) -> Decision:
    """Say whether somebody may write their words: one of the two, until it is settled."""
    allowed = may_take_part(viewer, review)
    return no(SETTLED) if allowed and review.settled_at is not None else allowed


def may_settle(viewer: Person, review: Review) -> Decision:
    """Say whether somebody may note what the two settled on; either may, and may mend it."""
    return may_take_part(viewer, review)


def may_take_part(viewer: Person, review: Review) -> Decision:
    """Say whether a review is somebody's own, and goes on."""
    allowed = is_of_the_two(viewer, review.client)
    care = review.care
    if allowed and viewer.role != Role.CLIENT and care.therapist_id != viewer.pk:
        return no(OVER)
    if allowed and care.ends_at is not None and care.ends_at <= timezone.now():
        return no(OVER)
    return allowed


def may_read_others_words(viewer: Person, review: Review) -> Decision:
    """Say whether somebody reads what the other wrote: both have written, or it was shown."""
    if is_client(viewer, review.client):
        other_at, shows, own_at = review.therapist_at, review.therapist_shows, review.client_at
    else:
        other_at, shows, own_at = review.client_at, review.client_shows, review.therapist_at
    if other_at is None:
        return no("The other hasn’t finished yet.")
    if shows or own_at is not None:
        return YES
    return no("You read it once you have finished yours.")


def words_fit(told: dict[str, str]) -> Decision:
    """Say whether words can be kept as they are, question by question."""
    for one in QUESTIONS:
        if len(told.get(one.key, "")) > LONGEST:
            return no(
                f"One answer is {len(told[one.key]):,} characters long, and {LONGEST:,} fit "
                "here. What you wrote is still there: please shorten it."
            )
    return YES
