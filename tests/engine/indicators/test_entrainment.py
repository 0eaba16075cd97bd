from __future__ import annotations

from itertools import permutations
from statistics import mean
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.indicators import INDICATORS
from holdfast.indicators.entrainment import replies, shuffled, taken_up
from holdfast.indicators.words import stem
from holdfast.session import Role

TOPICS = [
    "garden",
    "sister",
    "winter",
    "bicycle",
    "letter",
    "kitchen",
    "hospital",
    "music",
    "bed",
    "hat",
]
STEMS = st.frozensets(st.sampled_from(TOPICS), min_size=1, max_size=4)
PAIRS = st.lists(st.tuples(STEMS, STEMS), min_size=1, max_size=5)


def echoing(coded: Any, shift: int) -> Any:
    lines = []
    for place in range(len(TOPICS)):
        lines.append(("C", f"I keep thinking of the {TOPICS[place]}"))
        lines.append(("T", f"The {TOPICS[(place + shift) % len(TOPICS)]}."))
    return coded(*lines)


def test_echoing_the_turn_before_is_entrainment(coded: Any) -> None:
    # every reply's one content word stands in the turn before; shuffled, one in ten would
    found = INDICATORS["therapist_entrainment"](echoing(coded, 0))
    assert found.value == pytest.approx(1 - 1 / 10)
    assert found.n == 10


def test_sharing_words_without_taking_them_up_in_turn_is_not(coded: Any) -> None:
    found = INDICATORS["therapist_entrainment"](echoing(coded, 3))
    assert found.value == pytest.approx(0 - 1 / 10)


def test_both_directions_are_measured_apart(coded: Any) -> None:
    told = echoing(coded, 0)
    assert len(replies(told.session, Role.CLIENT)) == 9
    assert INDICATORS["client_entrainment"](told).missing == (
        "not enough talk: 9 replies with content words, at least 10 are needed"
    )


def test_turns_without_content_words_are_passed_over(coded: Any) -> None:
    told = coded(("C", "My sister wrote."), ("T", "Mm-hm."), ("C", "A letter."), ("T", "A letter?"))
    assert replies(told.session, Role.THERAPIST) == [(frozenset({"letter"}), frozenset({"letter"}))]


@given(PAIRS)
def test_the_baseline_is_the_mean_over_every_shuffling(pairs: Any) -> None:
    turns, answers = zip(*pairs, strict=True)
    each = [taken_up(list(zip(order, answers, strict=True))) for order in permutations(turns)]
    assert shuffled(pairs) == pytest.approx(mean(each))


@given(PAIRS)
def test_entrainment_lies_between_minus_one_and_one(pairs: Any) -> None:
    assert 0 <= taken_up(pairs) <= 1
    assert 0 <= shuffled(pairs) <= 1


def test_it_is_zero_where_the_order_makes_no_difference(coded: Any) -> None:
    told = coded(*[("C", "The garden is wet."), ("T", "The garden.")] * 10)
    assert INDICATORS["therapist_entrainment"](told).value == pytest.approx(0)


@pytest.mark.parametrize(
    ("one", "other"),
    [("smoke", "smoking"), ("worry", "worries"), ("stopped", "stop"), ("cried", "cry")],
)
def test_forms_of_one_word_meet(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["bus", "stress", "need", "sing", "bed"])
def test_endings_that_belong_to_the_word_stay(word: str) -> None:
    assert stem(word) == word
