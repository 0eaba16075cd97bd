"""What holds for every combination of answers: nothing falls through, and risk always wins."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast_web.fit.assessment import (
    Facts,
    Outcome,
    assess,
    kept,
    next_step,
    restored,
    shipped_questions,
    steps_for,
)

SCORES = {
    "phq-9": 27, "phq-9.q9": 3, "gad-7": 21, "pc-ptsd-5": 5, "pcl-5": 80, "pcl-5.q16": 4,
    "csi-4": 21, "c-ssrs.q1": 1, "c-ssrs.q2": 1, "c-ssrs.q3": 1, "c-ssrs.q4": 1, "c-ssrs.q5": 1,
    "c-ssrs.q6": 1, "c-ssrs.q6_recent": 1,
}  # fmt: skip
FLAGS = (
    "medical_emergency", "may_act", "unsafe_now", "may_hurt", "intoxicated", "too_young",
    "partner", "afraid", "psychosis", "mania", "eating", "substance", "confusion", "woman",
    "ending", "could_act", "unsafe_here",
)  # fmt: skip
RISKS: dict[str, Any] = {
    **dict.fromkeys(("phq-9.q9", "c-ssrs.q1", "c-ssrs.q2", "c-ssrs.q3", "c-ssrs.q4"), 1),
    **dict.fromkeys(("c-ssrs.q5", "c-ssrs.q6", "c-ssrs.q6_recent"), 1),
    **dict.fromkeys(("medical_emergency", "may_act", "unsafe_now", "may_hurt"), True),
    **dict.fromkeys(("afraid", "ending", "could_act", "unsafe_here"), True),
}
"""Each of these alone is a sign that somebody may not be safe."""
ASKED_OF_EVERYBODY = ("phq-9.q9", "unsafe_now", "afraid")

facts = st.builds(
    Facts,
    scores=st.fixed_dictionaries(
        {}, optional={name: st.none() | st.integers(0, top) for name, top in SCORES.items()}
    ),
    flags=st.fixed_dictionaries({}, optional=dict.fromkeys(FLAGS, st.none() | st.booleans())),
    problems=st.lists(
        st.sampled_from([one.key for one in shipped_questions().problems]), unique=True
    ).map(tuple),
)
done = st.sets(st.sampled_from(["now", "brings", "about", "phq-9", "safety", "gad-7", "c-ssrs"]))


def with_risk(told: Facts, name: str) -> Facts:
    """Return facts with a sign of danger added."""
    if name in SCORES:
        return Facts({**told.scores, name: RISKS[name]}, told.flags, told.problems)
    return Facts(told.scores, {**told.flags, name: RISKS[name]}, told.problems)


def has_risk(told: Facts) -> bool:
    """Say whether there is a sign of danger."""
    known = {**told.scores, **told.flags}
    return any(known.get(name) is not None and bool(known[name]) for name in RISKS)


@given(facts)
@settings(max_examples=500)
def test_no_combination_of_answers_falls_through(told: Facts) -> None:
    found = assess(told)
    assert found.reasons
    assert found.for_the_person
    assert found.outcome is found.reasons[0].outcome
    assert all(one.sources and one.words and one.think for one in found.reasons)
    assert not any("{" in one.found + one.think for one in found.reasons)


@given(facts)
@settings(max_examples=500)
def test_risk_always_wins_and_nothing_else_says_talk_today(told: Facts) -> None:
    assert (assess(told).outcome is Outcome.TALK_TODAY) == has_risk(told)


@given(facts, st.sampled_from(sorted(RISKS)))
@settings(max_examples=500)
def test_a_sign_of_danger_never_lowers_the_urgency(told: Facts, risk: str) -> None:
    before, after = assess(told), assess(with_risk(told, risk))
    assert after.outcome.urgency >= before.outcome.urgency
    assert after.reaches_a_person
    assert after.at_once >= before.at_once


@given(facts, st.sampled_from(ASKED_OF_EVERYBODY))
@settings(max_examples=500)
def test_a_question_on_safety_that_was_left_open_is_never_taken_for_a_no(
    told: Facts, name: str
) -> None:
    flags = {**told.flags, "ending": None, "too_young": False}
    scores = {**told.scores, "c-ssrs.q6": None}
    (scores if name in SCORES else flags)[name] = None
    found = assess(Facts(scores, flags, told.problems))
    assert found.outcome in (Outcome.TALK, Outcome.TALK_TODAY)


@given(facts)
def test_the_same_answers_come_to_the_same_result_and_stay_as_they_were(told: Facts) -> None:
    before = (dict(told.scores), dict(told.flags), told.problems)
    first, second = assess(told), assess(told)
    assert first == second
    assert restored(kept(first)) == first
    assert (told.scores, told.flags, told.problems) == before


@given(facts)
def test_nobody_who_fears_somebody_or_left_it_open_is_sent_to_couple_therapy(told: Facts) -> None:
    if told.flags.get("afraid") is not False:
        assert "couple" not in [one.rule for one in assess(told).reasons]


@given(facts, done, st.booleans())
def test_a_next_step_is_one_that_is_there_and_was_not_done(
    told: Facts, handed_in: set[str], with_scale: bool
) -> None:
    step = next_step(told, handed_in, with_scale=with_scale)
    if assess(told).stops:
        assert step is None
    elif step:
        assert step in steps_for(told, handed_in, with_scale=with_scale)
        assert step.key not in handed_in


@given(facts, st.booleans())
def test_whoever_goes_on_comes_to_an_end(told: Facts, with_scale: bool) -> None:
    handed_in: list[str] = []
    while (step := next_step(told, handed_in, with_scale=with_scale)) is not None:
        handed_in.append(step.key)
        assert len(handed_in) <= 12
    assert len(handed_in) == len(set(handed_in))
