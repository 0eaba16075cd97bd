"""Versions: offered, proposed, accepted, declined, taken back, reviewed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.actions.holding import hold, hold_version
from holdfast_web.agreements.actions.sharing import close_shares_without_consent
from holdfast_web.agreements.changes import changed_clauses, changes_of, since
from holdfast_web.agreements.clause import Clause, clauses_of
from holdfast_web.agreements.clauses import clauses_for
from holdfast_web.agreements.models import Draft, Status, Version
from holdfast_web.agreements.rules import (
    CLOSED,
    may_answer,
    may_begin,
    may_offer,
    may_propose,
    may_review,
    may_take_back,
)
from holdfast_web.agreements.standing import Standing
from holdfast_web.agreements.terms import Term, agreed, terms_in
from holdfast_web.agreements.withdrawn import tell_accepted, tell_withdrawn
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.models import CareRelationship, Client
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import Refused, Stale

Changes = Mapping[str, Mapping[str, Any]]
LONGEST_NOTE = 2000


@action
def begin_agreement(
    *,
    by: Person,
    care: CareRelationship,
    changes: Changes | None = None,
    note: str | None = None,
) -> Version:
    """Offer a client the first agreement; whoever offers it has accepted it.

    Parameters
    ----------
    by
        The therapist of ``care``.
    care
        The running care relationship.
    changes
        What reads otherwise than the practice's clauses, as in ``propose``.
    note
        A word to the client.

    Raises
    ------
    Refused
        If something is still to be filled in, among others.
    Stale
        If an offer lies open.
    """
    standing = hold(by, care.client)
    if standing.proposed:
        raise Stale("An offer was made in the meantime. Yours is kept as a draft.")
    require(may_begin(by, care.client, standing))
    library = clauses_for(by)
    clauses = changed_clauses(library, changes or {}, library)
    require(may_offer(clauses))
    version = _new_version(by, standing, clauses, note)
    witness(
        "agreement.offered",
        by=by,
        client_id=care.client_id,
        subject=version,
        number=version.number,
    )
    return version


@action
def propose(
    *,
    by: Person,
    client: Client,
    changes: Changes,
    note: str | None = None,
    based_on: Version | None = None,
) -> Version:
    """Propose a change to one or more clauses; whoever proposes it has accepted it.

    Parameters
    ----------
    by
        The client or their therapist.
    client
        Whose agreement.
    changes
        ``{clause: {"words", "own_words", "terms"}}``, each of the three only if it changes.
    note
        A word to the other one.
    based_on
        The version that was in front of ``by``. With the other one's open proposal this answers
        it, and takes its place.

    Raises
    ------
    Stale
        If that isn't how things stand any more.
    """
    standing = hold(by, client)
    _refuse_outdated(by, standing, based_on)
    require(may_propose(by, client, standing))
    base = standing.base
    assert base is not None  # noqa: S101 - the rule has looked
    before = clauses_of(base.clauses)
    clauses = changed_clauses(before, changes, clauses_for(standing.care.therapist))
    if not changes_of(before, clauses):
        raise Refused("Nothing would change. Write what you would like to be different.")
    require(may_offer(clauses))
    if standing.proposed:
        _close(standing.proposed, by, None)
        witness("agreement.declined", by=by, client_id=client.pk, subject=standing.proposed)
    version = _new_version(by, standing, clauses, note, base)
    _drop_first_drafts(standing.care)
    witness(
        "agreement.proposed",
        by=by,
        client_id=client.pk,
        subject=version,
        number=version.number,
        clauses=sorted(one.key for one in changes_of(before, clauses)),
    )
    return version


@action
def accept(*, by: Person, version: Version) -> Version:
    """Accept what the other one proposed: it holds from now on, and its review is dated.

    Consents are never given by it.

    Raises
    ------
    Stale
        If it was answered or taken back in the meantime.
    """
    version = _open(by, version)
    require(may_answer(by, version))
    now = timezone.now()
    earlier = Version.objects.seen_by(by).filter(care=version.care, status=Status.ACCEPTED)
    for one in earlier:
        one.status, one.closed_at = Status.REPLACED, now
        one.save(update_fields=("status", "closed_at"))
    version.status = Status.ACCEPTED
    version.client_accepted_at = version.client_accepted_at or now
    version.therapist_accepted_at = version.therapist_accepted_at or now
    version.review_on = next_review(version)
    version.save(
        update_fields=("status", "client_accepted_at", "therapist_accepted_at", "review_on")
    )
    _drop_first_drafts(version.care)
    witness(
        "agreement.accepted",
        by=by,
        client_id=version.client_id,
        subject=version,
        number=version.number,
    )
    close_shares_without_consent(by=by, client=version.client)
    if not agreed(version.client, Term.SUPERVISION):
        tell_withdrawn(by=by, client=version.client, kind=Term.SUPERVISION)
    tell_accepted(client=version.client)
    return version


@action
def decline(*, by: Person, version: Version, words: str = "") -> Version:
    """Decline what the other one proposed, with a word to them.

    Raises
    ------
    Stale
        If it was answered or taken back in the meantime.
    """
    version = _open(by, version)
    require(may_answer(by, version))
    _close(version, by, words)
    witness("agreement.declined", by=by, client_id=version.client_id, subject=version)
    return version


@action
def take_back(*, by: Person, version: Version) -> Version:
    """Take one's own proposal back.

    Raises
    ------
    Stale
        If it was answered in the meantime.
    """
    version = _open(by, version)
    require(may_take_back(by, version))
    _close(version, by, None)
    witness("agreement.taken_back", by=by, client_id=version.client_id, subject=version)
    return version


@action
def mark_reviewed(*, by: Person, version: Version) -> Version:
    """Note that both looked at the agreement and it stays; the next review is dated.

    Raises
    ------
    Stale
        If another version holds by now.
    """
    version = hold_version(by, version.pk)
    if version.status == Status.REPLACED:
        raise Stale(CLOSED[Status.REPLACED])
    require(may_review(by, version))
    version.reviewed_at, version.review_on = timezone.now(), next_review(version)
    version.save(update_fields=("reviewed_at", "review_on"))
    witness("agreement.reviewed", by=by, client_id=version.client_id, subject=version)
    return version


def next_review(version: Version) -> date | None:
    """Return the day of a version's next review, counted from today."""
    weeks = terms_in(version).review_every_weeks
    return timezone.localdate() + timedelta(weeks=weeks) if weeks else None


