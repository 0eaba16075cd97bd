"""Clauses as they ship (``library/``), as this practice writes them, and with a change."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any, cast

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.clause import HOLE, Clause
from holdfast_web.agreements.models import OwnTerms, Template
from holdfast_web.agreements.values import Kind, Value, checked, kind_of
from holdfast_web.care.context import the_practice
from holdfast_web.lib.refusals import Refused

LANGUAGE = "en"
LONGEST_WORDS = 6000


@cache
def shipped(language: str = LANGUAGE) -> tuple[Clause, ...]:
    """Return the clauses that ship, with blanks where only a practice knows."""
    path = files("holdfast_web.agreements") / "library" / f"{language}.toml"
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(_from_file(one) for one in told["clause"])


def practice_clauses(language: str = LANGUAGE) -> tuple[Clause, ...]:
    """Return all clauses as this practice writes them, those not in use too."""
    rows = {row.clause: row for row in Template.objects.filter(language=language)}
    return tuple(_rewritten(one, rows.get(one.key)) for one in shipped(language))


def clauses_for(therapist: Person, language: str = LANGUAGE) -> tuple[Clause, ...]:
    """Return the clauses that a therapist begins an agreement with: names written in."""
    row = OwnTerms.objects.filter(person=therapist).first()
    own = row.terms if row else {}
    return tuple(
        replace(one, terms={**one.terms, **_known(own.get(one.key, {}), one.own_terms)})
        for one in with_names(practice_clauses(language), therapist=therapist.name)
        if one.in_use
    )


def with_names(clauses: Iterable[Clause], *, therapist: str = "") -> tuple[Clause, ...]:
    """Return clauses with the names of the practice written in, as far as they are known."""
    practice = the_practice()
    names = {
        "practice": practice.name if practice else "",
        "phone": practice.phone if practice else "",
        "email": practice.email if practice else "",
        "therapist": therapist,
    }
    return tuple(
        replace(one, words=HOLE.sub(lambda hole: names.get(hole[1]) or hole[0], one.words))
        for one in clauses
    )


def kind_in(clause: Clause, name: str) -> Kind:
    """Return what a term of a clause holds, as it ships."""
    known = next((one for one in shipped() if one.key == clause.key), clause)
    return kind_of(name, known.terms.get(name, clause.terms[name]))


def with_changes(clause: Clause, change: Mapping[str, Any]) -> Clause:
    """Return a clause with other words, own words or terms.

    Raises
    ------
    Refused
        If a term doesn't fit, or words are missing or too long.
    """
    words = str(change.get("words", clause.words)).strip()
    own_words = str(change.get("own_words", clause.own_words)).strip()
    if not words:
        raise Refused(f"“{clause.title}” needs some words.")
    if len(words) > LONGEST_WORDS or len(own_words) > LONGEST_WORDS:
        raise Refused(f"“{clause.title}” is longer than {LONGEST_WORDS} characters.")
    terms = {**clause.terms, **checked_terms(clause, change.get("terms") or {})}
    if str(terms.get("hours_from", "")) > str(terms.get("hours_until", "~")):
        raise Refused("Messages are read from an earlier time until a later one.")
    return replace(clause, words=words, own_words=own_words, terms=terms)


def checked_terms(clause: Clause, told: Mapping[str, object]) -> dict[str, Value]:
    """Return terms that fit a clause.

    Raises
    ------
    Refused
        If one doesn't, or the clause has no such term.
    """
    unknown = sorted(set(told) - set(clause.terms))
    if unknown:
        raise Refused(f"“{clause.title}” has no term {unknown[0]}.")
    return {
        name: checked(name, clause.label(name), kind_in(clause, name), value)
        for name, value in told.items()
    }


def _from_file(told: Mapping[str, Any]) -> Clause:
    own = tuple(told.get("own_terms", ()))
    known = {name: value for name, value in told.items() if name != "own_terms"}
    return replace(Clause(**known), words=told["words"].strip(), own_terms=own)


def _rewritten(clause: Clause, row: Template | None) -> Clause:
    if row is None:
        return clause
    return replace(
        clause,
        title=row.title,
        words=row.words,
        terms={**clause.terms, **_known(row.terms, clause.terms)},
        in_use=row.in_use or not clause.may_be_left_out,
        edition=row.edition,
    )


def _known(told: Mapping[str, Any], names: Iterable[str]) -> dict[str, Value]:
    return {name: cast("Value", told[name]) for name in names if name in told}
