"""How often the coder is right, as the model's card and the rules' reader measured it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from holdfast.coding.rules import RuleAccuracy, rule_accuracy
from holdfast.indicators.indicator import Indicator

KEYS = {
    "reflections": "reflection",
    "reflection_to_question_ratio": "reflection",
    "complex_reflection_share": "reflection:complex",
    "questions": "question",
    "open_question_share": "question:open",
    "information": "input:information",
    "advice": "input:advice",
    "change_talk_share": "talk:change",
    "negative_emotion_share": "emotions",
    "positive_emotion_share": "emotions",
    "negative_emotion_change": "emotions",
    "openings": "empathic_opportunity",
    "openings_met_share": "empathic_opportunity",
    "openings_taken_up_share": "empathic_opportunity",
    "openings_missed_share": "empathic_opportunity",
    "encouragers": "encourager",
    "asking_for_feedback": "asking_for_feedback",
    "judging_phrases": "judging",
    "premature_reassurance": "premature_reassurance",
}
"""Which figures an indicator stands on; ``code:label`` where one label decides."""


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
    """

    sentence: str
    precision: float | None = None
    recall: float | None = None
    marks: int | None = None


NOTHING = frozenset(("absent", "none"))
"""Labels that say that a code is not there."""

WHERE = {"demonstrations": "counselling demonstrations", "chats": "emotional-support chats"}
LINES = {"emotions": "Reddit comments"}
"""What a code was measured on, where it is not lines of sessions."""

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
        elif isinstance(figure, Mapping) and figure and not name.endswith("_kind"):
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