def _open(by: Person, version: Version) -> Version:
    found = hold_version(by, version.pk)
    if found.status != Status.PROPOSED:
        raise Stale(CLOSED[Status(found.status)])
    return found


def _refuse_outdated(by: Person, standing: Standing, based_on: Version | None) -> None:
    proposed = standing.proposed
    if proposed and proposed.proposed_by_id == by.pk:
        return
    if based_on is None and proposed:
        raise Stale("A proposal was sent to you in the meantime. Please answer it first.")
    if based_on is not None and based_on != standing.base:
        raise Stale(
            "The agreement has moved on since you began. Your proposal is kept; "
            "here it stands beside the words of now."
        )


def _new_version(
    by: Person,
    standing: Standing,
    clauses: tuple[Clause, ...],
    note: str | None,
    base: Version | None = None,
) -> Version:
    care = standing.care
    rows = Version.objects.seen_by(by).filter(care=care).order_by("-number")
    last = rows.first()
    number, now = (last.number if last else 0) + 1, timezone.now()
    mine = by.pk == care.therapist_id
    version = Version(
        client=care.client,
        care=care,
        number=number,
        clauses=[one.kept() for one in clauses],
        since=since(clauses, number, standing.accepted or last),
        note=_short(note),
        base=base,
        proposed_by=by,
        proposed_at=now,
        therapist_accepted_at=now if mine else None,
        client_accepted_at=None if mine else now,
    )
    version.save()
    return version


def _close(version: Version, by: Person, words: str | None) -> None:
    version.status, version.closed_at, version.closed_by = Status.DECLINED, timezone.now(), by
    version.closing_words = _short(words)
    version.save(update_fields=("status", "closed_at", "closed_by", "closing_words"))


def _short(words: str | None) -> str | None:
    told = (words or "").strip()
    if len(told) > LONGEST_NOTE:
        raise Refused(f"A word to the other one has at most {LONGEST_NOTE} characters.")
    return told or None


def _drop_first_drafts(care: CareRelationship) -> None:
    """Drop the therapist's draft of the first offer, which is kept until that is answered."""
    rows = Draft.objects.for_the_practice("an answered offer needs no draft")
    rows.filter(care=care, base=None).delete()
