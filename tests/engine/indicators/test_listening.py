"""Reflections, questions, guidance, support and talk types, counted from codes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from holdfast.coding.codes import Code
from holdfast.indicators import INDICATORS, Status, measure

LISTENED = (
    *[("T", "You feel stuck.", {"reflection": "simple"})] * 6,
    *[("T", "You long for rest.", {"reflection": "complex"})] * 3,
    *[("T", "What helps?", {"question": "open"})] * 4,
    *[("T", "Did you sleep?", {"question": "closed"})] * 2,
    ("T", "You miss her. Was it long ago?", {"reflection": "complex", "question": "closed"}),
    ("T", "Sleep has phases.", {"input": "information"}),
    ("T", "Try to rest at noon.", {"input": "advice"}),
)


def test_reflections_and_questions_are_counted_where_they_are_held(coded: Any) -> None:
    told = coded(*LISTENED)
    assert INDICATORS["reflections"](told).value == 10
    assert INDICATORS["questions"](told).value == 7
    assert INDICATORS["information"](told).value == 1
    assert INDICATORS["advice"](told).value == 1


def test_the_ratio_is_reflections_by_questions(coded: Any) -> None:
    ratio = INDICATORS["reflection_to_question_ratio"](coded(*LISTENED))
    assert ratio.value == pytest.approx(10 / 7)
    assert (ratio.n, ratio.of) == (7, "questions")


def test_shares_of_kinds_stand_on_their_own_count(coded: Any) -> None:
    told = coded(*LISTENED)
    assert INDICATORS["complex_reflection_share"](told).value == pytest.approx(0.4)
    assert INDICATORS["open_question_share"](told).value == pytest.approx(4 / 7)


def test_a_coder_without_doubt_has_an_interval_without_width(coded: Any) -> None:
    told = coded(*LISTENED)
    for name in ("reflections", "complex_reflection_share", "reflection_to_question_ratio"):
        found = INDICATORS[name](told)
        assert found.interval == pytest.approx((found.value, found.value))


def test_three_reflections_are_not_enough_for_a_share(coded: Any) -> None:
    share = INDICATORS["complex_reflection_share"](coded(*LISTENED[:3]))
    assert (share.value, share.interval) == (None, None)
    assert share.missing == (
        "not enough talk: 3 reflections of a clear kind, at least 5 are needed"
    )


def test_a_ratio_without_questions_is_missing_and_not_zero_or_endless(coded: Any) -> None:
    ratio = INDICATORS["reflection_to_question_ratio"](coded(*LISTENED[:9]))
    assert ratio.value is None
    assert ratio.missing == "not enough talk: 0 questions, at least 5 are needed"


def test_a_silent_therapist_has_zero_reflections(coded: Any) -> None:
    assert INDICATORS["reflections"](coded(("T", "Hello."), ("C", "Hello."))).value == 0


def test_a_reflection_of_unsure_kind_counts_as_reflection_but_not_in_the_share(coded: Any) -> None:
    unsure = Code(
        "reflection",
        "complex",
        0.5,
        unsure=True,
        alternatives=(("none", 0.05), ("simple", 0.45), ("complex", 0.5)),
    )
    told = coded(*LISTENED, ("T", "It weighs on you.", {"reflection": unsure}))
    assert INDICATORS["reflections"](told).value == 11
    assert INDICATORS["complex_reflection_share"](told).n == 10


def test_codes_that_were_never_given_are_not_applicable(coded: Any) -> None:
    told = coded(*LISTENED)
    bare = replace(told, codes=tuple({} for _ in told.codes))
    for name in ("reflections", "judging_phrases", "change_talk_share", "openings_met_share"):
        found = INDICATORS[name](bare)
        assert found.value is None
        assert found.missing == "not applicable: the session was coded without it"


def test_rates_need_times_or_words(coded: Any) -> None:
    lines = [("T", "word " * 50, {"encourager": "present"}, 0.0), ("C", "word " * 150, {}, 240.0)]
    told = coded(*lines)
    assert INDICATORS["encouragers"](told).value == 1
    assert INDICATORS["encouragers_per_10_minutes"](told).value == pytest.approx(2.5)
    assert INDICATORS["encouragers_per_1000_words"](told).value == pytest.approx(5)
    timeless = coded(*(line[:3] for line in lines))
    assert INDICATORS["encouragers_per_10_minutes"](timeless).missing == (
        "not applicable: the transcript has no times"
    )
    assert INDICATORS["encouragers_per_1000_words"](timeless).value == pytest.approx(5)


def test_rule_codes_have_no_interval_and_say_so(coded: Any) -> None:
    told = coded(("T", "You should know better.", {"judging": "judging"}))
    found = INDICATORS["judging_phrases"](told)
    assert (found.value, found.interval) == (1, None)
    assert "no interval" in found.not_meaning


def test_change_talk_is_set_against_sustain_talk_only(coded: Any) -> None:
    told = coded(
        *[("C", "I want to stop.", {"talk": "change"})] * 3,
        *[("C", "I can't.", {"talk": "sustain"})] * 2,
        *[("C", "It rained.", {})] * 20,
    )
    assert INDICATORS["change_talk_share"](told).value == pytest.approx(0.6)


SUPPORT = {
    "encourager": "encouragers",
    "asking_for_feedback": "asking_for_feedback",
    "judging": "judging_phrases",
    "premature_reassurance": "premature_reassurance",
}


@pytest.mark.parametrize(("code", "name"), SUPPORT.items())
def test_a_rule_that_is_unsure_of_its_match_counts_nothing(
    coded: Any, code: str, name: str
) -> None:
    matched = Code(code, "present", by="rules")
    told = coded(
        ("T", "Mm-hm.", {code: matched}), ("T", "Mm-hm.", {code: replace(matched, unsure=True)})
    )
    assert INDICATORS[name](told).value == 1


def test_what_people_coded_counts_like_the_rules(coded: Any) -> None:
    told = coded(
        ("T", "You should know better.", {"judging": Code("judging", "judging", 1.0, "people")})
    )
    assert INDICATORS["judging_phrases"](told).value == 1


def test_only_the_signs_that_may_cost_support_are_experimental(coded: Any) -> None:
    told = coded(*LISTENED)
    status = {name: INDICATORS[name](told).status for name in SUPPORT.values()}
    assert status == {
        "encouragers": Status.DESCRIPTIVE,
        "asking_for_feedback": Status.COACHING,
        "judging_phrases": Status.EXPERIMENTAL,
        "premature_reassurance": Status.EXPERIMENTAL,
    }


def test_lines_without_words_have_no_codes_and_change_no_count(coded: Any) -> None:
    told = coded(*LISTENED, ("C", "I slept.", {"talk": "change"}))
    silent = coded(
        *LISTENED, ("C", "I slept.", {"talk": "change"}), ("T", "..."), ("C", "[silence]")
    )
    silent = replace(silent, codes=(*silent.codes[:-2], {}, {}))
    for one, other in zip(measure(told), measure(silent), strict=True):
        assert (one.name, one.value, one.interval) == (other.name, other.value, other.interval)
