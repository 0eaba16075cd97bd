"""Reads scales, criteria and levels from parsed TOML."""

from __future__ import annotations

from collections.abc import Mapping

from holdfast.instruments import loinc
from holdfast.instruments.definition import Item
from holdfast.instruments.fields import Fields, Table, name_of
from holdfast.instruments.scales import (
    Band,
    ChangeRule,
    Condition,
    Criterion,
    Cutoff,
    Level,
    Reliability,
    Sample,
    Scale,
)


def read_scale(table: Table, instrument: str, items: Mapping[str, Item]) -> Scale:
    """Return a scale; ``items = "all"`` stands for every scored item."""
    fields = Fields(table, f"{instrument}, scale {name_of(table)}")
    name = fields.text("name")
    place = fields.place
    low, high = _range(fields)
    code = fields.text("loinc", "")
    if code and not loinc.is_valid(code):
        raise fields.refuse(f"{code} is no LOINC code: its check digit is wrong")
    scale = Scale(
        name=name,
        title=fields.text("title"),
        items=_items(fields, items),
        method=fields.one_of("method", {"sum", "mean"}, "sum"),
        times=fields.number("times", 1),
        lowest=low,
        highest=high,
        max_missing=int(fields.number("max_missing", 0)),
        fill=fields.one_of("fill", {"mean", "none"}, "none"),
        source=fields.text("source"),
        bands=tuple(_band(one, place) for one in fields.tables("band")),
        bands_source=fields.text("bands_source", ""),
        cutoffs=tuple(_cutoff(one, place) for one in fields.tables("cutoff")),
        changes=tuple(_change(one, place) for one in fields.tables("change")),
        samples=tuple(_sample(one, place) for one in fields.tables("sample")),
        reliabilities=tuple(_reliability(one, place) for one in fields.tables("reliability")),
        loinc=code,
    )
    if scale.bands and not scale.bands_source:
        raise fields.refuse("it has bands without bands_source. Say where they come from")
    fields.done()
    return scale


def read_condition(fields: Fields) -> Condition:
    """Return a condition; ``but`` gives single items a value of their own."""
    items = fields.texts("items")
    value = fields.number("at_least")
    others = fields.mapping("but")
    if set(others) - set(items):
        raise fields.refuse(f"but names {', '.join(sorted(set(others) - set(items)))}, not listed")
    count = int(fields.number("count", 1))
    if not 1 <= count <= len(items):
        raise fields.refuse(f"count is {count}, and there are {len(items)} items")
    fields.done()
    special = Fields(others, f"{fields.place}, but")
    return Condition(items, tuple(special.number(one, value) for one in items), count)


def read_criterion(table: Table, instrument: str) -> Criterion:
    """Return a criterion."""
    fields = Fields(table, f"{instrument}, criterion")
    name = fields.text("name")
    conditions = fields.tables("all_of")
    if not conditions:
        raise fields.refuse(f"{name} has no all_of. Write at least one condition")
    criterion = Criterion(
        name=name,
        title=fields.text("title"),
        meaning=fields.text("meaning"),
        all_of=tuple(read_condition(Fields(one, f"{fields.place} {name}")) for one in conditions),
        source=fields.text("source"),
    )
    fields.done()
    return criterion


def read_level(table: Table, instrument: str) -> Level:
    """Return a level."""
    fields = Fields(table, f"{instrument}, level")
    name = fields.text("name")
    level = Level(
        name=name,
        title=fields.text("title"),
        action=fields.text("action"),
        any_of=tuple(
            read_condition(Fields(one, f"{fields.place} {name}")) for one in fields.tables("any_of")
        ),
        source=fields.text("source"),
    )
    fields.done()
    return level


def _items(fields: Fields, items: Mapping[str, Item]) -> tuple[str, ...]:
    if fields.take("items") == "all":
        return tuple(one.name for one in items.values() if one.scored)
    return fields.texts("items")


def _range(fields: Fields) -> tuple[float, float]:
    bounds = fields.numbers("range")
    if len(bounds) != 2 or bounds[0] >= bounds[1]:
        raise fields.refuse(f"range is {list(bounds)}. Write the lowest and the highest value")
    return bounds[0], bounds[1]


def _band(table: Table, place: str) -> Band:
    fields = Fields(table, f"{place}, band")
    band = Band(fields.number("from"), fields.text("title"))
    fields.done()
    return band


def _cutoff(table: Table, place: str) -> Cutoff:
    fields = Fields(table, f"{place}, cutoff")
    above, below = fields.optional_number("at_least"), fields.optional_number("at_most")
    if (above is None) == (below is None):
        raise fields.refuse("write either at_least or at_most")
    cutoff = Cutoff(
        name=fields.text("name"),
        title=fields.text("title"),
        at=above if above is not None else below or 0,
        above=above is not None,
        clinical=fields.flag("clinical", False),
        source=fields.text("source"),
    )
    fields.done()
    return cutoff


def _change(table: Table, place: str) -> ChangeRule:
    fields = Fields(table, f"{place}, change")
    points = fields.optional_number("points")
    computed = [fields.optional_number(key) for key in ("sd", "reliability", "confidence")]
    if (points is None) == (None in computed):
        raise fields.refuse("write either points, or sd, reliability and confidence")
    sd, reliability, confidence = computed
    rule = ChangeRule(
        name=fields.text("name"),
        title=fields.text("title"),
        kind=fields.one_of("kind", {"reliable", "meaningful"}, "reliable"),
        points=points,
        sd=sd,
        reliability=reliability,
        confidence=confidence,
        source=fields.text("source"),
    )
    fields.done()
    try:
        possible = rule.threshold > 0
    except ValueError as error:
        raise fields.refuse(str(error)) from None
    if not possible:
        raise fields.refuse(f"a change of {rule.threshold} points is no change")
    return rule


def _sample(table: Table, place: str) -> Sample:
    fields = Fields(table, f"{place}, sample")
    n = fields.optional_number("n")
    sample = Sample(
        name=fields.text("name"),
        title=fields.text("title"),
        kind=fields.one_of("kind", {"clinical", "general"}),
        mean=fields.number("mean"),
        sd=fields.number("sd"),
        n=None if n is None else int(n),
        source=fields.text("source"),
    )
    fields.done()
    return sample


def _reliability(table: Table, place: str) -> Reliability:
    fields = Fields(table, f"{place}, reliability")
    value = fields.number("value")
    if not 0 <= value <= 1:
        raise fields.refuse(f"value is {value}. Write a number from 0 to 1")
    kind = fields.one_of("kind", {"alpha", "retest"})
    reliability = Reliability(kind, value, fields.text("source"))
    fields.done()
    return reliability
