"""The model card as a page of Markdown, for docs/validity/model.md and the README."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from holdfast.runtime.card import Card
from holdfast.runtime.sections import Section, Words, sections

TITLES = {
    "behaviour": "Main behaviour of a therapist's utterance",
    "reflection": "Holds a reflection, or not",
    "question": "Holds a question, or not",
    "input": "Holds input, or not",
    "talk": "Talk type of a client's utterance",
    "reflection_kind": "Simple or complex, given a reflection",
    "question_kind": "Open or closed, given a question",
    "input_kind": "Kind of input, given input",
    "reflection_each": "No reflection, simple or complex",
    "question_each": "No question, open or closed",
    "input_each": "No input, or its kind",
    "emotions": "Emotions, 28 at once (Reddit comments)",
    "feeling": "Feeling of an opening, where people heard one",
    "response": "How an opening was answered, where people heard one",
}
"""What each figure of a card is about."""

WHOLE = (
    *("behaviour", "reflection", "question", "input", "talk"),
    *("reflection_kind", "question_kind", "input_kind", "emotions"),
)
"""The figures that a summary shows, in this order."""

HEADING = """\
# How well the model hears

This page is made from the model's card (`holdfast model`); it is not edited by hand.
"""

READING = """\
**Macro-F1** is the mean over the labels of how well each is found, rare ones counting as much as
common ones: 1 is full agreement with people, 0 none. Brackets hold a 95 % bootstrap interval over
sessions (over comments for emotions).
**People** is what two people reach between them on the same task: {people}.
Those are other sessions than the ones judged here, so a figure above theirs is no proof of more.
**Bag-of-words** is TF-IDF with logistic regression on the same folds.
"""


def card_page(card: Card, words: Words = str) -> str:
    """Return the whole page; ``words`` says a label of the card in words."""
    return "\n".join(_page(card, words)) + "\n"


def accuracy_table(card: Card) -> str:
    """Return the summary as a Markdown table, a row per code."""
    return "\n".join(_summary(card))


def by_label(accuracy: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figures that are shown label by label.

    Examples
    --------
    >>> list(by_label({"talk": {"labels": {}}, "input_kind": {"labels": {}}, "elsewhere": []}))
    ['talk']
    """
    return {
        name: figures
        for name, figures in accuracy.items()
        if "labels" in figures and not name.endswith("_kind")
    }


def _page(card: Card, words: Words) -> Iterator[str]:
    facts = card.facts
    yield HEADING
    yield f"**{card.title}**, {facts['licence']}. {facts['purpose']}\n"
    yield from _summary(card)
    yield "\n" + READING.format(people=facts["people"]["source"])
    yield "## How it was judged\n"
    yield facts["splits"] + "\n"
    yield _roles(facts["roles"]) + "\n"
    yield "## Abstaining\n"
    yield from _abstaining(card.accuracy)
    yield ""
    for section in sections(card, words):
        yield from _section(section)
    yield "## Label by label\n"
    for name, figures in by_label(card.accuracy).items():
        yield from _labels(TITLES[name], figures)
    yield "## What it learned from\n"
    yield f"Base: {facts['base']}.\n"
    for source in facts["data"]:
        yield f"- **{source['name']}** ({source['authors']}): {source['used']}. {source['terms']}."
    yield "\n## What it can't do\n"
    yield from (f"- {limit}" for limit in facts["limits"])


def _summary(card: Card) -> Iterator[str]:
    people = card.facts["people"]["macro_f1"]
    words = card.facts["bag_of_words"]["macro_f1"]
    yield "| | Macro-F1 | People | Bag-of-words | Utterances |"
    yield "|---|---|---|---|---|"
    for name in (name for name in WHOLE if name in card.accuracy):
        figures = card.accuracy[name]
        beside = (f"{known[name]:.3f}" if name in known else "" for known in (people, words))
        yield (
            f"| {TITLES[name]} | **{figures['macro_f1']:.3f}** {_interval(figures)} | "
            f"{' | '.join(beside)} | {figures['utterances']:,} |"
        )


def _abstaining(accuracy: Mapping[str, Any]) -> Iterator[str]:
    yield (
        "Where the coder's best guess is more likely wrong than right it names the guess and "
        "abstains; reports leave such an utterance out and say how many there were.\n"
    )
    for name in ("behaviour", "talk"):
        figures = accuracy[name]
        yield (
            f"- {TITLES[name]}: it abstains on {figures['abstained']:.1%}, and is right on "
            f"{figures['when_sure']:.1%} of the others. "
            f"Calibration error: {figures['calibration_error']:.3f}."
        )


def _section(section: Section) -> Iterator[str]:
    yield f"## {section.title}\n"
    yield f"{section.text}\n"
    if section.rows:
        yield f"| {' | '.join(section.columns)} |"
        yield f"|{'---|' * len(section.columns)}"
        yield from (f"| {' | '.join(row)} |" for row in section.rows)
        yield ""


def _labels(title: str, figures: Mapping[str, Any]) -> Iterator[str]:
    yield f"### {title}\n"
    full = "precision" in next(iter(figures["labels"].values()))
    yield (
        "| Label | Precision | Recall | F1 | By people |" if full else "| Label | F1 | By people |"
    )
    yield "|---|---|---|---|---|" if full else "|---|---|---|"
    for label, one in figures["labels"].items():
        first = f"{one['precision']:.2f} | {one['recall']:.2f} | " if full else ""
        yield f"| {label} | {first}{one['f1']:.2f} {_interval(one)} | {one['true']:,} |"
    yield ""


def _roles(roles: Mapping[str, Any]) -> str:
    return (
        f"Who is therapist and who client, suggested without knowing: right in {roles['right']} of "
        f"{roles['sessions']} sessions that the model had not seen."
    )


def _interval(figures: Mapping[str, Any]) -> str:
    if "interval" not in figures:
        return ""
    low, high = figures["interval"]
    return f"({low:.3f}–{high:.3f})"
