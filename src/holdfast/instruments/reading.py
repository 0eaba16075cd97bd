"""Reads a definition from parsed TOML, strictly: what lacks a source or a licence is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from holdfast.instruments import loinc
from holdfast.instruments.checks import check
from holdfast.instruments.definition import (
    Checked,
    Instrument,
    Item,
    Licence,
    Options,
    Safety,
    Source,
    Worse,
)
from holdfast.instruments.fields import Fields, Table, name_of
from holdfast.instruments.scale_reading import (
    read_condition,
    read_criterion,
    read_level,
    read_scale,
)
from holdfast.instruments.scales import Condition

ABOUT = frozenset(
    {
        "alliance", "anxiety", "depression", "distress", "preferences", "relationship", "risk",
        "trauma", "wellbeing",
    }
)  # fmt: skip
Find = Callable[[str, str], Item]
"""Returns an item of another instrument, by the instrument's name and its own."""


def read_definition(table: Table, find: Find | None = None) -> Instrument:
    """Build an instrument from parsed TOML.

    Parameters
    ----------
    table
        The file's content.
    find
        Looks up items that are ``same_as`` one of another instrument.

    Returns
    -------
    Instrument
        Checked: names are unique, ranges follow from the options, every source is listed.

    Raises
    ------
    InstrumentError
        If anything is missing, unknown or contradictory; the message names the place.
    """
    fields = Fields(table, str(table.get("name", "an instrument without a name")))
    name = fields.text("name")
    options = {key: _options(key, value, name) for key, value in fields.mapping("options").items()}
    items = tuple(_item(one, name, options, find) for one in fields.tables("item"))
    named = {one.name: one for one in items}
    instrument = Instrument(
        name=name,
        version=fields.text("version"),
        title=fields.text("title"),
        full_title=fields.text("full_title"),
        measures=fields.text("measures"),
        not_meaning=fields.text("not_meaning"),
        about=fields.one_of("about", ABOUT),
        recall=fields.text("recall"),
        worse=Worse(fields.one_of("worse", {one.value for one in Worse})),
        status=fields.one_of("status", {"validated", "unvalidated"}),
        licence=_licence(fields.inner("licence")),
        sources=tuple(
            _source(key, value, name) for key, value in fields.mapping("sources").items()
        ),
        items=items,
        scales=tuple(read_scale(one, name, named) for one in fields.tables("scale")),
        criteria=tuple(read_criterion(one, name) for one in fields.tables("criterion")),
        levels=tuple(read_level(one, name) for one in fields.tables("level")),
        loinc=_loinc(fields),
    )
    fields.done()
    check(instrument)
    return instrument


def _licence(fields: Fields) -> Licence:
    licence = Licence(
        name=fields.text("name"),
        holder=fields.text("holder"),
        terms=fields.text("terms"),
        words=fields.one_of("words", {"shipped", "practice"}),
        source=fields.text("source"),
    )
    fields.done()
    return licence


def _source(key: str, table: Table, name: str) -> Source:
    fields = Fields(table, f"{name}, source {key}")
    checked = Checked(fields.one_of("checked", {one.value for one in Checked}))
    source = Source(key, fields.text("cite"), fields.text("url", ""), checked)
    fields.done()
    return source


def _options(key: str, table: Table, name: str) -> Options:
    fields = Fields(table, f"{name}, options {key}")
    values = fields.numbers("values")
    if len(values) < 2 or sorted(set(values)) != list(values):
        raise fields.refuse("values must be two or more numbers, ascending")
    codes = fields.texts("loinc", ())
    if codes and len(codes) != len(values):
        raise fields.refuse(f"there are {len(values)} values and {len(codes)} LOINC codes")
    for code in codes:
        if not loinc.is_answer(code):
            raise fields.refuse(f"{code} is no LOINC answer code, such as LA6568-5")
    fields.done()
    return Options(key, values, codes)


def _item(table: Table, name: str, options: Mapping[str, Options], find: Find | None) -> Item:
    fields = Fields(table, f"{name}, item {name_of(table)}")
    named = fields.text("name")
    same = fields.text("same_as", "")
    if same:
        fields.done()
        return _same(named, same, fields, find)
    item = Item(
        name=named,
        options=_item_options(fields, options),
        reverse=fields.flag("reverse", False),
        scored=fields.flag("scored", True),
        asked_if=_asked_if(fields),
        safety=_safety(fields),
        loinc=_loinc(fields),
    )
    fields.done()
    return item


def _same(named: str, same: str, fields: Fields, find: Find | None) -> Item:
    instrument, _, item = same.partition(".")
    if find is None or not item:
        raise fields.refuse(f"same_as is {same!r}. Write instrument.item, as in phq-9.q1")
    other = find(instrument, item)
    return Item(named, other.options, other.reverse, other.scored, None, other.safety, other.loinc)


def _item_options(fields: Fields, options: Mapping[str, Options]) -> Options | None:
    if fields.one_of("kind", {"choice", "text"}, "choice") == "text":
        return None
    if len(options) == 1:
        return options[fields.one_of("options", options, next(iter(options)))]
    return options[fields.one_of("options", options)]


def _asked_if(fields: Fields) -> Condition | None:
    inner = fields.optional_inner("asked_if")
    return None if inner is None else read_condition(inner)


def _safety(fields: Fields) -> Safety | None:
    inner = fields.optional_inner("safety")
    if inner is None:
        return None
    safety = Safety(
        at_least=inner.number("at_least"),
        kind=inner.one_of("kind", {"alert", "note"}),
        title=inner.text("title"),
        source=inner.text("source"),
    )
    inner.done()
    return safety


def _loinc(fields: Fields) -> str:
    code = fields.text("loinc", "")
    if code and not loinc.is_valid(code):
        raise fields.refuse(f"{code} is no LOINC code: its check digit is wrong")
    return code
