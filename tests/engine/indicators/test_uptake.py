"""What the client said, taken up just now and a while ago."""

from __future__ import annotations

from typing import Any

import pytest

from holdfast.coding.codes import Code
from holdfast.indicators import Status
from holdfast.indicators.uptake import earlier_threads, uptake

SAID = ("C", "She rings, and I leave what I'm doing.")
UNCODED = "not applicable: the session was coded without it"


def answer(p: float) -> tuple[str, str, dict[str, Code]]:
    code = Code(
        "uptake",
        "present" if p >= 0.5 else None,
        max(p, 1 - p),
        alternatives=(("none", 1 - p), ("present", p)),
    )
    return "T", "Her call comes first.", {"uptake": code}


def test_uptake_is_the_mean_over_answers(coded: Any) -> None:
    found = uptake(coded(*[SAID, answer(0.9)] * 6, *[SAID, answer(0.1)] * 6))
    assert found.value == pytest.approx(0.5)
    assert (found.n, found.of) == (12, "answers")


def test_after_a_word_or_two_there_is_nothing_to_take_up(coded: Any) -> None:
    short = ("C", "Yes, maybe.")
    found = uptake(coded(*[SAID, answer(0.8)] * 10, *[short, answer(0.0)] * 10))
    assert (found.value, found.n) == (pytest.approx(0.8), 10)


def test_an_answer_in_several_lines_counts_with_its_likeliest(coded: Any) -> None:
    found = uptake(coded(*[SAID, answer(0.1), answer(0.7)] * 10))
    assert (found.value, found.n) == (pytest.approx(0.7), 10)


def test_nine_answers_are_too_few(coded: Any) -> None:
    assert uptake(coded(*[SAID, answer(0.9)] * 9)).missing == (
        "not enough talk: 9 answers, at least 10 are needed"
    )


def test_uptake_says_where_it_was_learned_and_has_no_interval(coded: Any) -> None:
    found = uptake(coded(*[SAID, answer(0.9)] * 10))
    assert "classroom" in found.source
    assert "teachers and pupils" in found.not_meaning
    assert found.interval is None
    assert found.status is Status.EXPERIMENTAL


def test_earlier_threads_are_counted(coded: Any) -> None:
    def back(value: str | None) -> tuple[str, str, dict[str, Code]]:
        said = "At the start you spoke of the garden."
        return "T", said, {"earlier_thread": Code("earlier_thread", value, 0.9)}

    found = earlier_threads(coded(SAID, back("present"), SAID, back(None)))
    assert found.value == 1
    assert found.status is Status.EXPERIMENTAL


def test_an_older_coder_says_that_it_hears_neither(coded: Any) -> None:
    told = coded(*[SAID, ("T", "Her call comes first.")] * 12)
    assert uptake(told).missing == UNCODED
    assert earlier_threads(told).missing == UNCODED
