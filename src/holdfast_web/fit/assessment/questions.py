"""Our own questions beside the questionnaires, and what their answers come to as flags."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from holdfast_web.fit.assessment.reading import parsed
from holdfast_web.fit.assessment.taking import Taking

KINDS = ("yes_no", "any_of", "one_of", "number", "words")
NONE = "none"
"""What is kept where somebody ticked that none of several things is true."""
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that is offered."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes
    ----------
    kind
        ``"yes_no"``, ``"any_of"``, ``"one_of"``, ``"number"`` or ``"words"``.
    risk
        Whether a person must hear of a yes, and of a question that was left open.
    turned
        Whether a no is what matters.
    flag
        What it is called among the facts, if it is a yes or no.
    none
        The words of "none of these", where several may be ticked.
    instead_of_scale
        Whether it is asked only where the practice has not added the words of the C-SSRS.
    """

    key: str
    step: str
    kind: str
    words: str
    help: str = ""
    options: tuple[Option, ...] = ()
    none: str = ""
    flag: str = ""
    risk: bool = False
    turned: bool = False
    instead_of_scale: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that may bring somebody, and the page that tells of it."""

    key: str
    words: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands above the questions of a step."""

    title: str
    lead: str


@dataclass(frozen=True, slots=True)
class Questions:
    """All of them."""

    version: str
    leads: Mapping[str, Lead]
    questions: tuple[Question, ...]
    problems: tuple[Problem, ...]


@cache
def shipped_questions() -> Questions:
    """Return the questions that ship."""
    return questions_in(files(__package__).joinpath("questions.toml").read_text(encoding="utf-8"))


def questions_of(step: str, *, with_scale: bool = False) -> tuple[Question, ...]:
    """Return the questions of a step.

    Examples
    --------
    >>> [one.key for one in questions_of("safety", with_scale=True)]
    ['safe_here', 'near']
    """
    return tuple(
        one
        for one in shipped_questions().questions
        if one.step == step and not (with_scale and one.instead_of_scale)
    )


def flags_of(question: Question, answer: object) -> dict[str, bool | None]:
    """Return what an answer comes to; what was left open stays open.

    Parameters
    ----------
    question
        Which.
    answer
        ``"yes"`` or ``"no"``; a list of keys of options (``["none"]`` for none of them); one key;
        ``None`` or nothing where it was left open. What was never offered counts as open.

    Examples
    --------
    >>> safe, = (one for one in questions_of("safety") if one.key == "safe_here")
    >>> flags_of(safe, "no"), flags_of(safe, "")
    ({'unsafe_here': True}, {'unsafe_here': None})
    """
    if question.kind == "yes_no":
        told = {YES: True, NO: False}.get(answer) if isinstance(answer, str) else None
        return {question.flag: told if told is None else told is not question.turned}
    if question.kind not in ("any_of", "one_of"):
        return {}
    ticked = _ticked(question, answer)
    if not ticked:
        return dict.fromkeys((one.key for one in question.options), None)
    return {one.key: one.key in ticked for one in question.options}


def _ticked(question: Question, answer: object) -> Collection[str]:
    given = [answer] if isinstance(answer, str) else answer
    if not isinstance(given, Collection):
        return ()
    known = {one.key for one in question.options} | ({NONE} if question.none else set())
    return [one for one in given if isinstance(one, str) and one in known]


def questions_in(text: str) -> Questions:
    """Return the questions that a TOML text holds.

    Raises
    ------
    WrongData
        With the place and what to do, if the text is no set of questions.
    """
    whole = Taking(parsed(text, "questions"), "questions")
    leads = dict(_lead(one) for one in whole.tables("step"))
    found = Questions(
        version=whole.text("version"),
        leads=leads,
        questions=tuple(_question(one, leads) for one in whole.tables("question")),
        problems=tuple(_problem(one) for one in whole.tables("problem")),
    )
    whole.done()
    return found


def _lead(told: Mapping[str, Any]) -> tuple[str, Lead]:
    taking = Taking(told, f"step {told.get('key', 'without a key')}")
    lead = (taking.text("key"), Lead(title=taking.text("title"), lead=taking.text("lead")))
    taking.done()
    return lead


def _question(told: Mapping[str, Any], steps: Collection[str]) -> Question:
    place = f"question {told.get('key', 'without a key')}"
    taking = Taking(told, place)
    key, kind = taking.text("key"), taking.one_of("kind", KINDS)
    options = taking.tables("options") if kind in ("any_of", "one_of") else []
    question = Question(
        key=key,
        step=taking.one_of("step", steps),
        kind=kind,
        words=taking.text("words"),
        help=taking.text("help", ""),
        options=tuple(_option(one, place) for one in options),
        none=taking.text("none") if kind == "any_of" else "",
        flag=taking.text("flag", key),
        risk=taking.truth("risk"),
        turned=taking.truth("turned"),
        instead_of_scale=taking.truth("instead_of_scale"),
    )
    taking.done()
    return question


def _option(told: Mapping[str, Any], place: str) -> Option:
    taking = Taking(told, f"{place}, option")
    option = Option(key=taking.text("key"), words=taking.text("words"))
    taking.done()
    return option


def _problem(told: Mapping[str, Any]) -> Problem:
    taking = Taking(told, f"problem {told.get('key', 'without a key')}")
    problem = Problem(taking.text("key"), taking.text("words"), taking.text("page", ""))
    taking.done()
    return problem
