"""How often the coder is right, as the model's card and the rules' reader measured it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from holdfast.codebooks.codebook import load_codebook
from holdfast.codebooks.labels import parts_of
from holdfast.coding.rules import RuleAccuracy, rule_accuracy
from holdfast.indicators.indicator import Indicator
from holdfast.reports.stands_on import KEYS as KEYS


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How often a code, or one of its labels, is right.

    Attributes
    ----------
    sentence
        For a reader, with its figures.
    precision
        Share of its marks that are right, where that was measured.
    recall
        Share of what people marked that it finds, where that was measured.
    marks
        How many marks ``precision`` stands on.
    experimental
        Whether too little speaks for it to show it without a word of caution.
    """

    sentence: str
    precision: float | None = None
    recall: float | None = None
    marks: int | None = None
    experimental: bool = False


NOTHING = frozenset(("absent", "none"))
"""Labels that say that a code is not there."""

WHERE = {"demonstrations": "counselling demonstrations", "chats": "emotional-support chats"}
OURS = "our own, machine-assisted annotation"
LINES = {
    "emotions": "Reddit comments",
    "feeling": f"openings of {OURS}",
    "response": f"answers to openings of {OURS}",
}
"""What a code was measured on, where it is not lines of sessions."""

OF_OPENINGS = ("feeling", "response")
"""Codes that are judged only where an opening was heard."""

USABLE = 0.4
"""Lower bound of macro-F1 from which such a code is shown without a word of caution."""

EXPERIMENTAL = " Experimental."

NO_CODER = Accuracy("Counted from words and times: no coder is involved.")
UNMEASURED = Accuracy("How often the coder is right here has not been measured yet.")


def card_accuracy(figures: Mapping[str, Any]) -> dict[str, Accuracy]:
    r"""Read a card's figures, by code and, where labels differ, by ``code:label``.

    A sentence in the card is kept as it is.

    Examples
    --------
    >>> marked = {"precision": 0.8, "recall": 0.7, "true": 400}
    >>> known = card_accuracy({"reflection": {"labels": {"present": marked}}})
    >>> known["reflection"].sentence.replace("\u202f", " ")
    'The coder finds 70 % of what people mark; 80 % of its marks are right.'
    """
    return dict(_figures(figures))


def rules_accuracy() -> dict[str, Accuracy]:
    """Return what is known of the rules, by code: how many matches were read and were right.

    Values that the reading did not bear out are given as unsure, so they don't enter.
    """
    by_code: dict[str, list[RuleAccuracy]] = {}
    for (code, _), known in rule_accuracy().items():
        if known.borne_out:
            by_code.setdefault(code, []).append(known)
    pooled = {code: _of_rules(each) for code, each in by_code.items()}
    return {code: one for code, one in pooled.items() if one is not None}


def _of_rules(each: list[RuleAccuracy]) -> Accuracy | None:
    read, right = sum(one.read for one in each), sum(one.right for one in each)
    if not read:
        return None
    where = " and ".join(dict.fromkeys(WHERE.get(one.where, one.where) for one in each))
    since = " Some phrases were corrected since." if any(one.corrected for one in each) else ""
    return Accuracy(
        f"By fixed rules. Of {read} matches that one reader read in {where}, "
        f"{right} {'was' if right == 1 else 'were'} right.{since} "
        "What the rules miss is not known.",
        precision=right / read,
        marks=read,
    )


def _figures(figures: Mapping[str, Any]) -> Iterator[tuple[str, Accuracy]]:
    for name, figure in figures.items():
        if isinstance(figure, str):
            yield name, Accuracy(figure)
        elif not isinstance(figure, Mapping) or not figure or name.endswith("_kind"):
            continue
        elif name == "layer":
            yield from _of_layer(figure)
        elif name in OF_OPENINGS:
            yield name, _of_openings(name, figure)
        elif name == "uptake":
            yield name, _of_order(figure)
        else:
            yield from _of_code(name.removesuffix("_each"), figure)


def _of_code(name: str, figure: Mapping[str, Any]) -> Iterator[tuple[str, Accuracy]]:
    labels = figure.get("labels", {})
    for label, found in labels.items():
        if "precision" in found and "recall" in found and label not in NOTHING:
            yield name if label == "present" else f"{name}:{label}", _of_label(found)
    if "macro_f1" in figure and NOTHING.isdisjoint(labels):
        yield name, Accuracy(_agreement(figure, LINES.get(name, "lines")))


def _of_label(found: Mapping[str, Any]) -> Accuracy:
    recall, precision = float(found["recall"]), float(found["precision"])
    return Accuracy(
        f"The coder finds {_percent(recall)} of what people mark; "
        f"{_percent(precision)} of its marks are right.",
        precision=precision,
        recall=recall,
        marks=found.get("found"),
    )


def _of_layer(layer: Mapping[str, Any]) -> Iterator[tuple[str, Accuracy]]:
    """Yield the layer's figures; not of a code that rules give, as the model isn't asked there."""
    learned = {one.name: one for one in load_codebook().codes if one.by == "model"}
    for label, found in layer.items():
        name, how, value = parts_of(label)
        if name in learned:
            at_least = how == ">=" and value != learned[name].values[-1].name
            yield f"{name}:{value}".rstrip(":"), _of_annotation(found, at_least=at_least)


def _of_annotation(found: Mapping[str, Any], *, at_least: bool) -> Accuracy:
    recall, precision = float(found["recall"]), float(found["precision"])
    level = "This level or a higher one: the" if at_least else "The"
    kappa = found.get("kappa")
    beside = "" if kappa is None else f" Two readings agree with κ {kappa:.2f}."
    experimental = not found["usable"]
    return Accuracy(
        f"{level} coder finds {_percent(recall)} of what {OURS} marks; {_percent(precision)} of "
        f"its marks agree.{beside}{EXPERIMENTAL if experimental else ''}",
        precision=precision,
        recall=recall,
        marks=found.get("found"),
        experimental=experimental,
    )


def _of_openings(name: str, figure: Mapping[str, Any]) -> Accuracy:
    low, _ = figure.get("interval", (0.0, 0.0))
    experimental = not figure.get("usable", low >= USABLE)
    said = _agreement(figure, LINES[name])
    return Accuracy(f"{said}{EXPERIMENTAL if experimental else ''}", experimental=experimental)


def _of_order(figure: Mapping[str, Any]) -> Accuracy:
    low, high = figure["interval"]
    return Accuracy(
        f"Its order agrees with that of raters of classroom talk: ρ {figure['rho']:.2f} "
        f"({low:.2f} to {high:.2f}) over {figure['exchanges']:,} exchanges, where 1 is the same "
        f"order. Nobody has checked it in therapy.{EXPERIMENTAL}",
        experimental=True,
    )


def _agreement(figure: Mapping[str, Any], lines: str) -> str:
    low, high = figure.get("interval", (None, None))
    between = "" if low is None else f" ({low:.2f} to {high:.2f})"
    unseen = f" on {figure['utterances']:,} unseen {lines}" if "utterances" in figure else ""
    return f"Macro-F1 {figure['macro_f1']:.2f}{between}{unseen}, where 1 is full agreement."


def _percent(share: float) -> str:
    return f"{100 * share:.0f}\u202f%"


def accuracy_of(indicator: Indicator, accuracy: Mapping[str, Accuracy]) -> Accuracy:
    """Return how sure the codes under an indicator are."""
    base = indicator.name.split("_per_")[0]
    for key in (indicator.name, KEYS.get(base, "")):
        if key in accuracy:
            return accuracy[key]
    return UNMEASURED if base in KEYS or indicator.interval else NO_CODER
