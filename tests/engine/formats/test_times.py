from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.formats.clock import parse_clock, parse_time, spell_clock
from holdfast.formats.mending import mend
from holdfast.session import Utterance


def at(line: int, start: float | None, end: float | None) -> Utterance:
    return Utterance(index=line - 1, speaker="Dana", text="Oh.", line=line, start=start, end=end)


@given(st.integers(0, 359_999_999))
def test_a_clock_that_was_written_is_read_to_the_millisecond(thousandths: int) -> None:
    for mark in ".,":
        assert parse_clock(spell_clock(thousandths / 1000, mark=mark)) == thousandths / 1000


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("0:12", 12), ("75:10", 4510), ("1:02:03", 3723), ("00:00:01,5", 1.5), ("00:09:025", 565)],
)
def test_clocks_are_read(text: str, seconds: float) -> None:
    assert parse_clock(text) == seconds


@pytest.mark.parametrize("text", ["", "12", "00:xx", "0:60", "0:75:00", "1:2:3:4", "-0:01", "٠:١٢"])
def test_what_is_no_clock_is_none(text: str) -> None:
    assert parse_clock(text) is None


@given(st.text(max_size=30))
def test_any_text_is_a_time_or_none(text: str) -> None:
    assert parse_time(text) is None or isinstance(parse_time(text), float)


def test_an_end_before_its_start_is_left_out() -> None:
    mended, notes = mend([at(1, 5.0, 6.0), at(2, 7.0, 3.0)])
    assert [(one.start, one.end) for one in mended] == [(5.0, 6.0), (7.0, None)]
    assert notes == ("The end lies before the start, so it was left out: line 2.",)


def test_times_that_cannot_be_are_left_out() -> None:
    mended, notes = mend([at(1, -1.0, 2.0), at(2, float("nan"), float("inf"))])
    assert [(one.start, one.end) for one in mended] == [(None, 2.0), (None, None)]
    assert notes == ("A time is negative or not a number, so it was left out: lines 1, 2.",)


def test_times_that_go_backwards_are_kept_and_noted() -> None:
    said = [at(1, 9.0, 10.0), at(2, 4.0, 5.0), at(3, 6.0, 7.0)]
    mended, notes = mend(said)
    assert list(mended) == said
    assert notes == ("It starts earlier than the one above it; times and order are kept: line 2.",)


def test_overlapping_talk_is_no_mistake() -> None:
    said = [at(1, 1.0, 9.0), at(2, 1.0, 3.0), at(3, 2.0, 4.0)]
    assert mend(said) == (tuple(said), ())


def test_dates_are_counted_from_the_earliest() -> None:
    mended, notes = mend([at(1, 1.7e9 + 5, 1.7e9 + 6), at(2, 1.7e9, None)])
    assert [(one.start, one.end) for one in mended] == [(5.0, 6.0), (0.0, None)]
    assert notes[0] == "The times are dates; they were counted from the earliest one."


@given(st.lists(st.tuples(st.none() | st.floats(), st.none() | st.floats()), max_size=6))
def test_mended_times_are_possible(times: list[tuple[float | None, float | None]]) -> None:
    mended, _ = mend([at(line, *pair) for line, pair in enumerate(times, start=1)])
    for one in mended:
        assert one.start is None or 0 <= one.start < float("inf")
        assert one.end is None or 0 <= one.end < float("inf")
        assert one.seconds is None or one.seconds >= 0
