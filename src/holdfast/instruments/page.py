"""The shipped instruments as a page of documentation, so that page and data cannot part."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from holdfast.instruments.definition import Checked, Instrument, Item, Worse
from holdfast.instruments.library import load_instrument, load_wordings, shipped_names
from holdfast.instruments.scales import ChangeRule, Scale
from holdfast.instruments.words import CHECKED, CHECKED_IN_FULL, condition_in_words

HEADING = """\
# Instruments

The questionnaires that ship with Holdfast: what each measures and doesn't say, how it is scored,
where each number comes from, and who owns the words. This page is made from their own files in
`src/holdfast/instruments/library/`; `holdfast instrument show NAME` prints one with its words. A
practice can add others: see [a definition](definition.md). From and to other systems: see
[FHIR](fhir.md).

**How far a number was checked** stands beside the number of its source:

| Word | Means |
|---|---|"""
CAUTION = """
A total is no diagnosis, and a low one doesn't mean that somebody is safe. A safety item is shown to
a person whatever the total comes to. None of these numbers was made to compare therapists.
"""
WORSE = {
    Worse.HIGHER: "higher is worse",
    Worse.LOWER: "lower is worse",
    Worse.NEITHER: "no number is better than another",
}
AT_ONCE = {"alert": "reaches a person at once", "note": "is shown to the therapist"}
LANGUAGES = {"en": "English"}
Row = tuple[str, str, str]


def instruments_page() -> str:
    """Return all shipped instruments as Markdown; what a practice added is not among them.

    Examples
    --------
    >>> page = instruments_page()
    >>> page.splitlines()[0], "## PHQ-9" in page.splitlines()
    ('# Instruments', True)
    """
    shipped = [load_instrument(name) for name in shipped_names()]
    words = (_line(CHECKED[one], _sentence(CHECKED_IN_FULL[one])) for one in Checked)
    parts = [HEADING, *words, CAUTION, *_contents(shipped)]
    for one in shipped:
        parts += ["", *_instrument(one)]
    return "\n".join(parts).rstrip() + "\n"


def _contents(shipped: list[Instrument]) -> Iterator[str]:
    yield from ("| Instrument | About | Items | Words ship | Licence of the words |",)
    yield "|---|---|---|---|---|"
    for one in shipped:
        title = f"[{one.title}](#{one.title.lower().replace(' ', '-')})"
        yield _line(
            title, one.about, str(len(one.items)), _languages(one) or "no", one.licence.name
        )


def _instrument(one: Instrument) -> Iterator[str]:
    yield from (
        f"## {one.title}",
        "",
        f"`{one.name}`: {one.full_title}, version {one.version}.",
        "",
    )
    yield f"- **Measures:** {one.measures}. It asks about {one.recall}; {WORSE[one.worse]}."
    yield f"- **Doesn't say:** {one.not_meaning}"
    if one.status == "unvalidated":
        yield "- **Unvalidated:** nobody has studied yet how well it measures."
    if one.loinc:
        yield f"- **LOINC:** panel {one.loinc}."
    yield f"- **Licence:** {_licence(one)}"
    yield from ("", "| Item | Answers | Remarks |", "|---|---|---|")
    yield from (_line(*row) for row in _items(one))
    for scale in one.scales:
        yield from (
            "",
            f"| **{_cell(scale.title)}** (`{scale.name}`) | | Source |",
            "|---|---|---|",
        )
        yield from (_line(*row) for row in _scale(one, scale))
    if one.criteria or one.levels:
        yield from ("", "| Pattern | Holds if | Source |", "|---|---|---|")
        yield from (_line(*row) for row in _patterns(one))
    yield from ("", "Sources:", "")
    for place, source in enumerate(one.sources, start=1):
        where = f" <{source.url}>" if source.url else ""
        yield f"{place}. {source.cite.rstrip('.')}.{where} ({CHECKED[source.checked]})"


def _licence(one: Instrument) -> str:
    named, by = one.licence.name.rstrip("."), _source(one, one.licence.source)
    owner = "" if one.licence.holder in named else f" ({one.licence.holder})"
    words = _languages(one)
    ships = f"The words ship in {words}." if words else "The words don't ship."
    return f"{named}{owner}. {one.licence.terms} {ships} Source: {by}."


def _languages(one: Instrument) -> str:
    tags = sorted({wording.language for wording in load_wordings(one.name, own=False)})
    return ", ".join(LANGUAGES.get(tag, tag) for tag in tags)


def _items(one: Instrument) -> Iterator[Row]:
    """Yield neighbours that differ in nothing but their name as one row."""
    for (answers, marks), alike in groupby(one.items, key=lambda item: _facts(one, item)):
        names = [item.name for item in alike]
        if len(names) > 2 and all(name.removeprefix("q").isdigit() for name in names):
            names = [f"{names[0]} to {names[-1]}"]
        yield ", ".join(names), answers, marks


def _facts(one: Instrument, item: Item) -> tuple[str, str]:
    marks = []
    if item.reverse:
        marks.append("counted the other way round")
    if not item.scored:
        marks.append("not scored")
    if item.asked_if:
        marks.append(f"asked if {condition_in_words(item.asked_if)}")
    if item.safety:
        said = f"{item.safety.at_least:g} or more {AT_ONCE[item.safety.kind]}"
        marks.append(f"**{said}**: {item.safety.title} (source {_source(one, item.safety.source)})")
    if item.options is None:
        return "an open line", "; ".join(marks)
    return f"{item.options.values[0]:g} to {item.options.values[-1]:g}", "; ".join(marks)


def _scale(one: Instrument, scale: Scale) -> Iterator[Row]:
    times = f", times {scale.times:g}" if scale.times != 1 else ""
    yield "Made of", f"{scale.method} of {_names(one, scale)}{times}", _source(one, scale.source)
    yield "Range", f"{scale.lowest:g} to {scale.highest:g}", ""
    yield "Missing answers", _missing(scale), _source(one, scale.source)
    if scale.bands:
        bands = ", ".join(f"{band.title} from {band.lowest:g}" for band in scale.bands)
        yield "Bands", bands, _source(one, scale.bands_source)
    for cutoff in scale.cutoffs:
        side = "or more" if cutoff.above else "or less"
        yield f"Cut-off {cutoff.at:g} {side}", cutoff.title, _source(one, cutoff.source)
    for rule in scale.changes:
        yield f"Change of {rule.threshold:.3g}", _change(rule), _source(one, rule.source)
    for sample in scale.samples:
        n = f", n = {sample.n:,}" if sample.n else ""
        said = f"{sample.title}: mean {sample.mean:g}, SD {sample.sd:g}{n}"
        yield "Norm", said, _source(one, sample.source)
    for known in scale.reliabilities:
        kind = "Cronbach's α" if known.kind == "alpha" else "retest"
        yield "Reliability", f"{kind} {known.value:.2f}", _source(one, known.source)


def _names(one: Instrument, scale: Scale) -> str:
    scored = tuple(item.name for item in one.items if item.scored)
    return f"all {len(scored)} scored items" if scale.items == scored else ", ".join(scale.items)


def _missing(scale: Scale) -> str:
    if not scale.max_missing:
        return "none; otherwise there is no score"
    instead = "the mean of the others stands in" if scale.fill == "mean" else "they are left out"
    return f"up to {scale.max_missing}, {instead}; beyond that there is no score"


def _change(rule: ChangeRule) -> str:
    kind = "more than error" if rule.kind == "reliable" else "what people notice"
    if rule.points is not None:
        return f"{rule.title} ({kind})"
    return (
        f"{rule.title} ({kind}; SD {rule.sd:g}, reliability {rule.reliability:g}, "
        f"{rule.confidence:.0%} confidence)"
    )


def _patterns(one: Instrument) -> Iterator[Row]:
    for criterion in one.criteria:
        held = "; and ".join(map(condition_in_words, criterion.all_of))
        yield criterion.title, f"{held}. {criterion.meaning}", _source(one, criterion.source)
    for level in one.levels:
        held = "; or ".join(map(condition_in_words, level.any_of)) or "nothing above holds"
        yield level.title, f"{held}. {level.action}", _source(one, level.source)


def _source(one: Instrument, name: str) -> str:
    place = [source.name for source in one.sources].index(name) + 1
    return f"{place}, {CHECKED[one.source(name).checked]}"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _line(*cells: str) -> str:
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(words: str) -> str:
    return words.replace("|", "\\|").strip()
