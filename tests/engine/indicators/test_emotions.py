from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.indicators import INDICATORS, course

SAD = ("C", "I cried again.", {"emotions": ("sadness",)})
GLAD = ("C", "It felt good.", {"emotions": ("joy", "relief")})
PLAIN = ("C", "It was noon.", {"emotions": ("neutral",)})
LINES = st.lists(st.sampled_from([SAD, GLAD, PLAIN, ("T", "Mm."), ("T", "And then?")]), max_size=40)


def test_shares_are_of_the_clients_utterances(coded: Any) -> None:
    told = coded(*[SAD, ("T", "Yes.")] * 3, *[GLAD] * 2, *[PLAIN] * 5)
    assert INDICATORS["negative_emotion_share"](told).value == pytest.approx(0.3)
    assert INDICATORS["positive_emotion_share"](told).value == pytest.approx(0.2)
    assert INDICATORS["negative_emotion_share"](told).n == 10


def test_the_change_runs_from_the_first_third_to_the_last(coded: Any) -> None:
    told = coded(*[SAD] * 4, *[PLAIN] * 2, *[GLAD] * 6, *[SAD] * 1, *[PLAIN] * 5)
    found = INDICATORS["negative_emotion_change"](told)
    assert found.value == pytest.approx(1 / 6 - 4 / 6)
    assert found.interval == pytest.approx((found.value, found.value))


def test_too_short_a_third_has_no_change(coded: Any) -> None:
    found = INDICATORS["negative_emotion_change"](coded(*[SAD] * 9))
    assert found.missing == (
        "not enough talk: 3 utterances in the shorter third, at least 5 are needed"
    )


def test_a_client_who_is_silent_at_the_end_has_no_change(coded: Any) -> None:
    found = INDICATORS["negative_emotion_change"](coded(*[SAD] * 12, *[("T", "Mm, yes, so.")] * 12))
    assert found.value is None
    assert found.missing is not None


def test_a_stretch_without_the_client_has_no_share(coded: Any) -> None:
    first, last = course(coded(SAD, ("T", "Yes, I see.")), parts=2)
    assert (first.negative_share, first.positive_share) == (1, 0)
    assert (last.negative_share, last.positive_share) == (None, None)


@given(LINES, st.integers(1, 12))
def test_the_course_holds_every_utterance_once(coded: Any, lines: Any, parts: int) -> None:
    found = course(coded(*lines), parts)
    assert len(found) == parts
    assert [one.first for one in found[1:]] == [one.last for one in found[:-1]]
    assert (found[0].first, found[-1].last) == (0, len(lines))
    assert sum(one.said for one in found) == sum(who == "C" for who, *_ in lines)
    assert all(one.negative + one.positive <= one.said for one in found)


@given(LINES)
def test_a_course_read_backwards_changes_the_other_way(coded: Any, lines: Any) -> None:
    there = INDICATORS["negative_emotion_change"](coded(*lines)).value
    assert there is None or -1 <= there <= 1
