"""How well a code is heard, and how far people agree on it, in words beside its examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from holdfast.codebooks import CodeDefinition
from holdfast.codebooks.labels import parts_of
from holdfast.coding.rules import RuleAccuracy, rule_accuracy
from holdfast.runtime.card import Card
from holdfast.runtime.page import TITLES
from holdfast.runtime.sections import figure

UNMEASURED = "This has not been measured yet."


@dataclass(frozen=True, slots=True)
class HowWell:
    """What is known of a code.

    Attributes
    ----------
    whole
        Sentences about the code as a whole.
    values
        By value, sentences about it alone.
    """

    whole: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]


def how_well(code: CodeDefinition, card: Card) -> HowWell:
    """Return what a model's card and the rules' reading say of a code.

    Examples
    --------
    >>> from holdfast.codebooks import load_codebook
    >>> feedback = load_codebook().code("asking_for_feedback")
    >>> known = how_well(feedback, Card("made-up", "1", {}, {}, {}))
    >>> known.whole
    ('What the rules miss is not known.',)
    """
    whole: list[str] = []
    values: dict[str, list[str]] = {value.name: [] for value in code.values}
    found = [*_of_card(code, card), *_of_layer(code, card), *_of_rules(code)]
    for value, sentence in found:
        values.get(value, whole).append(sentence)
    if not found:
        whole.append(UNMEASURED)
    return HowWell(tuple(whole), {name: tuple(said) for name, said in values.items()})


def _of_card(code: CodeDefinition, card: Card) -> Iterator[tuple[str, str]]:
    people = card.facts.get("people", {}).get("macro_f1", {})
    for name in (code.name, f"{code.name}_kind"):
        whole = card.accuracy.get(name, {})
        if "macro_f1" in whole:
            beside = f"; two people reach {people[name]:.3f}" if name in people else ""
            agreed = figure(whole["macro_f1"], whole.get("interval"))
            yield "", f"{TITLES.get(name, code.title)}: macro-F1 {agreed}{beside}."
        if "rho" in whole:
            rho = figure(whole["rho"], whole.get("interval"))
            yield "", f"Order of {whole['exchanges']} classroom exchanges as raters': ρ {rho}."
    each = card.accuracy.get(f"{code.name}_each") or card.accuracy.get(code.name, {})
    for label, one in each.get("labels", {}).items():
        if label in {value.name for value in code.values}:
            yield label, f"{_found(one)}; people gave it {one['true']:,} times."


def _of_layer(code: CodeDefinition, card: Card) -> Iterator[tuple[str, str]]:
    for label, one in card.accuracy.get("layer", {}).items():
        name, how, value = parts_of(label)
        if name != code.name:
            continue
        if not value and len(code.values) == 1:
            value = code.values[0].name
        more = "This or more: " if how == ">=" and value != code.values[-1].name else ""
        by = "The model: " if code.by == "rules" else ""
        given = f"; the annotators gave it {one['true']:,} times"
        doubt = "" if one["usable"] else " Experimental."
        yield value, f"{by}{more}{_found(one)}{given}, {_kappa(one)}.{doubt}"


def _kappa(one: Mapping[str, Any]) -> str:
    if "kappa" not in one:
        return "too rarely to say how far their two readings agree"
    return f"κ of two readings {figure(one['kappa'], one.get('kappa_interval'))}"


def _found(one: Mapping[str, Any]) -> str:
    both = (f", {name} {one[name]:.2f}" for name in ("precision", "recall") if name in one)
    return f"F1 {figure(one['f1'], one.get('interval'))}{''.join(both)}"


def _of_rules(code: CodeDefinition) -> Iterator[tuple[str, str]]:
    if code.by != "rules":
        return
    for (name, value), one in rule_accuracy().items():
        if name == code.name:
            yield value, _read(one)
    yield "", "What the rules miss is not known."


def _read(one: RuleAccuracy) -> str:
    if one.precision is None:
        return "Nobody has read what the rules match."
    return f"Of {one.read} matches read, {one.right} were right: {_share(one)}."


def _share(one: RuleAccuracy) -> str:
    low, high = one.interval or (0.0, 1.0)
    return f"{one.precision:.2f} ({low:.2f}–{high:.2f})"
