"""What somebody said in an intake, made into facts, and into what a person must see: pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from holdfast_web.engine.scoring import Answers
from holdfast_web.fit.assessment import Assessment, Facts, Outcome, Question, Reason
from holdfast_web.fit.assessment import facts_from as _facts_from
from holdfast_web.fit.assessment.questions import flags_of, shipped_questions
from holdfast_web.fit.assessment.reading import shipped_rules

Said = Mapping[str, Any]
WHERE = "Told when asking for help"
YES_NO = {"yes": "Yes", "no": "No"}


def facts_of(said: Said, sheets: Mapping[str, Answers]) -> Facts:
    """Return what is known of somebody.

    Parameters
    ----------
    said
        As an intake keeps it.
    sheets
        Answers by instrument, of what was handed in.
    """
    return _facts_from(said.get("answers", {}), sheets, said.get("problems", ()))


def stopping(assessment: Assessment, went_on: Collection[str]) -> tuple[Reason, ...]:
    """Return why nothing more is asked now; what somebody went on after doesn't stop them again."""
    return tuple(one for one in assessment.reasons if one.stops and one.rule not in went_on)


def alerts_in(said: Said, assessment: Assessment) -> tuple[dict[str, str], ...]:
    """Return what was told outside a questionnaire and a person must see today.

    Returns
    -------
    tuple of dict
        As ``SafetyAnswer.told`` has it.
    """
    titles = _titles(assessment)
    told = said.get("answers", {})
    return tuple(
        {
            "instrument": WHERE,
            "item": flag,
            "kind": "alert",
            "title": titles[flag],
            "answer": _in_words(question, flag, told[question.key]),
        }
        for question in shipped_questions().questions
        if question.risk and question.key in told
        for flag, holds in flags_of(question, told[question.key]).items()
        if holds and flag in titles
    )


def answers_in_words(question: Question, answer: object) -> str:
    """Return an answer to a question of ours in words; ``""`` where it was left open."""
    if answer in (None, "", []):
        return ""
    words = {**{one.key: one.words for one in question.options}, **YES_NO}
    given = answer if isinstance(answer, list) else [answer]
    return "; ".join(
        question.none if one == "none" else words.get(str(one), str(one)) for one in given
    )


def _titles(assessment: Assessment) -> dict[str, str]:
    """Return for each flag that a pressing reason looks at what the reason is called."""
    names = {one.key: one.when.names() for one in shipped_rules().rules}
    return {
        name: reason.title
        for reason in reversed(assessment.reasons)
        if reason.outcome is Outcome.TALK_TODAY
        for name in names.get(reason.rule, ())
    }


def _in_words(question: Question, flag: str, answer: object) -> str:
    option = next((one.words for one in question.options if one.key == flag), "")
    return option or f"{question.words} {YES_NO.get(str(answer), '')}"


def told_lines(said: Said) -> Iterator[tuple[str, str]]:
    """Yield our own questions that were put to somebody, with what they answered in words."""
    told = said.get("answers", {})
    for question in shipped_questions().questions:
        if question.key in told:
            yield question.words, answers_in_words(question, told[question.key])
