"""The model card's figures as sentences that a reader can weigh a number by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from holdfast.indicators.indicator import Indicator

NO_CODER = "Counted from words and times: no coder is involved."
BY_RULE = "Found by fixed rules. How often they are right has not been measured yet."
UNMEASURED = "How often the coder is right here has not been measured yet."

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
}
"""Which of the card's figures an indicator stands on; ``code:label`` where one label decides."""

BY_RULES = frozenset({"support", "openings"})


def accuracy_sentences(figures: Mapping[str, Any]) -> dict[str, str]:
    r"""Write a card's figures as sentences, by code and, where they differ, by ``code:label``.

    A sentence in the card is kept as it is.

    Examples
    --------
    >>> marked = {"precision": 0.8, "recall": 0.7, "true": 400}
    >>> sentences = accuracy_sentences({"reflection": {"labels": {"present": marked}}})
    >>> sentences["reflection"].replace("\u202f", " ")
    'Finds 70 % of those that people marked; 80 % of its marks are right.'
    """
    return dict(_sentences(figures))


def _sentences(figures: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, figure in figures.items():
        if isinstance(figure, str):
            yield name, figure
        elif isinstance(figure, Mapping) and figure:
            yield from _of_code(name.removesuffix("_kind"), figure)


def _of_code(name: str, figure: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    labels = figure.get("labels", {})
    for label, found in labels.items():
        key = name if label == "present" else f"{name}:{label}"
        if "precision" in found and "recall" in found and label != "absent":
            yield key, _found_and_right(found)
    if "macro_f1" in figure and "present" not in labels:
        yield name, _agreement(figure)


def _found_and_right(found: Mapping[str, Any]) -> str:
    recall, precision = _percent(found["recall"]), _percent(found["precision"])
    return f"Finds {recall} of those that people marked; {precision} of its marks are right."


def _agreement(figure: Mapping[str, Any]) -> str:
    low, high = figure.get("interval", (None, None))
    between = "" if low is None else f" ({low:.2f} to {high:.2f})"
    unseen = f" on {figure['utterances']:,} unseen lines" if "utterances" in figure else ""
    return f"Macro-F1 {figure['macro_f1']:.2f}{between}{unseen}, where 1 is full agreement."


def _percent(share: float) -> str:
    return f"{100 * share:.0f}\u202f%"


def accuracy_of(indicator: Indicator, accuracy: Mapping[str, str]) -> str:
    """Return how sure the codes under an indicator are."""
    base = indicator.name.split("_per_")[0]
    for key in (indicator.name, KEYS.get(base, "")):
        if key in accuracy:
            return accuracy[key]
    if base in KEYS:
        return UNMEASURED
    return BY_RULE if indicator.family in BY_RULES else NO_CODER
