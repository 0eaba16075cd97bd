"""What one might look at: what lies outside clearly, in most sessions, without a grade."""

from __future__ import annotations

from dataclasses import fields

from holdfast.indicators.indicator import Spread
from holdfast.trajectories.outside import Outside, Value, furthest_outside

GOOD = Spread(0.2, 0.4, 0.5, 0.6, 0.8, sessions=90)
CLEARLY_LOW = Value(0.1, 0.05, 0.2)
CLEARLY_HIGH = Value(0.9, 0.8, 1.0)
PERHAPS_LOW = Value(0.3, 0.2, 0.5)


def names(*numbers: tuple[str, list[Value]]) -> list[str]:
    return [one.name for one in furthest_outside((name, each, GOOD) for name, each in numbers)]


def test_it_names_what_lies_below_and_what_lies_above() -> None:
    found = furthest_outside([("a", [CLEARLY_LOW] * 3, GOOD), ("b", [CLEARLY_HIGH] * 3, GOOD)])
    assert {(one.name, one.side) for one in found} == {("a", "below"), ("b", "above")}


def test_what_may_as_well_lie_inside_is_not_named() -> None:
    assert names(("a", [PERHAPS_LOW] * 5)) == []


def test_it_must_be_so_in_more_than_half_of_the_sessions() -> None:
    assert names(("a", [CLEARLY_LOW] * 2 + [PERHAPS_LOW] * 2)) == []
    assert names(("a", [CLEARLY_LOW] * 3 + [PERHAPS_LOW] * 2)) == ["a"]


def test_two_sessions_are_too_few() -> None:
    assert names(("a", [CLEARLY_LOW] * 2)) == []


def test_a_number_without_an_interval_counts_as_it_is() -> None:
    assert names(("a", [Value(0.1)] * 3)) == ["a"]


def test_the_furthest_three_are_named_and_no_more() -> None:
    numbers = [(name, [Value(value)] * 3) for name, value in zip("abcd", (1, 2, 3, 4), strict=True)]
    assert names(*numbers) == ["d", "c", "b"]


def test_demonstrations_that_are_all_alike_are_no_place_to_stand() -> None:
    alike = Spread(0, 0, 0, 0, 0.5, sessions=90)
    assert furthest_outside([("a", [Value(3.0)] * 5, alike)]) == ()


def test_it_has_no_grade() -> None:
    assert not {"grade", "score", "rank"} & {one.name for one in fields(Outside)}
