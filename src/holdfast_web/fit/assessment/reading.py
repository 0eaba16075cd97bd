"""Reads the rules, and says plainly what is wrong with them."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from holdfast_web.fit.assessment.conditions import (
    Condition,
    Open,
    Problem,
    Score,
    Several,
    Told,
)
from holdfast_web.fit.assessment.definition import Rule, Rules, Source
from holdfast_web.fit.assessment.outcome import Outcome
from holdfast_web.fit.assessment.taking import Taking, WrongData

CHECKED = ("yes", "second hand", "no", "choice")
STATES = ("fact", "usual", "choice")
_LEAVES = ("score", "told", "not_told", "open", "problem", "main")


@cache
def shipped_sources() -> Mapping[str, Source]:
    """Return the sources that ship, by their keys."""
    text = files(__package__).joinpath("sources.toml").read_text(encoding="utf-8")
    return sources_in(parsed(text, "sources")["sources"])


@cache
def shipped_rules() -> Rules:
    """Return the rules that ship."""
    text = files(__package__).joinpath("rules.toml").read_text(encoding="utf-8")
    return rules_in(text, shipped_sources())


def parsed(text: str, place: str) -> dict[str, Any]:
    """Return a TOML text as data.

    Raises
    ------
    WrongData
        If it is none.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WrongData(f"{place}: {error}") from None


def rules_in(text: str, sources: Mapping[str, Source]) -> Rules:
    """Return the rules that a TOML text holds.

    Parameters
    ----------
    text
        As ``rules.toml`` has it.
    sources
        What its rules may name.

    Raises
    ------
    WrongData
        With the place and what to do, if the text is no set of rules.
    """
    whole = Taking(parsed(text, "rules"), "rules")
    edition = whole.text("version")
    rules = tuple(_rule(one, sources) for one in whole.tables("rule"))
    whole.done()
    _check_keys(rules)
    digest = hashlib.sha256(f"{text}{sorted(sources.items())}".encode()).hexdigest()[:8]
    return Rules(version=f"{edition}-{digest}", rules=rules)


def sources_in(table: Mapping[str, Any]) -> dict[str, Source]:
    """Return sources by their keys.

    Raises
    ------
    WrongData
        If one has no citation, or doesn't say how far it was checked.
    """
    found = {}
    for key, told in table.items():
        taking = Taking(told, f"source {key}")
        found[key] = Source(
            key=key,
            cite=taking.text("cite"),
            url=taking.text("url", ""),
            checked=taking.one_of("checked", CHECKED),
        )
        taking.done()
    return found


def named_sources(keys: list[str], known: Mapping[str, Source], place: str) -> tuple[Source, ...]:
    """Return the sources that a rule or a claim names.

    Raises
    ------
    WrongData
        If it names none, or one that isn't there.
    """
    if not keys:
        raise WrongData(f"{place}: has no source. Every claim needs one.")
    missing = [key for key in keys if key not in known]
    if missing:
        raise WrongData(f"{place}: no source is called {missing[0]}. Known: {', '.join(known)}.")
    return tuple(known[key] for key in keys)


def require_stated(states: str, words: str, sources: tuple[Source, ...], place: str) -> None:
    """Refuse a fact whose sources nobody has compared it with, and a custom not told as one.

    Raises
    ------
    WrongData
        If it is stated as a fact and a source of it is not checked, or as common practice without
        saying so.
    """
    unchecked = [one.key for one in sources if one.checked != "yes"]
    if states == "fact" and unchecked:
        raise WrongData(f"{place}: is stated as a fact, but {unchecked[0]} was not checked.")
    if states == "usual" and "usual" not in words:
        raise WrongData(f'{place}: is common practice; let its words say "usually".')


def _rule(told: Mapping[str, Any], sources: Mapping[str, Source]) -> Rule:
    place = f"rule {told.get('key', 'without a key')}"
    taking = Taking(told, place)
    rule = Rule(
        key=taking.text("key"),
        title=taking.text("title"),
        when=condition_of(taking.table("when"), place),
        outcome=Outcome(taking.one_of("outcome", tuple(Outcome))),
        found=taking.text("found", ""),
        words=taking.text("words"),
        states=taking.one_of("states", STATES),
        think=taking.text("think"),
        sources=named_sources(taking.texts("sources"), sources, place),
        stops=taking.truth("stops"),
        at_once=taking.truth("at_once"),
        shown=taking.truth("shown", otherwise=True),
        fallback=taking.truth("fallback"),
        asks_what_is_open=taking.truth("asks_what_is_open"),
        lines=_lines(taking.texts("lines"), sources, place),
    )
    taking.done()
    require_stated(rule.states, rule.words, rule.sources, place)
    return rule


def _lines(keys: list[str], sources: Mapping[str, Source], place: str) -> tuple[Source, ...]:
    return named_sources(keys, sources, place) if keys else ()


def condition_of(told: Mapping[str, Any], place: str) -> Condition:
    """Return a condition as code.

    Examples
    --------
    >>> condition_of({"score": "phq-9", "at_least": 16}, "here").words()
    '`phq-9` at least 16'

    Raises
    ------
    WrongData
        If it is none of those that there are.
    """
    taking = Taking(told, f"{place}, when")
    for kind in ("any", "all", "none"):
        if kind in told:
            parts = tuple(condition_of(one, place) for one in taking.tables(kind))
            taking.done()
            return Several(parts, kind)
    leaf = next((one for one in _LEAVES if one in told), None)
    if leaf is None:
        raise WrongData(f"{place}, when: write any, all, none, {', '.join(_LEAVES)}.")
    condition = _leaf(leaf, taking)
    taking.done()
    return condition


def _leaf(kind: str, taking: Taking) -> Condition:
    name = taking.text(kind)
    if kind == "score":
        return Score(name, at_least=taking.number("at_least"), below=taking.number("below"))
    if kind in ("told", "not_told"):
        return Told(name, answer=kind == "told")
    return Open(name) if kind == "open" else Problem(name, main=kind == "main")


def _check_keys(rules: tuple[Rule, ...]) -> None:
    keys = [one.key for one in rules]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice:
        raise WrongData(f"rule {twice}: is there twice.")
