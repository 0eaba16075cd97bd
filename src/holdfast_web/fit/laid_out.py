"""All that somebody told, laid out for who reads it: pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from holdfast_web.engine.forms import NoSuchForm, form_of
from holdfast_web.engine.preferences import FORM as WISHES
from holdfast_web.fit.assessment.questions import shipped_questions
from holdfast_web.fit.practical import ACCESS, LANGUAGES, ONLY, PLACES, TIMES, in_words
from holdfast_web.fit.queries.intakes import Told
from holdfast_web.fit.said import told_lines
from holdfast_web.measures.forms.asking import Line, lines_of
from holdfast_web.measures.models import Sheet


@dataclass(frozen=True, slots=True)
class Answered:
    """A questionnaire with its answers.

    Attributes
    ----------
    state
        ``"answered"``, ``"left out"`` or ``"begun"``.
    result
        What it came to.
    """

    title: str
    state: str
    result: dict[str, Any]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class LaidOut:
    """What somebody told, part by part.

    Attributes
    ----------
    own
        Their own words: what they were asked, what they wrote.
    ours
        Our own questions with answers in words, ``""`` for one that was left open.
    practical
        Practical matters that they named.
    """

    own: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]
    ours: tuple[tuple[str, str], ...]
    questionnaires: tuple[Answered, ...]
    practical: tuple[tuple[str, tuple[str, ...]], ...]
    contact: dict[str, Any]


def laid_out(told: Told) -> LaidOut:
    """Lay out what somebody told."""
    said = told.intake.said
    own = (
        ("What brings them", said.get("brings", "")),
        ("What they hope for", said.get("hopes", "")),
    )
    return LaidOut(
        own=tuple((asked, words) for asked, words in own if words),
        problems=problem_words(said),
        ours=tuple(told_lines(said)),
        questionnaires=tuple(_answered(one) for one in told.sheets.values()),
        practical=tuple(practical_lines(said.get("practical", {}))),
        contact=dict(said.get("contact", {})),
    )


def _answered(sheet: Sheet) -> Answered:
    state = "answered" if sheet.handed_in_at else "left out" if sheet.skipped_at else "begun"
    try:
        form = form_of(sheet.instrument, language=sheet.client.language)
    except NoSuchForm:
        # The practice took an instrument of its own away; what was asked with it stays.
        return Answered(sheet.instrument, state, sheet.result or {}, ())
    # What was begun and not sent is the person's own still.
    lines = lines_of(form, sheet.answers) if sheet.handed_in_at else ()
    # Wishes lie on four scales: one number for all of them would say nothing.
    result = {} if sheet.instrument == WISHES else sheet.result or {}
    return Answered(form.title, state, result, lines)


def problem_words(said: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what brings somebody in words, the most important first."""
    known = {one.key: one.words for one in shipped_questions().problems}
    return tuple(known[one] for one in said.get("problems", ()) if one in known)


def practical_lines(told: Mapping[str, Any]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the practical matters that somebody named."""
    limits = told.get("limits", "")
    found = [
        ("Languages", in_words(told.get("languages"), LANGUAGES)),
        ("Times", in_words(told.get("times"), TIMES)),
        ("Where", in_words(told.get("places"), PLACES)),
        ("To take part", in_words(told.get("access"), ACCESS)),
        ("With whom", in_words([told.get("only")], ONLY)),
        ("What would make it impossible", (limits,) if limits else ()),
    ]
    return [(name, words) for name, words in found if words]
