"""What must agree inside a definition: names, sources, ranges, bands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from holdfast.instruments.definition import Instrument, InstrumentError
from holdfast.instruments.scales import Condition, Scale


def check(instrument: Instrument) -> None:
    """Refuse a definition that contradicts itself.

    Raises
    ------
    InstrumentError
        With the place and what to write instead.
    """
    for problem in _problems(instrument):
        raise InstrumentError(f"{instrument.name}: {problem}.")


def _problems(instrument: Instrument) -> Iterator[str]:
    if not instrument.items:
        yield "it has no items. Write at least one [[item]]"
    for what, names in _names(instrument).items():
        for name in _twice(names):
            yield f"{what} {name} stands there twice. Keep one"
    yield from _unlisted(instrument)
    yield from _never_reached(instrument)
    for scale in instrument.scales:
        yield from _of_a_scale(instrument, scale)
    if any(not one.any_of for one in instrument.levels[:-1]):
        yield "a level without conditions hides those below it. Put it last"


def _unlisted(instrument: Instrument) -> Iterator[str]:
    sources = {one.name for one in instrument.sources}
    for name in _named_sources(instrument):
        if name not in sources:
            yield f"the source {name} is named and not listed. Write [sources.{name}]"
    items = {one.name for one in instrument.items}
    for name in _named_items(instrument):
        if name not in items:
            yield f"the item {name} is named and not there. Its items are {', '.join(items)}"


def _names(instrument: Instrument) -> dict[str, list[str]]:
    return {
        "item": [one.name for one in instrument.items],
        "scale": [one.name for one in instrument.scales],
        "criterion": [one.name for one in instrument.criteria],
        "level": [one.name for one in instrument.levels],
        **{f"item of {scale.name}": list(scale.items) for scale in instrument.scales},
        **{
            f"cutoff of {scale.name}": [one.name for one in scale.cutoffs]
            for scale in instrument.scales
        },
        **{
            f"change of {scale.name}": [one.name for one in scale.changes]
            for scale in instrument.scales
        },
    }


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def _named_sources(instrument: Instrument) -> Iterator[str]:
    yield instrument.licence.source
    yield from (one.safety.source for one in instrument.items if one.safety)
    yield from (one.source for one in instrument.criteria)
    yield from (one.source for one in instrument.levels)
    for scale in instrument.scales:
        yield scale.source
        if scale.bands:
            yield scale.bands_source
        for known in (scale.cutoffs, scale.changes, scale.samples, scale.reliabilities):
            yield from (one.source for one in known)


def _conditions(instrument: Instrument) -> Iterator[Condition]:
    yield from (one.asked_if for one in instrument.items if one.asked_if)
    yield from (condition for one in instrument.criteria for condition in one.all_of)
    yield from (condition for one in instrument.levels for condition in one.any_of)


def _named_items(instrument: Instrument) -> Iterator[str]:
    for condition in _conditions(instrument):
        yield from condition.items
    for scale in instrument.scales:
        yield from scale.items


def _never_reached(instrument: Instrument) -> Iterator[str]:
    asked = [(one.name, one.safety.at_least) for one in instrument.items if one.safety]
    for one in _conditions(instrument):
        asked += zip(one.items, one.at_least, strict=True)
    for name, value in asked:
        options = instrument.item(name).options
        if options is None or value > options.values[-1]:
            yield f"no answer to {name} is {value:g} or more, which safety or a condition asks for"


def _of_a_scale(instrument: Instrument, scale: Scale) -> Iterator[str]:
    where = f"scale {scale.name}"
    options = [instrument.item(name).options for name in scale.items]
    if not options or None in options:
        yield f"{where}: its items must be choices, and at least one"
        return
    bounds = [(one.values[0], one.values[-1]) for one in options if one]
    low, high = sum(low for low, _ in bounds), sum(high for _, high in bounds)
    if scale.method == "mean":
        low, high = low / len(bounds), high / len(bounds)
    if (scale.lowest, scale.highest) != (low * scale.times, high * scale.times):
        yield (
            f"{where}: its range is {scale.lowest} to {scale.highest}, but the options give "
            f"{low * scale.times:g} to {high * scale.times:g}"
        )
    if not 0 <= scale.max_missing < len(scale.items):
        yield f"{where}: max_missing is {scale.max_missing}. Write 0 to {len(scale.items) - 1}"
    lowest = [one.lowest for one in scale.bands]
    if lowest and (lowest[0] != scale.lowest or sorted(set(lowest)) != lowest):
        yield f"{where}: its bands must begin at {scale.lowest:g} and ascend"
    for cutoff in scale.cutoffs:
        if not scale.lowest <= cutoff.at <= scale.highest:
            yield f"{where}: the cut-off {cutoff.name} lies outside its range"
