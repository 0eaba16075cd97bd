"""The practice's clauses for its owner: what is changed, left out, or still to be filled in."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.clause import NAMES, Clause
from holdfast_web.agreements.clauses import practice_clauses, shipped, with_names
from holdfast_web.agreements.rules import may_leave_out, may_rewrite
from holdfast_web.audit.witness import not_clinical
from holdfast_web.lib.decision import Decision, require
from holdfast_web.lib.refusals import NotYours


@dataclass(frozen=True, slots=True)
class PracticeClause:
    """A clause as the owner sees it.

    Attributes
    ----------
    clause
        With a term as ``{its_name}``.
    read
        With the practice's names written in.
    blanks
        What the practice still has to fill in; what each therapist fills in isn't among it.
    changed
        Whether it reads otherwise than it ships.
    """

    clause: Clause
    read: Clause
    blanks: tuple[str, ...]
    changed: bool
    may_leave_out: Decision


@dataclass(frozen=True, slots=True)
class PracticeGroup:
    """Clauses under a heading."""

    title: str
    clauses: tuple[PracticeClause, ...]


@not_clinical("the practice's own texts, which are about nobody")
def clauses_of_practice(*, viewer: Person) -> tuple[PracticeGroup, ...]:
    """Return the practice's clauses, those that are left out too."""
    require(may_rewrite(viewer))
    found = _all()
    return tuple(
        PracticeGroup(title, tuple(several))
        for title, several in groupby(found, key=lambda one: one.clause.group)
    )


@not_clinical("as above")
def practice_clause(key: str, *, viewer: Person) -> PracticeClause:
    """Return one clause of the practice.

    Raises
    ------
    NotYours
        If there is none of that key.
    """
    require(may_rewrite(viewer))
    for one in _all():
        if one.clause.key == key:
            return one
    raise NotYours


def _all() -> tuple[PracticeClause, ...]:
    clauses = practice_clauses()
    ships = {one.key: one for one in shipped()}
    return tuple(
        PracticeClause(
            clause=one,
            read=read,
            blanks=_blanks(read) if one.in_use else (),
            changed=not one.same_as(ships[one.key]) or not one.in_use,
            may_leave_out=may_leave_out(one),
        )
        for one, read in zip(clauses, with_names(clauses), strict=True)
    )


def _blanks(clause: Clause) -> tuple[str, ...]:
    own = {clause.label(name) for name in clause.own_terms}
    return tuple(one for one in clause.blanks if one not in own and one != NAMES["therapist"])
