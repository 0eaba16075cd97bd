"""The rules as a page for people who want to check them."""

from __future__ import annotations

from holdfast_web.fit.assessment.definition import Rule, Source
from holdfast_web.fit.assessment.outcome import Outcome
from holdfast_web.fit.assessment.questions import Question, shipped_questions
from holdfast_web.fit.assessment.reading import shipped_rules, shipped_sources

INTRODUCTION = """# The rules of the therapy assessment

What somebody's answers give reason to think about, when they ask for help. **The answers decide
what is shown; a clinician decides what is done.** Nothing here is a diagnosis, and nobody is turned
away by a rule. This page is made from `rules.toml`, `questions.toml` and `sources.toml` in
`src/holdfast_web/fit/assessment/`; `tests/web/assessment_cases.toml` has what fires each rule and
what comes close.

How it is put together:

- Every rule that fires gives a reason. The most urgent one decides: talk to a person today, then
  let's talk first, then something else first, then together with something else, then reasonable.
- A sign of danger always means talk to a person today, whatever else was answered.
- What was left open never counts as a no. An open question on safety means let's talk first.
- Where a rule stops the flow, nothing more is asked, and help is shown.
- The two last rules count only where no other comes to more than reasonable, so that nothing falls
  through.
- *Fact*: every source of the words was compared with them. *Usual*: common practice, no claim of
  evidence. *Choice*: how we work.

These rules were written by the makers of Holdfast and no clinical body has approved them. A
practice reads them before it opens its door.
"""
STATED = {"fact": "Fact", "usual": "Usual", "choice": "Choice"}
KINDS = {
    "yes_no": "yes or no",
    "any_of": "any of",
    "one_of": "one of",
    "number": "a number",
    "words": "words",
}


def rules_page() -> str:
    """Return the page as Markdown."""
    parts = [INTRODUCTION, *(_outcome(one) for one in reversed(Outcome)), _questions(), _sources()]
    return "\n".join(parts)


def _outcome(outcome: Outcome) -> str:
    rules = [one for one in shipped_rules().rules if one.outcome is outcome]
    rows = [_row(_rule_cells(one)) for one in rules]
    head = _head("Rule", "When", "To the person", "To the clinician", "Sources")
    return "\n".join((f"## {outcome.heading}\n", head, *rows, ""))


def _rule_cells(rule: Rule) -> tuple[str, ...]:
    marks = [
        word
        for word, holds in (
            ("stops the flow", rule.stops),
            ("at once", rule.at_once),
            ("only where no other says more", rule.fallback),
        )
        if holds
    ]
    name = f"{rule.title} (`{rule.key}`)" + (f" *{', '.join(marks)}*" if marks else "")
    said = f"{rule.found} {rule.words} *{STATED[rule.states]}*"
    lines = f"; lines and notes: {_named(rule.lines)}" if rule.lines else ""
    return name, rule.when.words(), said, rule.think, _named(rule.sources) + lines


def _questions() -> str:
    known = shipped_questions()
    intro = (
        "## Our own questions\n\nBeside the questionnaires; they score nothing and are no scale. "
        "The words of the C-SSRS aren't ours to ship. Where a practice has not added them, the "
        "plain questions on safety are asked alone: any yes stops the flow, shows help, and "
        "reaches a person.\n"
    )
    rows = [_row(_question_cells(one)) for one in known.questions]
    return "\n".join((intro, _head("Step", "Question", "Answers", "About safety"), *rows, ""))


def _question_cells(question: Question) -> tuple[str, ...]:
    offered = "; ".join(f"{one.words} (`{one.key}`)" for one in question.options)
    answers = f"{KINDS[question.kind]}{': ' if offered else ''}{offered}"
    name = f"{question.words} (`{question.flag}`)"
    return question.step, name, answers, "yes" if question.risk else ""


def _sources() -> str:
    rows = [_row(_source_cells(one)) for one in shipped_sources().values()]
    return "\n".join(("## Sources\n", _head("Name", "Source", "Checked"), *rows, ""))


def _source_cells(source: Source) -> tuple[str, ...]:
    cite = f"[{source.cite}]({source.url})" if source.url else source.cite
    return f"`{source.key}`", cite, source.checked


def _named(sources: tuple[Source, ...]) -> str:
    return ", ".join(f"`{one.key}` ({one.checked})" for one in sources)


def _head(*names: str) -> str:
    return f"{_row(names)}\n|{'---|' * len(names)}"


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
