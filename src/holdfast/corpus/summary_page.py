"""The picture of a corpus: one page, in the look of the other reports, that loads nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from string import Template

from holdfast.corpus.summary import MAIN, Drift, Spreading, Summary
from holdfast.indicators import Spread
from holdfast.reports.html import asset, policy
from holdfast.reports.numbers import written, written_range
from holdfast.reports.page.markup import Markup, join, tag

STYLES = ("page.css", "picture.css", "print.css")
LIMITS = (
    "Neither sessions nor therapists are ranked: no number here says how good a session was.",
    "The coder learned from motivational interviewing; on supportive therapy it is not measured.",
    "A probability near what is expected doesn't prove that the codes are right.",
    "The alliance can't be read off a transcript. Ask the clients.",
)
WIDE, LEFT, TALL = 260.0, 8.0, 34.0


def render_summary(summary: Summary) -> str:
    """Return the page of a corpus as HTML."""
    style = "".join((*map(asset, STYLES), _asset("corpus.css")))
    sections = (
        _size(summary),
        _indicators(summary),
        _coder(summary),
        _failures(summary),
        _section("limits", "What this can't tell", tag("ul", *(tag("li", x) for x in LIMITS))),
        _making(summary),
    )
    about = f"{summary.sessions:,} sessions, {summary.utterances:,} utterances"
    return Template(_asset("corpus.html")).substitute(
        policy=policy(style, ""),
        style=style,
        about=tag("p", about, class_="who"),
        sections=join(sections, "\n"),
    )


def _asset(name: str) -> str:
    return (files("holdfast.corpus") / "assets" / name).read_text(encoding="utf-8")


def _section(anchor: str, title: str, *children: Markup | None) -> Markup:
    return tag("section", tag("h2", title, id=anchor), *children, aria_labelledby=anchor)


def _table(caption: str, heads: Iterable[str], rows: Iterable[Iterable[Markup | str]]) -> Markup:
    body = [
        tag("tr", *(_cell(cell, first=not place) for place, cell in enumerate(row))) for row in rows
    ]
    table = tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", *(tag("th", head, scope="col") for head in heads))),
        tag("tbody", *body),
        class_="numbers",
    )
    return tag("div", table, class_="scroll", tabindex="0", role="region", aria_label=caption)


def _cell(cell: Markup | str, *, first: bool) -> Markup:
    return tag("th", cell, scope="row") if first else tag("td", cell)


def _size(summary: Summary) -> Markup:
    whole = max(1, summary.sessions)
    titles = {"words": "Words", "minutes": "Minutes", "utterances": "Utterances"}
    rows = [(titles[name], *_quantiles(spread, ",.0f")) for name, spread in summary.sizes.items()]
    coverage = (
        f"{summary.english:,} of {whole:,} look English; {summary.with_times:,} have times, "
        f"{summary.with_dates:,} a date. "
        f"Therapists by name: {summary.therapists:,}. "
        f"Read as: {', '.join(f'{name} {count:,}' for name, count in summary.formats.items())}."
    )
    return _section(
        "size",
        "What there is",
        tag("p", coverage, class_="note"),
        _table("Size of the sessions", ("", *QUANTILES), rows),
    )


QUANTILES = ("10 %", "25 %", "middle", "75 %", "90 %", "sessions")


def _quantiles(spread: Spread | None, form: str) -> tuple[str, ...]:
    if spread is None:
        return ("too few", *[""] * 5)
    values = (spread.p10, spread.p25, spread.p50, spread.p75, spread.p90)
    return (*(f"{one:{form}}" for one in values), f"{spread.sessions:,}")


def _indicators(summary: Summary) -> Markup:
    rows = [_indicator(one, summary.sessions) for one in summary.indicators]
    about = (
        "Each line shows where the sessions lie: thin from the 10th to the 90th percentile, thick "
        "over the middle half, a stroke at the middle; a ring marks the middle of the high-quality "
        "demonstrations of motivational interviewing, a place to stand and not a norm. Where an "
        "indicator doesn't apply to a session, it has no value there and counts as none."
    )
    heads = ("Indicator", "Where sessions lie", "Middle", "Middle half", "Has a value in")
    return _section(
        "indicators",
        "Indicators",
        tag("p", about, class_="note"),
        _table("Indicators over the sessions", heads, rows),
    )


def _indicator(one: Spreading, sessions: int) -> tuple[Markup | str, ...]:
    covered = f"{one.sessions:,} ({one.sessions / max(1, sessions):.0%})"
    if one.spread is None:
        return one.indicator.title, "too few sessions", "", "", covered
    unit = one.indicator.unit
    half = written_range(one.spread.p25, one.spread.p75, unit)
    return one.indicator.title, _strip(one), written(one.spread.p50, unit), half, covered


def _strip(one: Spreading) -> Markup:
    """Draw quantiles on a line from the lowest to the highest of them."""
    spread, reference = one.spread, one.indicator.reference
    if spread is None:
        return tag("span")
    ring = reference.high.p50 if reference is not None and reference.high is not None else None
    low = min(spread.p10, spread.p10 if ring is None else ring)
    high = max(spread.p90, spread.p90 if ring is None else ring)

    def x(value: float) -> float:
        return LEFT + (WIDE - 2 * LEFT) * ((value - low) / (high - low) if high > low else 0.5)

    y = TALL / 2
    return tag(
        "svg",
        tag("line", x1=x(spread.p10), x2=x(spread.p90), y1=y, y2=y, class_="thin"),
        tag("line", x1=x(spread.p25), x2=x(spread.p75), y1=y, y2=y, class_="thick"),
        tag("line", x1=x(spread.p50), x2=x(spread.p50), y1=y - 10, y2=y + 10, class_="middle"),
        tag("circle", cx=x(ring), cy=y, r=5, class_="open") if ring is not None else None,
        viewBox=f"0 0 {WIDE:g} {TALL:g}",
        width=f"{WIDE:g}",
        height=f"{TALL:g}",
        class_="lying",
        aria_hidden="true",
    )


def _coder(summary: Summary) -> Markup:
    about = (
        "The card says how the coder fared on sessions that it had not seen in training. Its "
        "probabilities are calibrated there, so their mean equals how often it is right. A mean "
        "further below than the calibration error, or more abstentions, says that these sessions "
        "differ from what it learned: trust the codes less. Shares of labels differ with the way "
        "of working and need no worry by themselves."
    )
    parts = [part for drift in summary.drifts for part in _drift(drift)]
    return _section("coder", "How the coder fares here", tag("p", about, class_="note"), *parts)


def _drift(drift: Drift) -> Iterator[Markup]:
    rows = [
        ("Mean probability of its choice", f"{drift.p:.3f}", f"{drift.p_expected:.3f}"),
        ("Abstained", f"{drift.abstained:.1%}", f"{drift.abstained_expected:.1%}"),
        *(
            (f"Share of {label}", f"{here:.1%}", f"{there:.1%}")
            for label, (here, there) in drift.labels.items()
        ),
    ]
    yield tag("h3", f"On {MAIN[drift.code]} ({drift.utterances:,})")
    yield tag("p", verdict(drift), class_="note")
    yield _table(f"The coder on {MAIN[drift.code]}", ("", "Here", "On its card"), rows)


def verdict(drift: Drift) -> str:
    """Say in a sentence whether the coder is as sure here as on its card.

    Examples
    --------
    >>> verdict(Drift("talk", 90, 0.5, 0.66, 0.03, 0.3, 0.2, {}))
    'It is less sure here than on its card, by 0.16: more than its calibration error of 0.03.'
    """
    less = drift.p_expected - drift.p
    if less > drift.calibration_error:
        return (
            f"It is less sure here than on its card, by {less:.2f}: more than its calibration "
            f"error of {drift.calibration_error:.2f}."
        )
    if -less > drift.calibration_error:
        return f"It is surer here than on its card, by {-less:.2f}: easier talk, or overconfidence."
    return "It is as sure here as on its card."


def _failures(summary: Summary) -> Markup:
    count = sum(summary.failures.values())
    if not count:
        return _section("failures", "What could not be read", tag("p", "Nothing: all was read."))
    kinds = ", ".join(f"{kind} {n:,}" for kind, n in summary.failures.items())
    rows = [(reason, f"{n:,}") for reason, n in summary.reasons]
    return _section(
        "failures",
        "What could not be read",
        tag("p", f"{count:,} in all: {kinds}. Each with its source is in the table failures."),
        _table("The most frequent reasons", ("Reason", "How often"), rows),
    )


def _making(summary: Summary) -> Markup:
    heads = ("Run", "Engine", "Sessions", "Skipped", "Finished", "Holdfast", "Model", "Codebook")
    rows = [
        (
            str(run["run_id"]),
            f"{run['engine']}, {run['workers']}",
            f"{run['sessions'] or 0:,}",
            f"{run['skipped'] or 0:,}",
            "yes" if run["finished"] else "stopped",
            str(run["holdfast"]),
            str(run["model"]),
            str(run["codebook"]),
        )
        for run in summary.runs
    ]
    return _section("making", "How it was made", _table("Runs", heads, rows))
