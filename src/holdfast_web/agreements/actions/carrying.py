"""What was agreed in earlier care, as a draft for the next: nothing of it holds yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.changes import change_between
from holdfast_web.agreements.clause import Clause, clauses_of
from holdfast_web.agreements.clauses import clauses_for
from holdfast_web.agreements.models import Draft
from holdfast_web.agreements.standing import standing_in
from holdfast_web.audit.witness import action, witness
from holdfast_web.care.models import CareRelationship


@action
def carry_over(*, by: Person, earlier: CareRelationship, care: CareRelationship) -> Draft | None:
    """Lay what was agreed before in front of the next therapist, to begin from.

    A new care needs a new agreement, and every consent is asked anew.

    Returns
    -------
    Draft or None
        The next therapist's draft; ``None`` where nothing was agreed that differs.
    """
    accepted = standing_in(earlier).accepted
    changes = _carried(clauses_of(accepted.clauses), earlier, care) if accepted else {}
    witness("agreement.carried_over", by=by, client_id=care.client_id, clauses=sorted(changes))
    if not changes:
        return None
    draft = Draft(client=care.client, care=care, writer=care.therapist, changes=changes)
    draft.save()
    return draft


@action
def drop_carried(*, by: Person, care: CareRelationship) -> None:
    """Throw the draft away again: the next care doesn't begin."""
    Draft.objects.for_the_practice("a draft of care that doesn’t begin").filter(care=care).delete()
    witness("agreement.draft_dropped", by=by, client_id=care.client_id)


def _carried(
    before: tuple[Clause, ...], earlier: CareRelationship, care: CareRelationship
) -> dict[str, dict[str, Any]]:
    library = {one.key: one for one in clauses_for(care.therapist)}
    named = earlier.therapist.name
    return {
        one.key: found
        for one in before
        if one.key in library and (found := _kept(change_between(library[one.key], one), named))
    }


def _kept(change: Mapping[str, Any], named: str) -> dict[str, Any]:
    """Return what the two had settled themselves, without the name of the therapist before."""
    terms = {
        name: value for name, value in change.get("terms", {}).items() if named not in str(value)
    }
    own = change.get("own_words", "")
    kept: dict[str, Any] = {"own_words": own} if own and named not in own else {}
    return {**kept, "terms": terms} if terms else kept
