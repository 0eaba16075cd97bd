"""The practice's own clauses: written anew, or put back to the words that ship."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.clause import Clause
from holdfast_web.agreements.clauses import LANGUAGE, practice_clauses, with_changes
from holdfast_web.agreements.models import Template
from holdfast_web.agreements.rules import may_leave_out, may_rewrite
from holdfast_web.audit.witness import action, witness
from holdfast_web.lib.decision import require
from holdfast_web.lib.refusals import NotYours, Refused, Stale

LONGEST_TITLE = 120
CHANGED = "Somebody else changed this clause in the meantime. What you wrote is still here."


@action
def rewrite_clause(
    *,
    by: Person,
    clause: str,
    title: str,
    words: str,
    terms: Mapping[str, Any],
    in_use: bool,
    edition: int,
) -> Template:
    """Write a clause of the practice anew; it touches only agreements offered from now on.

    Parameters
    ----------
    by
        The owner.
    clause
        Its key.
    title, words, terms, in_use
        As they are to be; a term stands in the words as ``{its_name}``.
    edition
        That was in front of the owner; 0 for the words that ship.

    Raises
    ------
    Stale
        If another edition is there by now.
    """
    require(may_rewrite(by))
    before = clause_named(clause)
    if not in_use:
        require(may_leave_out(before))
    if not title.strip() or len(title) > LONGEST_TITLE:
        raise Refused(f"A clause needs a title of at most {LONGEST_TITLE} characters.")
    after = with_changes(before, {"words": words, "terms": terms})
    row = _held(clause, edition)
    row.title, row.words, row.in_use = title.strip(), after.words, in_use
    row.terms = dict(after.terms)
    _save(row)
    witness("practice_clause.changed", by=by, subject=row, clause=clause, in_use=in_use)
    return row


@action
def ship_clause_again(*, by: Person, clause: str, edition: int) -> None:
    """Put a clause back to the words that ship."""
    require(may_rewrite(by))
    clause_named(clause)
    row = _held(clause, edition)
    witness("practice_clause.put_back", by=by, subject=row, clause=clause)
    if not row._state.adding:
        row.delete()


def clause_named(key: str) -> Clause:
    """Return a clause of the practice.

    Raises
    ------
    NotYours
        If there is none of that key.
    """
    for one in practice_clauses():
        if one.key == key:
            return one
    raise NotYours


def _held(clause: str, edition: int) -> Template:
    rows = Template.objects.select_for_update().filter(language=LANGUAGE, clause=clause)
    row = rows.first()
    if (row.edition if row else 0) != edition:
        raise Stale(CHANGED)
    if row is None:
        return Template(language=LANGUAGE, clause=clause, edition=1)
    row.edition += 1
    return row


def _save(row: Template) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Stale(CHANGED) from None
