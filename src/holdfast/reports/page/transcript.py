"""The transcript with its codes: every line of the session, none left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from holdfast.reports.heard import Tag, abstentions
from holdfast.reports.page.lines import anchor, line_tags, number_of, speaker_of
from holdfast.reports.page.markup import Markup, tag
from holdfast.reports.record import Record
from holdfast.session import Role, Utterance

FILTERS = (
    ("reflection", "Reflections"),
    ("question", "Questions"),
    ("input", "Input"),
    ("feeling", "Feelings"),
    ("opening missed", "Openings"),
    ("missed", "Openings missed"),
    ("talk", "Talk about change"),
    ("strain", "Worth rereading"),
    ("other", "Other codes"),
    ("unsure", "Unsure"),
)
"""What one may look for: kinds of tags, and the words on the button."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Something that one may look for in a transcript.

    Attributes
    ----------
    kinds
        Of tags, with a space between two.
    words
        On the button.
    count
        How many lines it leaves.
    """

    kinds: str
    words: str
    count: int


def transcript(record: Record) -> Markup:
    """Return the transcript's section."""
    openings = {opening.index: opening for opening in record.openings}
    session = record.coded.session
    tags = [
        line_tags(record.coded, one.index, openings, record.accuracy) for one in session.utterances
    ]
    lines = (_line(one, tags[one.index]) for one in session.utterances)
    return tag(
        "section",
        tag("h2", "The transcript with its codes", id="transcript"),
        tag("p", about(record), class_="note"),
        _controls(tags),
        tag("ol", *lines, class_="transcript", id="lines"),
        aria_labelledby="transcript",
    )


def about(record: Record) -> str:
    """Say how many lines there are, and on how many the coder abstained."""
    unsure, lines = abstentions(record.coded), len(record.coded.session)
    if not unsure:
        return f"{lines} lines."
    noun = "line" if unsure == 1 else "lines"
    return (
        f"{lines} lines. On {unsure} {noun} the coder was not sure enough of what is mainly done "
        "or said; each says so."
    )


def filters(lines: Iterable[Collection[str]]) -> tuple[Filter, ...]:
    """Return what one may look for in lines with tags of these kinds; the rest is left out.

    Examples
    --------
    >>> filters([("talk", "unsure"), ()])[0]
    Filter(kinds='talk', words='Talk about change', count=1)
    """
    counts = Counter(kind for line in lines for kind in set(line))
    found = (
        Filter(kinds, words, sum(counts[kind] for kind in kinds.split()))
        for kinds, words in FILTERS
    )
    return tuple(one for one in found if one.count)


def _controls(tags: list[tuple[Tag, ...]]) -> Markup:
    buttons = (
        tag(
            "button",
            f"{one.words} ",
            tag("span", str(one.count), class_="count"),
            type="button",
            aria_pressed="false",
            data_kinds=one.kinds,
        )
        for one in filters([one.kind for one in line] for line in tags)
    )
    keys = tag(
        "label",
        tag("input", type="checkbox", id="keys", checked=True),
        Markup(" Keys <kbd>j</kbd> and <kbd>k</kbd> go to the next and the previous line"),
    )
    return tag(
        "div",
        tag("div", *buttons, role="group", aria_label="Show only lines with", class_="filters"),
        tag("p", keys, class_="keys"),
        tag("p", role="status", id="shown"),
        id="controls",
        hidden=True,
    )


def _line(utterance: Utterance, tags: tuple[Tag, ...]) -> Markup:
    kinds = " ".join(dict.fromkeys(one.kind for one in tags))
    shown = (tag("li", one.text, class_=one.kind) for one in tags)
    role = {Role.CLIENT: "client", Role.THERAPIST: "therapist"}.get(utterance.role or Role.OTHER)
    return tag(
        "li",
        tag("p", speaker_of(utterance), " ", number_of(utterance), class_="who"),
        tag("p", utterance.text, class_="words", dir="auto"),
        tag("ul", *shown, class_="codes", aria_label="Codes") if tags else None,
        id=anchor(utterance.index),
        class_=f"line {role or 'other'}",
        data_kinds=kinds or None,
        tabindex="-1",
    )
