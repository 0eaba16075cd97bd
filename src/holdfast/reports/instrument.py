"""One instrument for people: its words, how it is scored, where each number comes from."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from holdfast.instruments.definition import Instrument, Item, Options, Source
from holdfast.instruments.scales import ChangeRule, Scale
from holdfast.instruments.wording import Wording
from holdfast.instruments.words import CHECKED_IN_FULL, UNVALIDATED, condition_in_words, small

WIDTH = 88
INDENT = (0, 0, 0, 2)


def print_instrument(
    instrument: Instrument, wording: Wording | None, console: Console | None = None
) -> None:
    """Print an instrument, with its words if there are any."""
    console = console or Console()
    for part in _parts(instrument, wording):
        console.print(part, highlight=False, markup=False, width=min(console.width, WIDTH))


def _parts(instrument: Instrument, wording: Wording | None) -> Iterator[RenderableType]:
    numbers = {one.name: f"[{place}]" for place, one in enumerate(instrument.sources, start=1)}
    yield Text.assemble((instrument.title, "bold"), f"  {instrument.full_title}")
    yield Text(f"{instrument.measures}. Asks about {instrument.recall}.")
    if instrument.status == "unvalidated":
        yield Text(UNVALIDATED, style="bold")
    yield Text(f"What it does not say: {small(instrument.not_meaning)}", style="dim")
    yield from _items(instrument, wording)
    for scale in instrument.scales:
        yield Text.assemble("\n", (scale.title, "bold"))
        yield _grid(_of_a_scale(scale, numbers))
    yield from _patterns(instrument, numbers)
    yield Text("\nSources", style="bold")
    yield _grid((numbers[one.name], _source(one)) for one in instrument.sources)
    yield Text("\nLicence", style="bold")
    yield Padding(_licence(instrument, wording), INDENT)


def _items(instrument: Instrument, wording: Wording | None) -> Iterator[RenderableType]:
    yield Text("\nItems", style="bold")
    if wording is None:
        yield Padding(
            Text("Its words are not here. If you may use them: holdfast instrument add FILE"),
            INDENT,
        )
    elif wording.stem:
        yield Padding(Text(wording.stem, style="italic"), INDENT)
    yield _grid((one.name, _item(one, wording)) for one in instrument.items)
    options = {one.options.name: one.options for one in instrument.items if one.options}
    for one in options.values():
        answers = Text(f"Answers  {_answers(one, wording)}", style="dim")
        yield Padding(answers, INDENT)


def _item(item: Item, wording: Wording | None) -> Text:
    marks = [
        "counted the other way round" if item.reverse else "",
        "" if item.scored else "not scored",
        f"asked if {condition_in_words(item.asked_if)}" if item.asked_if else "",
        _safety(item),
    ]
    said = ", ".join(mark for mark in marks if mark)
    words = wording.text(item.name) if wording else ""
    return Text.assemble(words, (f"{' ' * bool(words)}({said})" if said else "", "dim"))


def _safety(item: Item) -> str:
    if item.safety is None:
        return ""
    said = "reaches a person at once" if item.safety.kind == "alert" else "shown to the therapist"
    return f"from {item.safety.at_least:g} on {said}"


def _answers(options: Options, wording: Wording | None) -> str:
    first, last = options.values[0], options.values[-1]
    labels = wording.labels(options.name) if wording else None
    if labels and labels.low:
        return f"{first:g} {labels.low} … {last:g} {labels.high}"
    if labels and labels.each:
        pairs = zip(options.values, labels.each, strict=True)
        return " · ".join(f"{value:g} {label}" for value, label in pairs)
    return " · ".join(f"{value:g}" for value in options.values)


def _of_a_scale(scale: Scale, numbers: dict[str, str]) -> Iterator[tuple[str, str]]:
    times = f", times {scale.times:g}" if scale.times != 1 else ""
    yield "made of", f"{scale.method} of {', '.join(scale.items)}{times} {numbers[scale.source]}"
    yield "range", f"{scale.lowest:g} to {scale.highest:g}"
    if scale.max_missing:
        instead = ", the mean of the others stands in" if scale.fill == "mean" else ""
        yield "missing", f"up to {scale.max_missing} answers{instead}"
    if scale.bands:
        bands = ", ".join(f"{one.title} from {one.lowest:g}" for one in scale.bands)
        yield "bands", f"{bands} {numbers[scale.bands_source]}"
    for cutoff in scale.cutoffs:
        side = "or more" if cutoff.above else "or less"
        yield f"{cutoff.at:g} {side}", f"{cutoff.title} {numbers[cutoff.source]}"
    for rule in scale.changes:
        yield f"{rule.threshold:.3g} points", f"{_change(rule)} {numbers[rule.source]}"
    for sample in scale.samples:
        n = f", n = {sample.n:,}" if sample.n else ""
        said = f"{sample.title} (SD {sample.sd:g}{n}) {numbers[sample.source]}"
        yield f"mean {sample.mean:g}", said
    for one in scale.reliabilities:
        kind = "Cronbach's α" if one.kind == "alpha" else "retest"
        yield f"r = {one.value:.2f}", f"reliability, {kind} {numbers[one.source]}"


def _change(rule: ChangeRule) -> str:
    if rule.points is not None:
        return rule.title
    return (
        f"{rule.title} (SD {rule.sd:g}, reliability {rule.reliability:g}, "
        f"confidence {rule.confidence:.0%})"
    )


def _patterns(instrument: Instrument, numbers: dict[str, str]) -> Iterator[RenderableType]:
    for criterion in instrument.criteria:
        yield Text.assemble("\n", (criterion.title, "bold"))
        held = "; and ".join(condition_in_words(one) for one in criterion.all_of)
        yield Padding(Text(f"If {held}. {numbers[criterion.source]}"), INDENT)
        yield Padding(Text(criterion.meaning, style="dim"), INDENT)
    if instrument.levels:
        yield Text("\nLevels, the most urgent first", style="bold")
    for level in instrument.levels:
        held = "; or ".join(condition_in_words(one) for one in level.any_of) or "otherwise"
        words = f"{level.title}: if {held}. {level.action} {numbers[level.source]}"
        yield Padding(Text(words.replace("if otherwise", "otherwise")), INDENT)


def _source(source: Source) -> Text:
    where = f" {source.url}" if source.url else ""
    cite = source.cite.rstrip(".")
    return Text.assemble(f"{cite}.{where} ", (f"({CHECKED_IN_FULL[source.checked]})", "dim"))


def _licence(instrument: Instrument, wording: Wording | None) -> Text:
    licence = instrument.licence
    said = f"{licence.name}. {licence.terms}"
    if wording is not None:
        said += f"\nThe words: {wording.licence} {wording.attribution}".rstrip()
    return Text(said)


def _grid(rows: Iterator[tuple[str, str | Text]]) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(min_width=4, no_wrap=True)
    grid.add_column(overflow="fold")
    for name, said in rows:
        grid.add_row(Text(f"  {name}"), said if isinstance(said, Text) else Text(said))
    return grid
