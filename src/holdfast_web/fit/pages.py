"""The pages of an intake in their order, and which comes next: pure.

Addresses name a page by its number alone: a list of visited pages tells nobody what was asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from holdfast_web.fit.assessment import (
    Facts,
    Question,
    Step,
    questions_of,
    shipped_questions,
    steps_for,
)

ORDER = (
    "now", "brings", "hopes", "problems", "about", "afraid", "known", "phq-9", "c-ssrs", "safety",
    "gad-7", "pc-ptsd-5", "pcl-5", "csi-4", "c-nip", "practical", "times", "needs", "contact",
)  # fmt: skip
ALONE = {"afraid": "One question by itself", "known": "In the last year"}
"""Questions that stand on a page of their own, and what it is called."""
WORDS = {
    "brings": (
        "What brings you",
        "As much or as little as you like. A few words are enough.",
    ),
    "hopes": (
        "What you hope for",
        "If it helped: what would be different? Something small counts.",
    ),
    "problems": (
        "What it is about",
        "Tick what fits. You can tick several.",
    ),
}
PRACTICAL = {
    "practical": ("Practical matters", "So that we look for somebody who fits into your life."),
    "times": ("When you could come", "Tick all that could work, or leave it open."),
    "needs": ("What you need", "Leave open what doesn’t matter."),
}
GROUPS = {"ours": "answers", "practical": "practical", "contact": "contact"}
CONTACT = "How somebody from the practice may reach you. Give only what is safe to use."


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes
    ----------
    kind
        ``"words"``, ``"problems"``, ``"ours"``, ``"questionnaire"``, ``"practical"`` or
        ``"contact"``.
    questions
        Of our own, where it has such.
    instrument
        Of a questionnaire.
    """

    key: str
    title: str
    kind: str
    lead: str = ""
    questions: tuple[Question, ...] = ()
    instrument: str = ""

    @property
    def slug(self) -> str:
        """What its address calls it."""
        return slug_of(self.key)

    @property
    def group(self) -> str:
        """Under which key an intake keeps its answers; empty where each stands by itself."""
        return GROUPS.get(self.kind, "")


def slug_of(key: str) -> str:
    """Return what a page's address calls it.

    Examples
    --------
    >>> slug_of("hopes")
    '3'
    """
    return str(ORDER.index(key) + 1)


def pages_for(
    facts: Facts, done: Collection[str] = (), *, with_scale: bool = False
) -> tuple[Page, ...]:
    """Return the pages that there are for somebody, as far as is known by now.

    Examples
    --------
    >>> [one.key for one in pages_for(Facts())][:4]
    ['now', 'brings', 'hopes', 'problems']
    """
    steps = steps_for(facts, done, with_scale=with_scale)
    found = [page for step in steps for page in _pages_of(step, with_scale)]
    return (*found, Page("contact", "How we reach you", "contact", CONTACT))


def next_page(facts: Facts, done: Collection[str], *, with_scale: bool = False) -> Page | None:
    """Return the next page; ``None`` when all is there to be read over."""
    pages = pages_for(facts, done, with_scale=with_scale)
    return next((one for one in pages if one.key not in done), None)


def _pages_of(step: Step, with_scale: bool) -> Iterator[Page]:
    if step.kind == "words":
        for key, (title, lead) in WORDS.items():
            yield Page(key, title, "problems" if key == "problems" else "words", lead)
    elif step.kind == "ours":
        yield from _ours(step, questions_of(step.key, with_scale=with_scale))
    elif step.kind == "questionnaire":
        yield Page(step.key, step.title, "questionnaire", instrument=step.instrument)
    else:
        for key, (title, lead) in PRACTICAL.items():
            yield Page(key, title, "practical", lead)


def _ours(step: Step, questions: tuple[Question, ...]) -> Iterator[Page]:
    lead = shipped_questions().leads[step.key]
    together = tuple(one for one in questions if one.key not in ALONE)
    yield Page(step.key, lead.title, "ours", lead.lead, together)
    for one in questions:
        if one.key in ALONE:
            yield Page(one.key, ALONE[one.key], "ours", "", (one,))
