"""Scoring: what is refused, conditions of three values, levels, and whose answers alert."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import numpy as np
import pytest

from holdfast.instruments import AnswerError, Condition, load_instrument, safety_flags, score
from holdfast.instruments.responses import Response, score_response


def test_an_item_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(AnswerError) as refused:
        score(load_instrument("gad-7"), {"q8": 3})
    assert str(refused.value) == ("GAD-7 has no item 'q8'. Its items: q1, q2, q3, q4, q5, q6, q7.")


@pytest.mark.parametrize("answer", [4, -1, 1.5, "I want to die", "2", True, float("nan")])
def test_a_value_that_is_not_offered_is_refused_and_not_repeated(answer: float | str) -> None:
    with pytest.raises(AnswerError) as refused:
        score(load_instrument("phq-9"), {"q9": answer})
    assert str(refused.value) == "q9: the answer is none of 0, 1, 2, 3."


def test_an_open_line_takes_any_words_and_counts_nowhere() -> None:
    result = score(load_instrument("check-in"), {"note": "It was a hard week."})
    assert (result.answered, result.asked, result.total) == (0, 6, None)


def test_the_question_on_difficulty_is_not_counted() -> None:
    phq9 = load_instrument("phq-9")
    answers = {f"q{n}": 0 for n in range(1, 10)}
    assert score(phq9, {**answers, "difficulty": 3}).total == 0
    assert score(phq9, answers).total == 0


@pytest.mark.parametrize("kind", [np.int64, np.int8, np.float32, np.float64, Decimal])
def test_answers_from_other_libraries_alert_as_well(kind: type) -> None:
    result = score(load_instrument("phq-9"), {f"q{n}": kind(1) for n in range(1, 10)})
    assert result.total == 9
    assert type(result.total) in {int, float, np.float64}
    assert [one.item for one in result.safety] == ["q9"]
    assert [one.item for one in safety_flags(load_instrument("phq-9"), {"q9": kind(1)})] == ["q9"]


def test_nothing_answered_is_no_score_and_says_why() -> None:
    result = score(load_instrument("phq-9"), {})
    assert result.total is None
    assert result.scales[0].missing == "9 of 9 answers are missing, no more than 2 may be"
    assert (result.answered, result.asked, result.safety) == (0, 9, ())


def test_safety_flags_need_no_valid_other_answers() -> None:
    flags = safety_flags(load_instrument("phq-9"), {"q9": 3, "q1": 99, "q2": "x", "nothing": 1})
    assert [(one.item, one.answer) for one in flags] == [("q9", 3)]


# Whose answers alert


def test_a_therapists_guess_is_scored_and_raises_no_safety_flag() -> None:
    answers = {f"q{n}": 3 for n in range(1, 10)}
    phq9 = load_instrument("phq-9")
    own = score_response(phq9, Response("phq-9", answers))
    guess = score_response(phq9, Response("phq-9", answers, respondent="therapist"))
    assert (own.total, guess.total) == (27, 27)
    assert [one.item for one in own.safety] == ["q9"]
    assert guess.safety == ()


def test_an_unreadable_answer_takes_only_the_scales_that_need_it() -> None:
    answers = {f"q{n}": 1 for n in range(1, 9)}
    result = score_response(
        load_instrument("phq-9"), Response("phq-9", answers, unreadable=("q9",))
    )
    assert result.scale("total").missing == "the answer to q9 can't be read"
    assert (result.scale("total").value, result.scale("total").band) == (None, "")
    assert (result.scale("phq-2").value, result.scale("phq-8").value) == (2, 8)


def test_an_unreadable_answer_is_not_filled_in_and_does_not_hide_an_alert() -> None:
    answers = {f"q{n}": 1 for n in range(2, 10)}
    result = score_response(
        load_instrument("phq-9"), Response("phq-9", answers, unreadable=("q1",))
    )
    assert result.total is None
    assert [one.item for one in result.safety] == ["q9"]


# Conditions of three values


@pytest.mark.parametrize(
    ("answers", "holds"),
    [
        ({"a": 2, "b": 2}, True),
        ({"a": 2, "b": 2, "c": 0}, True),
        ({"a": 2, "b": 1}, None),
        ({"a": 2, "b": 1, "c": 1}, False),
        ({"a": 1, "b": 1}, False),
        ({"a": 2}, None),
        ({"a": 1}, None),
        ({}, None),
    ],
)
def test_a_condition_is_open_while_a_missing_answer_could_decide(
    answers: dict[str, float], holds: bool | None
) -> None:
    assert Condition(("a", "b", "c"), (2, 2, 2), count=2).holds(answers) is holds


def test_an_open_condition_is_open_exactly_if_answers_both_ways_exist() -> None:
    condition = Condition(("a", "b", "c"), (1, 2, 3), count=2)
    for given in product((None, 0, 1, 2, 3), repeat=3):
        known = {name: one for name, one in zip("abc", given, strict=True) if one is not None}
        gaps = [name for name in "abc" if name not in known]
        ends = {
            condition.holds({**known, **dict(zip(gaps, filled, strict=True))})
            for filled in product((0, 3), repeat=len(gaps))
        }
        assert condition.holds(known) is (ends.pop() if len(ends) == 1 else None)


@pytest.mark.parametrize(
    ("answers", "holds"),
    [
        ([2, 0, 2, 2, 2, 2, 0, 0, 0], True),
        ([2, 0, 2, 2, 2, 0, 0, 0, 1], True),  # the ninth counts from 1 on
        ([2, 0, 2, 2, 1, 0, 0, 0, 1], False),
        ([1, 1, 2, 2, 2, 2, 2, 0, 0], False),  # neither of the first two
        ([2, 0, 2, 2, 2, None, 0, 0, 0], None),
        ([None, 1, 2, 2, 2, 2, 2, 0, 0], None),
        ([1, 1, None, None, None, None, None, None, None], False),
    ],
)
def test_phq_9_pattern(answers: list[float | None], holds: bool | None) -> None:
    given = {f"q{n}": one for n, one in enumerate(answers, start=1)}
    (finding,) = score(load_instrument("phq-9"), given).findings
    assert finding.holds is holds


# Levels


@pytest.mark.parametrize(
    ("answers", "level", "open_"),
    [
        ({}, None, True),
        ({"q6_recent": 1}, "high", False),
        ({"q4": 1}, "high", False),
        ({"q2": 0, "q4": 1}, "high", False),  # against the skip, and never below what was said
        ({"q1": 1}, "low", True),
        ({"q1": 1, "q2": 0}, "low", True),
        ({"q1": 1, "q2": 0, "q6": 0}, "low", False),
        ({"q2": 1, "q6": 0}, "low", True),
        ({"q2": 1, "q3": 1, "q6": 0}, "moderate", True),
        ({"q2": 1, "q3": 1, "q4": 0, "q5": 0, "q6": 0}, "moderate", False),
        ({"q1": 0, "q2": 0, "q6": 1}, "moderate", True),
        ({"q1": 0, "q6": 0}, None, True),
        ({"q2": 0, "q6": 0}, None, True),
        ({"q1": 0, "q2": 0, "q6": 0}, "none", False),
    ],
)
def test_c_ssrs_level_with_missing_answers(
    answers: dict[str, float], level: str | None, open_: bool
) -> None:
    result = score(load_instrument("c-ssrs"), answers)
    assert (result.level.name if result.level else None) == level
    assert (result.level_missing is not None) is open_


def test_c_ssrs_says_a_level_is_sure_only_if_no_missing_answer_could_raise_it() -> None:
    c_ssrs = load_instrument("c-ssrs")
    names = [one.name for one in c_ssrs.items]
    for given in product((None, 0, 1), repeat=len(names)):
        known = {name: one for name, one in zip(names, given, strict=True) if one is not None}
        result = score(c_ssrs, known)
        skipped = {"q3", "q4", "q5"} if known.get("q2") == 0 else set()
        skipped |= {"q6_recent"} if known.get("q6") == 0 else set()
        yes = dict.fromkeys(set(names) - set(known) - skipped, 1)
        if result.level is not None:
            same = score(c_ssrs, {**known, **yes}).level == result.level
            assert same is (result.level_missing is None)
        assert [one.item for one in result.safety] == [n for n in names if known.get(n) == 1]


def test_c_ssrs_is_clear_only_if_every_question_that_is_asked_was_answered_no() -> None:
    c_ssrs = load_instrument("c-ssrs")
    names = [one.name for one in c_ssrs.items]
    for given in product((None, 0, 1), repeat=len(names)):
        known = {name: one for name, one in zip(names, given, strict=True) if one is not None}
        level = score(c_ssrs, known).level
        clear = {"q1", "q2", "q6"} <= set(known) and not any(known.values())
        assert (level is not None and level.name == "none") is clear


def test_instruments_without_levels_have_none_and_miss_none() -> None:
    result = score(load_instrument("phq-9"), {})
    assert (result.level, result.level_missing) == (None, None)
