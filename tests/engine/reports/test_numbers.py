"""Numbers in words: written as people read them, and never where there is none."""

from __future__ import annotations

from typing import Any

import pytest

from holdfast.indicators.indicator import Unit
from holdfast.reports.accuracy import NO_CODER, UNMEASURED, accuracy_of, card_accuracy
from holdfast.reports.numbers import read_indicator, written, written_range
from holdfast.reports.page.strip import draw_strip
from holdfast.reports.skills import by_heading, pair_rates


@pytest.mark.parametrize("unit", list(Unit))
def test_every_unit_can_be_written(unit: Unit) -> None:
    assert written(0.5, unit)
    assert " to " in written_range(0.25, 0.5, unit)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (0.0, Unit.DIFFERENCE, "0 points"),
        (-0.2, Unit.DIFFERENCE, "−20 points"),
        (0.2, Unit.DIFFERENCE, "+20 points"),
        (-0.001, Unit.DIFFERENCE, "0 points"),
        (2.25, Unit.SECONDS, "2.2 s"),
        (3.0, Unit.RATE, "3.0 per 10 min"),
    ],
)
def test_a_value_is_written_in_its_unit(value: float, unit: Unit, expected: str) -> None:
    assert written(value, unit).replace("\u202f", " ") == expected


def test_no_value_is_not_applicable_and_not_0(make: Any) -> None:
    reading = read_indicator(make.referenced(value=None, interval=None, missing=None), {})
    assert reading.value == "not applicable"


def test_a_count_is_paired_with_its_rate_by_time(make: Any) -> None:
    count = make.referenced(name="advice", unit=Unit.COUNT, value=4.0, n=4)
    rate = make.referenced(name="advice_per_10_minutes", unit=Unit.RATE, value=2.0)
    words = make.referenced(name="advice_per_1000_words", unit=Unit.RATE_OF_WORDS, value=1.0)
    (skill,) = pair_rates([count, words, rate])
    assert skill.rate == rate
    assert skill.compared == rate


def test_without_times_the_rate_by_words_stands_in(make: Any) -> None:
    count = make.referenced(name="advice", unit=Unit.COUNT, value=4.0, n=4)
    rate = make.referenced(name="advice_per_10_minutes", value=None, missing="not applicable: x")
    words = make.referenced(name="advice_per_1000_words", unit=Unit.RATE_OF_WORDS, value=1.0)
    (skill,) = pair_rates([count, rate, words])
    assert skill.rate == words


def test_an_unknown_family_still_has_its_place(make: Any) -> None:
    grouped = by_heading([make.referenced(family="new_one"), make.referenced(name="other")], {})
    assert list(grouped) == ["Reflecting", "New one"]


def test_accuracy_is_never_claimed_where_it_was_not_measured(make: Any) -> None:
    counted = make.referenced(name="turns", family="talk", interval=None)
    assert accuracy_of(counted, {}) == NO_CODER
    assert accuracy_of(make.referenced(), {}) == UNMEASURED


def test_a_card_without_figures_gives_no_sentence() -> None:
    assert card_accuracy({}) == {}
    assert card_accuracy({"talk": {}}) == {}


@pytest.mark.parametrize("value", [-1.0, 0.0, 0.46, 1.0, 40.0])
@pytest.mark.parametrize("unit", [Unit.SHARE, Unit.RATE, Unit.DIFFERENCE])
def test_a_strip_keeps_every_value_inside(make: Any, value: float, unit: Unit) -> None:
    strip = draw_strip(make.referenced(value=value, unit=unit), "words")
    assert strip is not None
    assert "nan" not in strip


def test_no_strip_without_something_to_hold_the_value_against(make: Any) -> None:
    assert draw_strip(make.referenced(reference=None), "words") is None
    assert draw_strip(make.referenced(value=None), "words") is None
