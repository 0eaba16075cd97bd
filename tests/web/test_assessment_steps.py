"""Which question comes when: nobody is asked what isn't about them, and danger stops the rest."""

from __future__ import annotations

import re

import pytest

from holdfast_web.fit.assessment import (
    Facts,
    assess,
    facts_from,
    next_step,
    questions_of,
    shipped_questions,
    steps_for,
)
from holdfast_web.fit.assessment.questions import flags_of, questions_in
from holdfast_web.fit.assessment.taking import WrongData

FIRST = ("now", "brings", "about")


def keys(facts: Facts, done: tuple[str, ...] = (), *, with_scale: bool = False) -> list[str]:
    return [one.key for one in steps_for(facts, done, with_scale=with_scale)]


def test_what_everybody_is_asked_in_its_order() -> None:
    asked = ["now", "brings", "about", "phq-9", "gad-7", "pc-ptsd-5", "c-nip", "practical"]
    assert keys(Facts()) == asked


def test_danger_is_asked_for_before_anything_else() -> None:
    step = next_step(Facts(), ())
    assert step is not None
    assert step.key == "now"


@pytest.mark.parametrize(("answer", "asked"), [(0, False), (1, True), (3, True), (None, True)])
def test_item_nine_calls_for_the_plain_questions(answer: int | None, asked: bool) -> None:
    facts = Facts(scores={"phq-9.q9": answer})
    assert ("safety" in keys(facts, (*FIRST, "phq-9"))) is asked


def test_item_nine_is_not_called_left_open_before_it_was_asked() -> None:
    assert "safety" not in keys(Facts())


def test_the_scale_is_asked_only_where_the_practice_added_its_words() -> None:
    facts = Facts(scores={"phq-9.q9": 1})
    assert "c-ssrs" not in keys(facts)
    assert keys(facts, with_scale=True)[4:6] == ["c-ssrs", "safety"]
    assert [one.key for one in questions_of("safety", with_scale=True)] == ["safe_here", "near"]


@pytest.mark.parametrize(
    ("signs", "woman", "asked"),
    [(4, None, True), (3, None, False), (3, True, True), (3, False, False), (None, True, False)],
)
def test_the_longer_questionnaire_on_trauma_follows_a_positive_one(
    signs: int | None, woman: bool | None, asked: bool
) -> None:
    facts = Facts(scores={"pc-ptsd-5": signs}, flags={"woman": woman})
    assert ("pcl-5" in keys(facts)) is asked


@pytest.mark.parametrize(("partner", "asked"), [(True, True), (False, False), (None, False)])
def test_only_somebody_with_a_partner_is_asked_about_the_two(
    partner: bool | None, asked: bool
) -> None:
    assert ("csi-4" in keys(Facts(flags={"partner": partner}))) is asked


@pytest.mark.parametrize("flag", ["ending", "could_act", "unsafe_here"])
def test_any_yes_to_the_questions_on_safety_stops_the_flow(flag: str) -> None:
    facts = Facts(scores={"phq-9.q9": 1}, flags={flag: True})
    assert next_step(facts, (*FIRST, "phq-9", "safety")) is None
    assert assess(facts).reaches_a_person


def test_after_a_no_to_them_somebody_may_go_on_and_still_reaches_a_person() -> None:
    told = {"ending": "no", "could_act": "no", "safe_here": "yes", "now": ["none"]}
    facts = facts_from(told, {"phq-9": {"q9": 1}})
    step = next_step(facts, (*FIRST, "phq-9", "safety"))
    assert step is not None
    assert step.key == "gad-7"
    assert assess(facts).reaches_a_person


def test_whoever_is_too_young_is_asked_nothing_more() -> None:
    told = {"now": ["none"], "age": 15}
    assert next_step(facts_from(told, {}), FIRST) is None
    assert next_step(facts_from(told, {}, youngest=14), FIRST) is not None


def test_none_of_these_is_a_no_and_no_tick_is_none() -> None:
    now = questions_of("now")[0]
    assert set(flags_of(now, ["none"]).values()) == {False}
    assert set(flags_of(now, []).values()) == {None}
    assert set(flags_of(now, None).values()) == {None}
    assert flags_of(now, ["may_act", "none"])["may_act"] is True


@pytest.mark.parametrize("answer", ["maybe", 7, {"a": 1}, ["sure"], "", b"none", True])
def test_an_answer_that_was_never_offered_stays_open(answer: object) -> None:
    for question in shipped_questions().questions:
        assert not any(one is not None for one in flags_of(question, answer).values())


def test_the_questions_on_safety_are_plain_and_no_scale() -> None:
    asked = questions_of("safety")
    assert asked[0].words == "Are you thinking of ending your life?"
    assert {one.kind for one in asked} == {"yes_no", "words"}
    assert all(one.risk for one in asked if one.kind == "yes_no")


def test_every_step_of_our_own_has_a_lead_and_questions() -> None:
    ours = {one.key for one in steps_for(Facts(scores={"phq-9.q9": 1})) if one.kind == "ours"}
    assert ours == set(shipped_questions().leads)
    assert all(questions_of(step) for step in ours)


def test_no_key_stands_for_two_things() -> None:
    known = shipped_questions()
    names = [one.flag for one in known.questions if one.kind == "yes_no"]
    names += [option.key for one in known.questions for option in one.options]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z_]+", name) for name in names)


def test_questions_that_are_wrong_say_where_and_why() -> None:
    text = 'version = "1"\n[[step]]\nkey = "now"\ntitle = "Now"\nlead = "Now."\n'
    with pytest.raises(WrongData, match="question now: kind is 'slider'"):
        questions_in(
            text + '[[question]]\nkey = "now"\nstep = "now"\nkind = "slider"\nwords = "?"\n'
            '[[problem]]\nkey = "a"\nwords = "A"\n'
        )
