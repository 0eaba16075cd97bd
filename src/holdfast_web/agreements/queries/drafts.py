"""Drafts: what a clause is to read, and the whole before it is sent; for their writer alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.changes import changed_clauses
from holdfast_web.agreements.clause import Clause, clauses_of
from holdfast_web.agreements.clauses import clauses_for
from holdfast_web.agreements.differences import difference
from holdfast_web.agreements.models import Draft
from holdfast_web.agreements.queries.agreement import other_of
from holdfast_web.agreements.queries.shapes import (
    ChangeView,
    ClauseView,
    GroupView,
    compared,
    grouped,
)
from holdfast_web.agreements.rules import may_begin, may_offer, may_propose
from holdfast_web.agreements.standing import Standing, running_care, standing_in
from holdfast_web.audit.witness import clinical_read, witness
from holdfast_web.care.models import Client
from holdfast_web.care.parts import Part
from holdfast_web.care.rules import is_therapist_of, require_record
from holdfast_web.lib.decision import Decision, no
from holdfast_web.lib.refusals import NotYours, Refused


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft beside what it would change.

    Attributes
    ----------
    other
        The name of the other one of the two.
    base
        The version it would change; ``None`` for a first offer.
    is_reply
        Whether it would answer an open proposal of the other one's.
    outdated
        Whether the agreement has moved on since the draft was last written.
    edition
        Of the draft; 0 where there is none.
    groups
        For a first offer: all clauses as they would be offered.
    """

    other: str
    base: UUID | None
    is_reply: bool
    outdated: bool
    edition: int
    changes: tuple[ChangeView, ...]
    groups: tuple[GroupView, ...]
    may_send: Decision


@dataclass(frozen=True, slots=True)
class ClauseDraft:
    """One clause while it is being changed.

    Attributes
    ----------
    before, after
        As it stands, and as the draft has it.
    is_new
        Whether the agreement doesn't have it yet.
    is_reply
        Whether it stands like this in an open proposal of the other one's.
    newer
        For the therapist: the difference to the practice's words, if these are others by now.
    newer_words
        Those words.
    """

    other: str
    before: Clause
    after: Clause
    edition: int
    is_new: bool
    is_reply: bool
    may_write: Decision
    newer: SafeString | None = None
    newer_words: str = ""


@clinical_read
def draft_of(client: Client, *, viewer: Person) -> DraftView:
    """Return the viewer's own draft; an empty one where they haven't begun."""
    standing, draft = _drafting(client, viewer)
    witness("agreement.draft_viewed", by=viewer, client_id=client.pk)
    base = standing.base
    library = clauses_for(standing.care.therapist)
    before = clauses_of(base.clauses) if base else library
    after = changed_clauses(before, _fitting(draft, before, library), library)
    changes = compared(before, after)
    return DraftView(
        other=other_of(viewer, client, standing.care),
        base=base.pk if base else None,
        is_reply=standing.proposed is not None,
        outdated=bool(draft and draft.changes and draft.base_id != (base.pk if base else None)),
        edition=draft.edition if draft else 0,
        changes=changes,
        groups=grouped(ClauseView(one) for one in after) if base is None else (),
        may_send=_may_send(viewer, client, standing, after, bool(changes)),
    )


@clinical_read
def clause_to_change(client: Client, key: str, *, viewer: Person) -> ClauseDraft:
    """Return a clause with what the viewer's draft makes of it.

    Raises
    ------
    NotYours
        If there is no such clause.
    """
    standing, draft = _drafting(client, viewer)
    witness("agreement.draft_viewed", by=viewer, client_id=client.pk)
    library = {one.key: one for one in clauses_for(standing.care.therapist)}
    base = standing.base
    known = {one.key: one for one in clauses_of(base.clauses)} if base else library
    before = known.get(key) or library.get(key)
    if before is None:
        raise NotYours
    change = _fitting(draft, (before,), ()).get(key, {})
    newer = _newer_words(viewer, client, before, library.get(key))
    return ClauseDraft(
        other=other_of(viewer, client, standing.care),
        before=before,
        after=changed_clauses((before,), {key: change}, ())[0],
        edition=draft.edition if draft else 0,
        is_new=key not in known,
        is_reply=standing.proposed is not None,
        may_write=_may_write(viewer, client, standing),
        newer=difference(before.words, newer) if newer else None,
        newer_words=newer,
    )


def _drafting(client: Client, viewer: Person) -> tuple[Standing, Draft | None]:
    require_record(viewer, client, Part.AGREEMENT)
    care = running_care(client)
    if care is None:
        raise Refused("Nobody works with this client now, so there is nothing to agree.")
    draft = Draft.objects.seen_by(viewer).filter(care=care, writer=viewer).first()
    return standing_in(care), draft


def _fitting(
    draft: Draft | None, before: tuple[Clause, ...], library: tuple[Clause, ...]
) -> Mapping[str, Any]:
    """Return a draft's changes as far as there still are such clauses."""
    known = {one.key for one in (*before, *library)}
    changes = draft.changes if draft else {}
    return {key: change for key, change in changes.items() if key in known}


def _may_write(viewer: Person, client: Client, standing: Standing) -> Decision:
    if standing.base is None:
        return may_begin(viewer, client, standing)
    return may_propose(viewer, client, standing)


def _may_send(
    viewer: Person,
    client: Client,
    standing: Standing,
    clauses: tuple[Clause, ...],
    changed: bool,
) -> Decision:
    allowed = _may_write(viewer, client, standing)
    if not allowed:
        return allowed
    if standing.base is not None and not changed:
        return no("Nothing would change yet.")
    return may_offer(clauses)


def _newer_words(viewer: Person, client: Client, before: Clause, now: Clause | None) -> str:
    if now is None or now.words == before.words or not is_therapist_of(viewer, client):
        return ""
    return now.words
