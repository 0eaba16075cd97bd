from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.indicators import INDICATORS
from holdfast.indicators.turns import minutes, turns

LINES = st.lists(st.tuples(st.sampled_from("TC"), st.integers(0, 30)), max_size=40)
OTHER = {"T": "C", "C": "T"}


def session_of(coded: Any, lines: list[tuple[str, int]]) -> Any:
    return coded(*((who, "word " * count) for who, count in lines))


def test_talk_share_is_the_therapists_words_of_all_words(coded: Any) -> None:
    told = coded(("T", "word " * 30), ("C", "word " * 90), ("O", "word " * 500))
    share = INDICATORS["talk_share"](told)
    assert share.value == 0.25
    assert (share.n, share.of) == (120, "words")
    assert share.interval is None


def test_a_brief_transcript_says_that_there_is_not_enough_talk(coded: Any) -> None:
    share = INDICATORS["talk_share"](coded(("T", "How are you?"), ("C", "Tired.")))
    assert share.value is None
    assert share.missing == "not enough talk: 4 words, at least 100 are needed"


def test_talking_time_needs_ends(coded: Any) -> None:
    share = INDICATORS["talk_time_share"](coded(("T", "Hello.", {}, 1.0), ("C", "Hi.", {}, 2.0)))
    assert share.value is None
    assert share.missing == "not applicable: the transcript has no end times"


def test_talking_time_is_shared_by_seconds(coded: Any) -> None:
    told = coded(("T", "Hello.", {}, 0.0, 30.0), ("C", "Well.", {}, 35.0, 125.0))
    share = INDICATORS["talk_time_share"](told)
    assert share.value == 0.25
    assert share.n == 120


def test_consecutive_utterances_of_one_role_are_one_turn(coded: Any) -> None:
    told = coded(
        ("T", "Hello."), ("T", "Come in."), ("C", "Thank you."), ("O", "Tea?"), ("C", "Yes.")
    )
    assert [len(turn.utterances) for turn in turns(told.session)] == [2, 1, 1, 1]
    assert INDICATORS["turns"](told).value == 3


def test_words_per_turn_are_a_mean_over_turns(coded: Any) -> None:
    told = coded(*[("T", "one two"), ("C", "one two three four")] * 5)
    assert INDICATORS["therapist_words_per_turn"](told).value == 2
    assert INDICATORS["client_words_per_turn"](told).value == 4


def test_a_session_lasts_from_its_first_time_to_its_last(coded: Any) -> None:
    assert minutes(coded(("T", "a", {}, 60.0), ("C", "b", {}, 120.0, 240.0)).session) == 3
    assert minutes(coded(("T", "a"), ("C", "b")).session) is None


@given(LINES)
def test_swapping_the_speakers_turns_the_talk_share_round(coded: Any, lines: Any) -> None:
    share = INDICATORS["talk_share"](session_of(coded, lines)).value
    swapped = INDICATORS["talk_share"](
        session_of(coded, [(OTHER[who], count) for who, count in lines])
    ).value
    if share is None:
        assert swapped is None
    else:
        assert 0 <= share <= 1
        assert share + swapped == pytest.approx(1)


@pytest.mark.parametrize("nothing", ["...", "—", "[silence]", "(nods)", "… [cries]"])
def test_a_line_without_words_adds_neither_words_nor_a_turn(coded: Any, nothing: str) -> None:
    lines = [("T", "one two three four five"), ("C", "six seven eight nine ten")] * 10
    spoken, silent = coded(*lines), coded(*lines, ("T", "Well?"), ("C", nothing))
    assert INDICATORS["talk_share"](spoken).value == 0.5
    assert INDICATORS["talk_share"](silent).value == 51 / 101
    assert INDICATORS["turns"](silent).value == INDICATORS["turns"](spoken).value + 1
    assert INDICATORS["client_words_per_turn"](silent).value == 5


def test_someone_who_says_nothing_in_words_has_no_words_per_turn(coded: Any) -> None:
    told = coded(*[("T", "How are you?"), ("C", "[silence]")] * 10)
    assert INDICATORS["client_words_per_turn"](told).missing == (
        "not enough talk: 0 turns, at least 5 are needed"
    )
