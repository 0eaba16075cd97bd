"""What is asked at an ending, and who may do what with one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.care.models import CareRelationship, Client
from holdfast_web.care.rules import is_client, is_of_the_two, is_therapist_of
from holdfast_web.handover.models import Ending
from holdfast_web.lib.decision import YES, Decision, no

QUESTIONS = {
    "gained": "What I take with me from this time",
    "how": "How we worked together: what was good, what was hard, what we mended",
    "later": "What helps later, when it gets hard again",
}
LONGEST = 4_000
FURTHEST = timedelta(days=2 * 366)
Words = Mapping[str, str]


def may_propose(viewer: Person, client: Client, care: CareRelationship | None) -> Decision:
    """Say whether somebody may propose an ending: either of the two, while care goes on."""
    allowed = is_of_the_two(viewer, client)
    if not allowed:
        return allowed
    if care is None:
        return no("There is no care that could come to an end.")
    if care.ends_at is not None:
        return no("This care has its end already.")
    return YES


def may_work_on(viewer: Person, ending: Ending) -> Decision:
    """Say whether somebody may write, or agree on the time after: one of the two, until the end."""
    allowed = is_of_the_two(viewer, ending.client)
    if allowed and not is_running(ending):
        return no("This care has come to its end. What was written stays.")
    return allowed


def may_agree(viewer: Person, ending: Ending) -> Decision:
    """Say whether somebody may agree to what the other wrote about the time after."""
    allowed = may_work_on(viewer, ending)
    if not allowed:
        return allowed
    if not ending.after:
        return no("Nothing is written about the time after yet.")
    if ending.agreed_at is not None:
        return no("You two have agreed on it.")
    if ending.after_by_id == viewer.pk:
        return no("You wrote it last. The other one agrees, or changes it.")
    return YES


def may_finish(viewer: Person, ending: Ending) -> Decision:
    """Say whether somebody may end the care: the therapist, once the last day has come."""
    if not is_therapist_of(viewer, ending.client):
        return no("Care is ended by the therapist, on the last day or after it.")
    allowed = may_work_on(viewer, ending)
    if allowed and ending.last_on and ending.last_on > timezone.localdate():
        return no("The last session is still ahead.")
    return allowed


def fits_words(words: Words) -> Decision:
    """Say whether words can be kept."""
    if any(len(one) > LONGEST for one in words.values()):
        return no(f"Each answer can have at most {LONGEST:,} characters.")
    return YES


def fits_a_day(on: date) -> Decision:
    """Say whether a day can be the last one."""
    if not timezone.localdate() <= on <= timezone.localdate() + FURTHEST:
        return no("Choose a day from today on.")
    return YES


def sees_other(viewer: Person, ending: Ending) -> bool:
    """Say whether somebody sees what the other wrote: both have written, or the other shows it."""
    both = bool(ending.client_words) and bool(ending.therapist_words)
    own = bool(is_client(viewer, ending.client))
    return both or (ending.therapist_shows if own else ending.client_shows)


def is_running(ending: Ending) -> bool:
    """Say whether an ending is still ahead."""
    return ending.taken_back_at is None and ending.ended_at is None and ending.care.ends_at is None
