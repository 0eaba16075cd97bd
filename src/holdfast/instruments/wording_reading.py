"""Reads a wording from parsed TOML and holds it against its instrument."""

from __future__ import annotations

from collections.abc import Mapping

from holdfast.instruments.definition import Instrument
from holdfast.instruments.fields import Fields, Table
from holdfast.instruments.wording import Labels, Wording

RESPONDENTS = frozenset({"client", "therapist"})


def read_wording(table: Table, instrument: Instrument) -> Wording:
    """Build a wording from parsed TOML.

    Parameters
    ----------
    table
        The file's content.
    instrument
        The instrument whose words these are.

    Raises
    ------
    InstrumentError
        If an item or an option has no words or too many, or source or licence are missing.
    """
    language = str(table.get("language", "no language"))
    fields = Fields(table, f"wording of {instrument.name} ({language})")
    items, sides = _items(fields, instrument)
    wording = Wording(
        instrument=fields.one_of("instrument", {instrument.name}),
        language=fields.text("language"),
        respondent=fields.one_of("respondent", RESPONDENTS, "client"),
        title=fields.text("title"),
        stem=fields.text("stem", ""),
        closing=fields.text("closing", ""),
        items=items,
        options=_options(fields, instrument),
        licence=fields.text("licence"),
        attribution=fields.text("attribution", ""),
        source=fields.text("source"),
        url=fields.text("url", ""),
        sides=sides,
    )
    fields.done()
    return wording


Items = tuple[tuple[str, tuple[str, ...]], ...]
Sides = tuple[tuple[str, tuple[str, str]], ...]


def _items(fields: Fields, instrument: Instrument) -> tuple[Items, Sides]:
    given = Fields(fields.mapping("items"), f"{fields.place}, items")
    texts: dict[str, tuple[str, ...]] = {}
    sides: dict[str, tuple[str, str]] = {}
    for item in instrument.items:
        entry = given.take(item.name)
        if isinstance(entry, Mapping):
            inner = Fields(entry, f"{given.place} {item.name}")
            sides[item.name] = (inner.text("left"), inner.text("right"))
            texts[item.name] = (inner.text("text", " / ".join(sides[item.name])),)
            inner.done()
        elif isinstance(entry, list):
            texts[item.name] = given.texts(item.name)
        else:
            texts[item.name] = (given.text(item.name),)
        if not texts[item.name] or not all(one.strip() for one in texts[item.name]):
            raise given.refuse(f"{item.name} has no words. Write them")
    given.done()
    return tuple(texts.items()), tuple(sides.items())


def _options(fields: Fields, instrument: Instrument) -> tuple[tuple[str, Labels], ...]:
    needed = {one.options.name: one.options for one in instrument.items if one.options}
    given = Fields(fields.mapping("options"), f"{fields.place}, options")
    found = []
    for name, options in needed.items():
        inner = given.inner(name)
        labels = Labels(inner.texts("labels", ()), inner.text("low", ""), inner.text("high", ""))
        inner.done()
        if labels.each and len(labels.each) != len(options.values):
            raise inner.refuse(
                f"there are {len(options.values)} answers and {len(labels.each)} labels"
            )
        if not labels.each and not (labels.low and labels.high):
            raise inner.refuse("write labels, or low and high for the two ends")
        found.append((name, labels))
    given.done()
    return tuple(found)
