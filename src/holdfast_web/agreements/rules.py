"""Who may do what with an agreement. Each rule guards the action and explains the button."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from holdfast_web.accounts.models import Person, Role
from holdfast_web.accounts.rules import runs_the_practice
from holdfast_web.agreements.clause import Clause
from holdfast_web.agreements.models import Question, Status, Version
from holdfast_web.agreements.standing import Standing
from holdfast_web.agreements.terms import Term, agreed
from holdfast_web.care.models import CareRelationship, Client, Share
from holdfast_web.care.parts import OPENS, Part, Way
from holdfast_web.care.rules import is_client, is_of_the_two, is_therapist_of
from holdfast_web.lib.decision import YES, Decision, no

CLOSED = {
    Status.ACCEPTED: "Both of you have accepted this already.",
    Status.REPLACED: "A later version has taken its place.",
    Status.DECLINED: "This proposal was answered or taken back in the meantime.",
}
LONGEST_SHARE = timedelta(days=366)


def may_begin(viewer: Person, client: Client, standing: Standing) -> Decision:
    """Say whether somebody may offer a client the first agreement."""
    mine = is_therapist_of(viewer, client)
    if not mine:
        return mine
    if standing.accepted:
        return no("There is an agreement already. Propose a change to it.")
    if standing.proposed:
        return no("An offer lies open. It has to be answered or taken back first.")
    return _in_running(standing.care)


def may_offer(clauses: Iterable[Clause]) -> Decision:
    """Say whether clauses are complete enough to be offered."""
    blanks = [f"{label} (“{one.title}”)" for one in clauses for label in one.blanks]
    if blanks:
        return no(f"Still to be filled in: {'; '.join(blanks)}.")
    return YES


def may_propose(viewer: Person, client: Client, standing: Standing) -> Decision:
    """Say whether somebody may propose a change to an agreement."""
    of_two = is_of_the_two(viewer, client)
    if not of_two:
        return of_two
    if standing.base is None:
        return no("There is no agreement yet. The therapist begins it.")
    if standing.proposed and standing.proposed.proposed_by_id == viewer.pk:
        return no("You have a proposal open. Take it back before you send another.")
    return _in_running(standing.care)


def may_answer(viewer: Person, version: Version) -> Decision:
    """Say whether somebody may accept or decline a proposal."""
    of_two = is_of_the_two(viewer, version.client)
    if not of_two:
        return of_two
    if version.status != Status.PROPOSED:
        return no(CLOSED[Status(version.status)])
    if version.proposed_by_id == viewer.pk:
        return no("This is your own proposal. The other one of you answers it.")
    return _in_running(version.care)


def may_take_back(viewer: Person, version: Version) -> Decision:
    """Say whether somebody may take a proposal back."""
    if version.status != Status.PROPOSED:
        return no(CLOSED[Status(version.status)])
    if version.proposed_by_id == viewer.pk:
        return YES
    return no("Only who made a proposal takes it back.")


def may_review(viewer: Person, version: Version) -> Decision:
    """Say whether somebody may note that an agreement was looked at, and stays."""
    of_two = is_of_the_two(viewer, version.client)
    if not of_two:
        return of_two
    if version.status != Status.ACCEPTED:
        return no("Only an agreement that both have accepted can be reviewed.")
    return _in_running(version.care)


def may_ask(viewer: Person, version: Version) -> Decision:
    """Say whether somebody may ask about a clause of a version."""
    of_two = is_of_the_two(viewer, version.client)
    if not of_two:
        return of_two
    if version.status in (Status.REPLACED, Status.DECLINED):
        return no(CLOSED[Status(version.status)])
    return _in_running(version.care)


def may_reply(viewer: Person, question: Question) -> Decision:
    """Say whether somebody may answer a question."""
    of_two = is_of_the_two(viewer, question.client)
    if not of_two:
        return of_two
    if question.asked_by_id == viewer.pk:
        return no("You asked this yourself. The other one of you answers it.")
    return YES


def may_consent(viewer: Person, client: Client, kind: str, version: Version | None) -> Decision:
    """Say whether somebody may answer a question of consent."""
    own = is_client(viewer, client)
    if not own:
        return own
    if version is None:
        return no("There is no agreement yet that asks for this.")
    if kind not in version.since:
        return no("Your agreement doesn’t ask for this.")
    return YES


def may_rewrite(viewer: Person) -> Decision:
    """Say whether somebody may change the practice's clauses."""
    return runs_the_practice(viewer)


def may_leave_out(clause: Clause) -> Decision:
    """Say whether a practice may do without a clause."""
    if clause.may_be_left_out:
        return YES
    return no("Every agreement needs this clause. You can change its words.")


def may_offer_share(viewer: Person, client: Client) -> Decision:
    """Say whether somebody may offer a supervisor parts of a record."""
    mine = is_therapist_of(viewer, client)
    return agreed(client, Term.SUPERVISION) if mine else mine


def fits_a_share(
    supervisor: Person, parts: Iterable[str], purpose: str, ends_at: datetime
) -> Decision:
    """Say whether a share is one that can be agreed to."""
    told = list(parts)
    open_to_shares = {part.value for part in OPENS[Way.SHARE]}
    supervises = is_supervisor_here(supervisor)
    if not supervises:
        return supervises
    if not told or not set(told) <= open_to_shares:
        return no("Choose at least one part, out of those that can be shared.")
    if not purpose.strip():
        return no("Say what it is for. The client reads it before they decide.")
    return ends_within_a_year(ends_at)


def is_supervisor_here(person: Person) -> Decision:
    """Say whether somebody can be offered what clients agree to share."""
    if person.role == Role.SUPERVISOR and person.is_active:
        return YES
    return no(f"{person.name} isn’t a supervisor of this practice.")


def ends_within_a_year(ends_at: datetime) -> Decision:
    """Say whether a share may last until a time."""
    if timezone.now() < ends_at <= timezone.now() + LONGEST_SHARE:
        return YES
    return no("Choose today or a later day, within a year.")


def may_answer_offer(
    viewer: Person, client: Client, withdrawn_at: datetime | None, agreed_at: datetime | None
) -> Decision:
    """Say whether somebody may agree to an offer to share that still waits for them.

    Parameters
    ----------
    viewer
        Only the client may.
    client
        Who is asked.
    withdrawn_at, agreed_at
        When it was taken back, and when it was agreed to, if it was.
    """
    own = is_client(viewer, client)
    if not own:
        return own
    if withdrawn_at:
        return no("This offer was taken back in the meantime.")
    if agreed_at:
        return no("You have agreed to this already.")
    return YES


def may_agree_to_share(viewer: Person, share: Share) -> Decision:
    """Say whether somebody may agree to a share."""
    waits = may_answer_offer(viewer, share.client, share.withdrawn_at, share.client_agreed_at)
    if not waits:
        return waits
    if share.ends_at <= timezone.now():
        return no("The time that this was meant for is over.")
    return agreed(share.client, Term.SUPERVISION)


def may_withdraw_share(viewer: Person, share: Share) -> Decision:
    """Say whether somebody may close a share."""
    if is_client(viewer, share.client) or share.therapist_id == viewer.pk:
        return YES
    return no("Only the client and the therapist who offered it can close it.")


def shareable() -> tuple[Part, ...]:
    """Return the parts of a record that can be shared, in the order of a record."""
    return tuple(part for part in Part if part in OPENS[Way.SHARE])


def _in_running(care: CareRelationship) -> Decision:
    if care.ends_at is None or care.ends_at > timezone.now():
        return YES
    return no("This belongs to a care relationship that has ended.")
