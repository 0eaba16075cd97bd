"""What becomes of clauses when some of them change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from holdfast_web.agreements.clause import Clause, clauses_of
from holdfast_web.agreements.clauses import shipped, with_changes
from holdfast_web.agreements.models import Version
from holdfast_web.lib.refusals import Refused


def changed_clauses(
    clauses: Iterable[Clause],
    changes: Mapping[str, Mapping[str, Any]],
    library: Iterable[Clause],
) -> tuple[Clause, ...]:
    """Return clauses with changes made to them.

    Parameters
    ----------
    clauses
        As they stand.
    changes
        For each clause its new parts; for one that is new, possibly none.
    library
        Where a clause comes from that isn't among them yet.

    Raises
    ------
    Refused
        If there is no such clause, or a change doesn't fit it.
    """
    found = {one.key: one for one in clauses}
    new = {one.key: one for one in library if one.key not in found}
    for key, change in changes.items():
        before = found.get(key) or new.get(key)
        if before is None:
            raise Refused("One of these clauses is neither in the agreement nor in the practice’s.")
        found[key] = with_changes(before, change)
    order = {one.key: place for place, one in enumerate(shipped())}
    return tuple(sorted(found.values(), key=lambda one: order.get(one.key, len(order))))


def changes_of(before: Iterable[Clause], after: Iterable[Clause]) -> tuple[Clause, ...]:
    """Return the clauses that read otherwise than before, or are new."""
    known = {one.key: one for one in before}
    return tuple(one for one in after if one.key not in known or not one.same_as(known[one.key]))


def change_between(before: Clause, after: Clause) -> dict[str, Any]:
    """Return only those parts of a clause that change."""
    told: dict[str, Any] = {
        name: getattr(after, name)
        for name in ("words", "own_words")
        if getattr(after, name) != getattr(before, name)
    }
    terms = {name: value for name, value in after.terms.items() if before.terms.get(name) != value}
    return {**told, "terms": terms} if terms else told


def since(clauses: Iterable[Clause], number: int, earlier: Version | None) -> dict[str, int]:
    """Return for each clause the number of the version with which it came to read as it does."""
    known = {one.key: one for one in clauses_of(earlier.clauses)} if earlier else {}
    stood = earlier.since if earlier else {}
    return {
        one.key: stood.get(one.key, number)
        if one.key in known and one.same_as(known[one.key])
        else number
        for one in clauses
    }
