"""A definition that lacks or contradicts something is refused, and the message has the place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.instruments import InstrumentError, load_instrument, read_definition
from holdfast.instruments.library import SHIPPED, find_item, parse_file, shipped_names

Table = dict[str, Any]


def shipped(name: str) -> Table:
    return deepcopy(dict(parse_file(SHIPPED / f"{name}.toml")))


def phq9() -> Table:
    return shipped("phq-9")


def put(path: str, value: object) -> Callable[[Table], None]:
    """Return what sets a value at ``scale.0.band.1.from``."""

    def change(table: Table) -> None:
        at, key = _reach(table, path)
        at[key] = value

    return change


def drop(path: str) -> Callable[[Table], None]:
    """Return what removes what stands at a place."""

    def change(table: Table) -> None:
        at, key = _reach(table, path)
        del at[key]

    return change


def _reach(table: Table, path: str) -> tuple[Any, Any]:
    *way, last = [int(one) if one.isdigit() else one for one in path.split(".")]
    at: Any = table
    for one in way:
        at = at[one]
    return at, last


MISTAKES: list[tuple[Callable[[Table], None], str]] = [
    # Sources and licence
    (drop("scale.0.source"), "phq-9, scale total: source is missing"),
    (drop("scale.0.bands_source"), "phq-9, scale total: it has bands without bands_source"),
    (drop("scale.0.cutoff.0.source"), "phq-9, scale total, cutoff: source is missing"),
    (drop("scale.0.change.0.source"), "phq-9, scale total, change: source is missing"),
    (drop("scale.0.sample.0.source"), "phq-9, scale total, sample: source is missing"),
    (drop("scale.0.reliability.0.source"), "phq-9, scale total, reliability: source is missing"),
    (drop("criterion.0.source"), "phq-9, criterion: source is missing"),
    (drop("item.8.safety.source"), "safety: source is missing"),
    (drop("licence.source"), "phq-9, licence: source is missing"),
    (drop("licence"), "licence"),
    (drop("licence.terms"), "phq-9, licence: terms is missing"),
    (put("licence.words", "everybody"), "phq-9, licence: words is 'everybody'. Write one of"),
    (put("licence.source", "hearsay"), "the source hearsay is named and not listed"),
    (put("scale.0.cutoff.0.source", "hearsay"), "the source hearsay is named and not listed"),
    (put("scale.0.source", " "), "phq-9, scale total: source is ' '. Write some words"),
    (drop("sources.nhs"), "the source nhs is named and not listed. Write [sources.nhs]"),
    (drop("sources.nhs.cite"), "phq-9, source nhs: cite is missing"),
    (put("sources.nhs.checked", "maybe"), "phq-9, source nhs: checked is 'maybe'"),
    # Keys
    (put("colour", "red"), "phq-9: unknown colour. Known: "),
    (put("item.0.colour", "red"), "phq-9, item q1: unknown colour"),
    (put("scale.0.cutof", []), "phq-9, scale total: unknown cutof"),
    (put("scale.0.band.0.upto", 4), "phq-9, scale total, band: unknown upto"),
    (put("item", 3), "phq-9: item is 3. Write it as [[item]]"),
    (put("item.0", "q1"), "Write a table with named values"),
    (put("name", 3), "name is 3. Write some words"),
    (drop("not_meaning"), "phq-9: not_meaning is missing"),
    (put("about", "weather"), "phq-9: about is 'weather'. Write one of"),
    (put("worse", "sometimes"), "phq-9: worse is 'sometimes'"),
    (put("status", "famous"), "phq-9: status is 'famous'"),
    # Items and options
    (put("item", []), "phq-9: it has no items"),
    (put("item.1.name", "q1"), "phq-9: item q1 stands there twice"),
    (put("item.0.options", "often"), "phq-9, item q1: options is 'often'. Write one of"),
    (drop("item.0.options"), "phq-9, item q1: options is missing"),
    (put("item.0.reverse", "yes"), "phq-9, item q1: reverse is 'yes'. Write true or false"),
    (put("options.frequency.values", [0]), "options frequency: values must be two or more"),
    (
        put("options.frequency.values", [0, 2, 1, 3]),
        "values must be two or more numbers, ascending",
    ),
    (
        put("options.frequency.values", [0, 1, 1, 3]),
        "values must be two or more numbers, ascending",
    ),
    (put("options.frequency.values", [0, "1"]), "Write a list of numbers"),
    (put("options.frequency.values", [0, float("inf")]), "Write a list of numbers"),
    (put("options.frequency.loinc", ["LA6568-5"]), "there are 4 values and 1 LOINC codes"),
    (put("options.frequency.loinc.0", "6568-5"), "6568-5 is no LOINC answer code"),
    # LOINC
    (put("item.0.loinc", "44250-8"), "phq-9, item q1: 44250-8 is no LOINC code: its check digit"),
    (put("scale.0.loinc", "44261-5"), "phq-9, scale total: 44261-5 is no LOINC code"),
    (put("loinc", "44249"), "phq-9: 44249 is no LOINC code"),
    # Safety
    (put("item.8.safety.at_least", 4), "no answer to q9 is 4 or more"),
    (put("item.8.safety.kind", "whisper"), "safety: kind is 'whisper'"),
    (drop("item.8.safety.at_least"), "safety: at_least is missing"),
    # Scales
    (
        put("scale.0.range", [0, 28]),
        "scale total: its range is 0 to 28, but the options give 0 to 27",
    ),
    (
        put("scale.0.range", [1, 27]),
        "scale total: its range is 1 to 27, but the options give 0 to 27",
    ),
    (put("scale.0.range", [27, 0]), "range is [27, 0]. Write the lowest and the highest value"),
    (put("scale.0.range", [27]), "range is [27]"),
    (put("scale.0.times", 4), "but the options give 0 to 108"),
    (put("scale.0.times", float("nan")), "times is nan. Write a number"),
    (put("scale.0.max_missing", 9), "scale total: max_missing is 9. Write 0 to 8"),
    (put("scale.0.max_missing", -1), "scale total: max_missing is -1. Write 0 to 8"),
    (put("scale.0.max_missing", float("inf")), "max_missing is inf. Write a number"),
    (put("scale.0.fill", "zero"), "fill is 'zero'. Write one of mean, none"),
    (put("scale.0.method", "median"), "method is 'median'"),
    (put("scale.1.name", "total"), "scale total stands there twice"),
    (put("scale.1.items", ["q1", "q99"]), "the item q99 is named and not there"),
    (put("scale.1.items", ["q1", "q1"]), "item of phq-2 q1 stands there twice"),
    (put("scale.1.items", []), "scale phq-2: its items must be choices, and at least one"),
    # Bands, cut-offs, change
    (put("scale.0.band.0.from", 1), "scale total: its bands must begin at 0 and ascend"),
    (put("scale.0.band.2.from", 3), "scale total: its bands must begin at 0 and ascend"),
    (put("scale.0.band.2.from", 5), "scale total: its bands must begin at 0 and ascend"),
    (put("scale.0.cutoff.0.at_least", 28), "the cut-off caseness lies outside its range"),
    (put("scale.0.cutoff.0.at_most", 5), "cutoff: write either at_least or at_most"),
    (drop("scale.0.cutoff.0.at_least"), "cutoff: write either at_least or at_most"),
    (put("scale.0.cutoff.1.name", "caseness"), "cutoff of total caseness stands there twice"),
    (put("scale.0.change.1.name", "nhs"), "change of total nhs stands there twice"),
    (drop("scale.0.change.0.points"), "change: write either points, or sd, reliability"),
    (put("scale.0.change.1.points", 6), "change: write either points, or sd, reliability"),
    (put("scale.0.change.0.points", 0), "change: a change of 0 points is no change"),
    (put("scale.0.change.1.reliability", 1), "change: a change of 0.0 points is no change"),
    (put("scale.0.change.1.reliability", 84), "change: sd is 5.5, reliability 84"),
    (put("scale.0.change.1.confidence", 95), "change: sd is 5.5"),
    (put("scale.0.reliability.0.value", 1.2), "reliability: value is 1.2. Write a number from 0"),
    (put("scale.0.reliability.0.kind", "omega"), "reliability: kind is 'omega'"),
    (put("scale.0.sample.0.kind", "martian"), "sample: kind is 'martian'"),
    # Criteria
    (put("criterion.0.all_of", []), "phq-9, criterion: major has no all_of"),
    (put("criterion.0.all_of.0.count", 10), "count is 10, and there are 9 items"),
    (put("criterion.0.all_of.0.count", 0), "count is 0, and there are 9 items"),
    (put("criterion.0.all_of.1.at_least", 4), "no answer to q1 is 4 or more"),
    (put("criterion.0.all_of.0.but", {"q10": 1}), "but names q10, not listed"),
    (put("criterion.0.all_of.0.but", {"q9": "some"}), "q9 is 'some'. Write a number"),
    (put("criterion.0.all_of.1.items", ["q1", "q99"]), "the item q99 is named and not there"),
]


@pytest.mark.parametrize(("mistake", "message"), MISTAKES, ids=[said for _, said in MISTAKES])
def test_a_mistake_is_refused_with_its_place(
    mistake: Callable[[Table], None], message: str
) -> None:
    table = phq9()
    mistake(table)
    with pytest.raises(InstrumentError) as refused:
        read_definition(table, find_item)
    assert message in str(refused.value)
    assert str(refused.value).endswith(".")


def test_a_level_without_conditions_stands_last() -> None:
    table = shipped("c-ssrs")
    table["level"].reverse()
    with pytest.raises(InstrumentError, match="Put it last"):
        read_definition(table)


@pytest.mark.parametrize(
    ("same", "message"),
    [
        ("phq-9", "Write instrument.item, as in phq-9.q1"),
        ("phq-9.q99", "phq-9 has no item q99"),
        ("nothing.q1", "There is no instrument 'nothing'"),
    ],
)
def test_an_item_that_is_the_same_as_none_is_refused(same: str, message: str) -> None:
    table = shipped("phq-2")
    table["item"][0]["same_as"] = same
    with pytest.raises(InstrumentError, match=message):
        read_definition(table, find_item)


def test_an_item_that_is_the_same_as_another_says_nothing_of_its_own() -> None:
    table = shipped("phq-2")
    table["item"][0]["reverse"] = True
    with pytest.raises(InstrumentError, match="phq-2, item q1: unknown reverse"):
        read_definition(table, find_item)


def test_safety_on_an_open_line_can_never_be_reached_and_is_refused() -> None:
    table = shipped("check-in")
    table["item"][-1]["safety"] = table["item"][-2]["safety"]
    with pytest.raises(InstrumentError, match="no answer to note is 2 or more"):
        read_definition(table)


def _leaves(table: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    pairs = table.items() if isinstance(table, dict) else enumerate(table)
    for key, value in pairs:
        yield (*way, key)
        if isinstance(value, dict | list):
            yield from _leaves(value, (*way, key))


PLACES = [(name, place) for name in shipped_names() for place in _leaves(shipped(name))]
ODD = st.sampled_from(
    [
        None,
        "",
        "x",
        0,
        -1,
        1.5,
        10**400,
        float("nan"),
        True,
        [],
        [1],
        ["x"],
        {},
        {"x": 1},
        [{}],
        [[]],
    ]
)


@given(st.sampled_from(PLACES), ODD)
def test_any_odd_value_is_read_or_refused_and_never_breaks(
    place: tuple[str, tuple[Any, ...]], odd: object
) -> None:
    name, (*way, last) = place
    table: Any = shipped(name)
    at = table
    for one in way:
        at = at[one]
    at[last] = odd
    with suppress(InstrumentError):
        assert read_definition(table, find_item).items


@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_definition_is_read_alike_each_time(name: str) -> None:
    assert read_definition(shipped(name), find_item) == load_instrument(name)
