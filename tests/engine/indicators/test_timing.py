from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.indicators import INDICATORS
from holdfast.indicators.timing import timed

TIMES = (
    "therapist_response_time",
    "client_response_time",
    "pauses",
    "overlaps",
    "therapist_interruptions",
    "client_interruptions",
)


def test_response_times_go_from_one_persons_end_to_the_others_start(coded: Any) -> None:
    lines, now = [], 0.0
    for wait in (1.0, 2.0, 3.0, 4.0, 10.0):
        lines += [
            ("C", "Well.", {}, now, now + 5),
            ("T", "Mm.", {}, now + 5 + wait, now + 6 + wait),
        ]
        now += 6.5 + wait
    told = coded(*lines)
    assert INDICATORS["therapist_response_time"](told).value == pytest.approx(3.0)
    assert INDICATORS["client_response_time"](told).value is None
    assert INDICATORS["client_response_time"](told).missing == (
        "not enough talk: 4 responses, at least 5 are needed"
    )


@pytest.mark.parametrize("name", TIMES)
def test_start_times_alone_are_not_enough(coded: Any, name: str) -> None:
    found = INDICATORS[name](coded(*[("T", "So?", {}, 1.0), ("C", "So.", {}, 2.0)] * 8))
    assert found.value is None
    assert found.missing == "not applicable: the transcript has no end times"


@pytest.mark.parametrize("name", TIMES)
def test_without_any_times_they_are_not_applicable(coded: Any, name: str) -> None:
    found = INDICATORS[name](coded(("T", "So?"), ("C", "So.")))
    assert found.missing == "not applicable: the transcript has no times"


def test_ends_that_only_repeat_the_next_start_are_not_believed(coded: Any) -> None:
    lines = [("TC"[i % 2], "Yes.", {}, float(i), float(i + 1)) for i in range(12)]
    assert timed(coded(*lines).session) == "the transcript's end times only repeat the next start"


def test_pauses_are_silences_of_three_seconds_whoever_speaks(coded: Any) -> None:
    told = coded(
        ("C", "I don't know.", {}, 0.0, 2.0),
        ("C", "It's just so much.", {}, 5.0, 7.0),
        ("T", "Yes.", {}, 9.9, 10.0),
        ("C", "Yes.", {}, 14.0, 15.0),
    )
    assert INDICATORS["pauses"](told).value == 2


def test_a_short_word_inside_long_talk_is_overlap_but_no_interruption(coded: Any) -> None:
    told = coded(
        ("C", "And then I thought, why me?", {}, 0.0, 10.0),
        ("T", "Mm-hm.", {}, 4.0, 4.5),
        ("C", "Every single time.", {}, 11.0, 13.0),
    )
    assert INDICATORS["overlaps"](told).value == 1
    assert INDICATORS["therapist_interruptions"](told).value == 0


def test_who_begins_early_and_goes_on_interrupts(coded: Any) -> None:
    told = coded(
        ("C", "And then I thought that maybe", {}, 0.0, 10.0),
        ("T", "Let us look at the form.", {}, 9.0, 14.0),
        ("C", "Oh. Fine.", {}, 13.9, 15.0),
    )
    assert INDICATORS["therapist_interruptions"](told).value == 1
    assert INDICATORS["client_interruptions"](told).value == 0
    assert INDICATORS["overlaps"](told).value == 1


def test_pauses_have_a_rate_only_over_two_minutes_or_more(coded: Any) -> None:
    brief = coded(("C", "Hm.", {}, 0.0, 1.0), ("T", "Hm.", {}, 60.0, 61.0))
    assert INDICATORS["pauses"](brief).value == 1
    assert INDICATORS["pauses_per_10_minutes"](brief).missing == (
        "not enough talk: 1 minute, at least 2 are needed"
    )
    longer = coded(("C", "Hm.", {}, 0.0, 1.0), ("T", "Hm.", {}, 299.0, 300.0))
    assert INDICATORS["pauses_per_10_minutes"](longer).value == pytest.approx(2)


@given(
    st.lists(
        st.tuples(st.sampled_from("TC"), st.floats(0, 3000), st.floats(0.01, 60)),
        min_size=1,
        max_size=30,
    )
)
def test_counts_from_times_keep_their_order(coded: Any, lines: Any) -> None:
    told = coded(*((who, "Yes.", {}, start, start + lasts) for who, start, lasts in lines))
    overlaps, mine, theirs, pauses = (
        INDICATORS[name](told).value
        for name in ("overlaps", "therapist_interruptions", "client_interruptions", "pauses")
    )
    assert mine + theirs <= overlaps < len(lines)
    assert overlaps + pauses < len(lines)
