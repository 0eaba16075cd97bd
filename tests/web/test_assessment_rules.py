"""The assessment's rules, case by case: what fires each, and what comes close and doesn't."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from holdfast_web.fit.assessment import Facts, assess, kept, restored, shipped_questions
from holdfast_web.fit.assessment.conditions import Several
from holdfast_web.fit.assessment.reading import condition_of, rules_in, shipped_rules, sources_in
from holdfast_web.fit.assessment.taking import WrongData
from holdfast_web.fit.problems import shipped_pages

TABLE = tomllib.loads(Path(__file__).with_name("assessment_cases.toml").read_text("utf-8"))
CASES = TABLE["case"]
RULES = shipped_rules().rules


def facts_with(changes: dict[str, Any]) -> Facts:
    """Return the facts of somebody whom nothing troubles, with changes."""
    told = {**TABLE["nobody"], **changes}
    problems = tuple(told.pop("problems", ()))
    left_open = told.pop("open", [])
    known = {name: value for name, value in told.items() if name not in left_open}
    return Facts(
        scores={name: value for name, value in known.items() if not isinstance(value, bool)},
        flags={name: value for name, value in known.items() if isinstance(value, bool)},
        problems=problems,
    )


def fired(facts: Facts) -> list[str]:
    return [one.rule for one in assess(facts).reasons]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']}: {case['with']}")
def test_a_rule_fires_and_its_neighbour_does_not(case: dict[str, Any]) -> None:
    facts = facts_with(case["with"])
    assert case["rule"] in fired(facts)
    assert assess(facts).outcome == case["outcome"]
    assert case["rule"] not in fired(facts_with(case["not_with"]))


def test_every_rule_has_its_case() -> None:
    assert {case["rule"] for case in CASES} == {one.key for one in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_a_rule_says_where_it_comes_from_and_is_worded_as_what_it_is(rule: Any) -> None:
    assert rule.sources
    if rule.states == "fact":
        assert all(one.checked == "yes" for one in rule.sources)
    if rule.states == "usual":
        assert "usual" in rule.words
    if rule.states == "choice":
        assert not any(word in rule.words for word in ("shown to help", "evidence", "studies"))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_the_words_to_a_person_diagnose_and_grade_nobody(rule: Any) -> None:
    said = f"{rule.found} {rule.words}"
    for word in ("disorder", "you have depression", "patient", "severe depression", "suffer"):
        assert word not in said.replace("spoke of bipolar disorder", ""), word
    assert "!" not in said


def test_a_score_stands_in_the_words_and_in_what_they_rest_on() -> None:
    reason = assess(facts_with({"phq-9": 17})).reasons[0]
    assert "17 of 27" in reason.found
    assert reason.rests_on == {"phq-9": 17}


def test_a_score_with_an_answer_filled_in_is_said_in_short() -> None:
    assert "came to 7.9 of 27" in assess(facts_with({"phq-9": 7.875})).reasons[0].found


def test_the_most_urgent_reason_stands_first() -> None:
    facts = facts_with({"phq-9": 12, "phq-9.q9": 1, "may_act": True, "psychosis": True})
    assert fired(facts)[:3] == ["may_act_now", "item_nine", "psychosis"]


def test_what_was_never_asked_because_the_flow_stopped_is_not_called_left_open() -> None:
    found = assess(Facts(flags={"may_act": True}))
    assert [one.rule for one in found.reasons] == ["may_act_now"]
    assert found.unanswered == ()


def test_what_was_left_open_is_named_in_words() -> None:
    assert assess(facts_with({"open": ["gad-7"]})).unanswered == ("the questions on worry",)


def test_a_result_is_kept_as_it_was_shown() -> None:
    found = assess(facts_with({"phq-9": 17, "partner": True, "csi-4": 3}))
    assert restored(kept(found)) == found


def test_rules_ask_only_for_what_is_asked() -> None:
    known = shipped_questions()
    flags = {one.flag for one in known.questions if one.kind == "yes_no"} | {"too_young"}
    flags |= {option.key for one in known.questions for option in one.options}
    names = {name.partition(".")[0] for rule in RULES for name in rule.when.names()}
    instruments = {"phq-9", "gad-7", "pc-ptsd-5", "pcl-5", "csi-4", "c-ssrs"}
    assert names <= flags | {one.key for one in known.problems} | instruments


def test_every_question_on_risk_has_a_rule() -> None:
    asked = {
        name
        for one in shipped_questions().questions
        if one.risk
        for name in ([option.key for option in one.options] or [one.flag])
    }
    assert asked <= {name for rule in RULES for name in rule.when.names()}


def test_a_problem_leads_only_to_a_page_that_is_there() -> None:
    pages = {one.page for one in shipped_questions().problems if one.page}
    assert pages == set(shipped_pages())


SOURCES = sources_in({"a": {"cite": "A", "checked": "no"}})
VERSION = 'version = "1"\n'
RULE = """
[[rule]]
key = "one"
title = "One"
when = {when}
outcome = "{outcome}"
words = "{words}"
states = "{states}"
think = "Think."
sources = {sources}
"""
GOOD = {
    "when": '{ told = "afraid" }',
    "outcome": "talk",
    "words": "Let's talk.",
    "states": "choice",
    "sources": '["a"]',
}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"when": '{ told = "afraid", at_least = 3 }'}, "unknown at_least"),
        ({"when": "{ }"}, "write any, all, none"),
        ({"when": '{ score = "phq-9", at_least = "high" }'}, "should be a number"),
        ({"outcome": "fine"}, "outcome is 'fine'"),
        ({"sources": "[]"}, "has no source"),
        ({"sources": '["b"]'}, "no source is called b"),
        ({"states": "fact"}, "a was not checked"),
        ({"states": "usual"}, 'say "usually"'),
        ({"words": " "}, "words should be a text"),
    ],
)
def test_rules_that_are_wrong_say_where_and_why(change: dict[str, str], says: str) -> None:
    text = VERSION + RULE.format(**{**GOOD, **change})
    with pytest.raises(WrongData, match=says) as raised:
        rules_in(text, SOURCES)
    assert "rule one" in str(raised.value)


def test_two_rules_of_one_name_are_refused() -> None:
    rule = RULE.format(**GOOD)
    with pytest.raises(WrongData, match="twice"):
        rules_in(VERSION + rule + rule, SOURCES)


def test_a_text_that_is_no_toml_is_refused_in_words() -> None:
    with pytest.raises(WrongData, match="rules: "):
        rules_in("version = ", SOURCES)


def test_another_text_is_another_edition() -> None:
    text = VERSION + RULE.format(**GOOD)
    other = text.replace("talk.", "speak.")
    assert rules_in(text, SOURCES).version != rules_in(other, SOURCES).version


def test_a_condition_reads_in_words() -> None:
    told = {"all": [{"score": "gad-7", "at_least": 5, "below": 10}, {"none": [{"main": "panic"}]}]}
    condition = condition_of(told, "here")
    assert isinstance(condition, Several)
    assert condition.words() == "(`gad-7` at least 5 and below 10 and not: panic matters most)"
