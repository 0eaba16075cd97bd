from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.indicators import INDICATORS, Status
from holdfast.indicators.style import matching, profile
from holdfast.indicators.words import pieces, style_words

STYLE = INDICATORS["style_matching"]
SMALL = sorted(set().union(*style_words().values()))
TALK = st.lists(st.sampled_from([*SMALL, "river", "morning", "walk"]), min_size=50, max_size=120)


def test_the_formula_by_hand() -> None:
    # articles 6 % and 2 %: 1 - 4/8.0001; negations 1 % and 1 %: 1
    found = matching({"articles": 0.06, "negations": 0.01}, {"articles": 0.02, "negations": 0.01})
    assert found == pytest.approx((1 - 4 / 8.0001 + 1) / 2)


def test_a_profile_is_the_share_of_words_in_nine_categories() -> None:
    found = profile(pieces("I don't know if the dog is very happy"))
    assert len(found) == 9
    assert found["personal_pronouns"] == pytest.approx(1 / 10)
    assert found["negations"] == pytest.approx(1 / 10)
    assert found["auxiliary_verbs"] == pytest.approx(2 / 10)


def test_one_style_matches_itself(coded: Any) -> None:
    text = "I was so tired that I did not want to go there with all of them, but it is done. " * 4
    assert STYLE(coded(("T", text), ("C", text))).value == pytest.approx(1)


def test_nothing_in_common_comes_close_to_zero(coded: Any) -> None:
    ours = " ".join(sorted(style_words()["articles"])) + " house"
    profiles = [
        {name: float(name in chosen) / 5 for name in style_words()}
        for chosen in (list(style_words())[:5], list(style_words())[5:])
    ]
    assert matching(*profiles) < 0.001
    assert STYLE(coded(("T", f"{ours} " * 20), ("C", "never not no nobody " * 20))).value < 0.8


def test_under_fifty_words_of_either_there_is_no_value(coded: Any) -> None:
    found = STYLE(coded(("T", "you and me " * 100), ("C", "I am the one " * 12)))
    assert found.missing == (
        "not enough talk: 48 words of the one who said less, at least 50 are needed"
    )


def test_words_of_another_language_are_not_measured(coded: Any) -> None:
    german = "Ich habe heute wieder schlecht geschlafen und weiß nicht weiter " * 10
    assert STYLE(coded(("T", german), ("C", german))).missing == (
        "not applicable: too few of the words are in the English word lists"
    )


def test_it_is_marked_experimental_with_its_source(coded: Any) -> None:
    found = STYLE(coded(("T", "Hello."), ("C", "Hello.")))
    assert found.status is Status.EXPERIMENTAL
    assert "10.1037/a0020386" in found.source


@given(TALK, TALK)
def test_matching_is_between_zero_and_one_and_the_same_both_ways(
    coded: Any, one: list[str], other: list[str]
) -> None:
    there = STYLE(coded(("T", " ".join(one)), ("C", " ".join(other)))).value
    back = STYLE(coded(("T", " ".join(other)), ("C", " ".join(one)))).value
    assert there == (None if back is None else pytest.approx(back))
    if there is not None:
        assert 0 <= there <= 1


def test_contractions_are_spelled_out() -> None:
    told = pieces("We’ll see; they won't, it's Sam's and I'd let's go")
    assert " ".join(told) == "we will see they will not it is sam and i would let us go"
