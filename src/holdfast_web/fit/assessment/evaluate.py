"""From what somebody told to what there is to think about: pure, and always the same."""

from __future__ import annotations

import re

from holdfast_web.fit.assessment.definition import Assessment, Reason, Rule, Rules
from holdfast_web.fit.assessment.facts import Facts
from holdfast_web.fit.assessment.outcome import Outcome
from holdfast_web.fit.assessment.reading import shipped_rules

ASKED_OF_EVERYBODY = {
    "phq-9": "the questions on low mood",
    "phq-9.q9": "the question on thoughts of being better off dead or of hurting yourself",
    "gad-7": "the questions on worry",
    "pc-ptsd-5": "the questions on things that were frightening or terrible",
    "unsafe_now": "whether you are safe right now",
    "afraid": "whether there is somebody you are afraid of",
}
_HOLE = re.compile(r"\{([\w.-]+)\}")


def assess(facts: Facts, rules: Rules | None = None) -> Assessment:
    """Say what there is to think about, and why.

    Parameters
    ----------
    facts
        What is known; what is missing never counts as a no.
    rules
        The rules that ship, unless others are given.

    Examples
    --------
    >>> assess(Facts(scores={"phq-9.q9": 1})).outcome.value
    'talk_today'
    >>> assess(Facts()).outcome.value
    'talk'
    """
    rules = rules or shipped_rules()
    fired = _fired(facts, rules)
    stopped = any(one.stops for one in fired)
    return Assessment(
        outcome=fired[0].outcome,
        reasons=tuple(reason_of(one, facts) for one in fired),
        unanswered=() if stopped else unanswered(facts),
        version=rules.version,
    )


def unanswered(facts: Facts) -> tuple[str, ...]:
    """Return in words what everybody is asked and is not known of somebody."""
    return tuple(said for name, said in ASKED_OF_EVERYBODY.items() if facts.is_open(name))


def _fired(facts: Facts, rules: Rules) -> list[Rule]:
    """Return the rules that fire, the most urgent first; never none."""
    fired = [one for one in rules.rules if not one.fallback and one.when.holds(facts)]
    if any(one.stops for one in fired):
        fired = [one for one in fired if not one.asks_what_is_open]
    if all(one.outcome is Outcome.REASONABLE for one in fired):
        fired += [one for one in rules.rules if one.fallback and one.when.holds(facts)]
    return sorted(fired, key=lambda one: (one.outcome.urgency, one.at_once), reverse=True)


def reason_of(rule: Rule, facts: Facts) -> Reason:
    """Return why a rule fired, with the scores in its words."""
    names = (*rule.when.names(), *_HOLE.findall(rule.found + rule.think))
    known = {name: facts.scores.get(name) for name in names}
    return Reason(
        rule=rule.key,
        title=rule.title,
        outcome=rule.outcome,
        found=_filled(rule.found, facts),
        words=rule.words,
        states=rule.states,
        think=_filled(rule.think, facts),
        rests_on={name: value for name, value in known.items() if value is not None},
        sources=rule.sources,
        lines=rule.lines,
        stops=rule.stops,
        at_once=rule.at_once,
        shown=rule.shown,
    )


def _filled(words: str, facts: Facts) -> str:
    def number(hole: re.Match[str]) -> str:
        value = facts.scores.get(hole[1])
        return "–" if value is None else f"{round(value, 1):g}"

    return _HOLE.sub(number, words)
