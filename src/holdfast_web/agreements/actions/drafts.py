"""Drafts: what one of the two would like to change, kept until it is sent or thrown away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.actions.holding import hold
from holdfast_web.agreements.actions.versions import begin_agreement, propose
from holdfast_web.agreements.changes import change_between, changed_clauses
from holdfast_web.agreements.clause import Clause, clauses_of
from holdfast_web.agreements.clauses import clauses_for
from holdfast_web.agreements.models import Draft, OwnTerms, Version
from holdfast_web.agreements.rules import may_begin, may_propose
from holdfast_web.agreements.standing import Standing
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.models import Client
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours, Stale


@action
def save_change(
    *, by: Person, client: Client, clause: str, change: Mapping[str, Any], edition: int
) -> Draft:
    """Keep how a clause is to read, in the writer's own draft.

    Parameters
    ----------
    clause
        Its key.
    change
        Its "words", "own_words" and "terms", as far as they are to be others.
    edition
        Of the draft that was in front of the writer; 0 where there was none.

    Raises
    ------
    Stale
        If the draft was changed elsewhere in the meantime.
    """
    standing = hold(by, client)
    require(_may_write(by, client, standing))
    library = clauses_for(standing.care.therapist)
    base = clauses_of(standing.base.clauses) if standing.base else library
    after = {one.key: one for one in changed_clauses(base, {clause: change}, library)}[clause]
    before = next((one for one in base if one.key == clause), None)
    draft = _draft(by, standing, edition)
    kept = change_between(before, after) if before else change_between(_of(library, clause), after)
    changes = {key: value for key, value in draft.changes.items() if key != clause}
    draft.changes = {**changes, clause: kept} if kept or before is None else changes
    draft.base = standing.base
    draft.save()
    _remember_own_terms(by, standing, after)
    witness("agreement.drafted", by=by, client_id=client.pk, subject=draft, clause=clause)
    return draft


@action
def leave_as_it_was(*, by: Person, client: Client, clause: str, edition: int) -> Draft:
    """Take a clause out of the draft again."""
    standing = hold(by, client)
    draft = _draft(by, standing, edition)
    draft.changes = {key: value for key, value in draft.changes.items() if key != clause}
    draft.save()
    witness("agreement.drafted", by=by, client_id=client.pk, subject=draft, clause=clause)
    return draft


@action
def drop_draft(*, by: Person, client: Client) -> None:
    """Throw the writer's draft away."""
    standing = hold(by, client)
    Draft.objects.seen_by(by).filter(care=standing.care, writer=by).delete()
    witness("agreement.draft_dropped", by=by, client_id=client.pk)


@action
def send_draft(
    *, by: Person, client: Client, note: str, seen: Version | None, edition: int
) -> Version:
    """Send the draft: as the first offer, or as a proposal.

    Parameters
    ----------
    seen
        The version that the draft was shown beside; ``None`` for a first offer.
    edition
        Of the draft that was in front of the writer; 0 where there was none.

    Raises
    ------
    Stale
        If the draft or the agreement has moved on.
    """
    standing = hold(by, client)
    draft = _draft(by, standing, edition)
    if seen is None and standing.base is None:
        return begin_agreement(by=by, care=standing.care, changes=draft.changes, note=note)
    if seen is None:
        raise Stale("An agreement was offered in the meantime. Your draft is kept.")
    version = propose(by=by, client=client, changes=draft.changes, note=note, based_on=seen)
    Draft.objects.seen_by(by).filter(pk=draft.pk).delete()
    return version


def _draft(by: Person, standing: Standing, edition: int) -> Draft:
    """Return the writer's draft, unless another edition than theirs is there."""
    mine = Draft.objects.seen_by(by).filter(care=standing.care, writer=by)
    found: Draft | None = mine.select_for_update().first()
    if (found.edition if found else 0) != edition:
        raise Stale("This draft was changed in another window. What you wrote is still here.")
    if found is None:
        return Draft(
            client=standing.care.client, care=standing.care, writer=by, changes={}, edition=1
        )
    found.edition += 1
    return found


def _may_write(by: Person, client: Client, standing: Standing) -> Any:
    if standing.base is None:
        return may_begin(by, client, standing)
    return may_propose(by, client, standing)


def _of(library: tuple[Clause, ...], key: str) -> Clause:
    for one in library:
        if one.key == key:
            return one
    raise NotYours


def _remember_own_terms(by: Person, standing: Standing, clause: Clause) -> None:
    """Keep what a therapist fills in about themselves for their next agreements."""
    own = {name: clause.terms[name] for name in clause.own_terms}
    if not own or by.pk != standing.care.therapist_id:
        return
    row, _ = OwnTerms.objects.select_for_update().get_or_create(person=by)
    row.terms = {**row.terms, clause.key: own}
    row.save()
