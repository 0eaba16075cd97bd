"""Numbers in words: how a value, its interval, its reference and its accuracy are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from holdfast.indicators.indicator import Indicator, Spread, Unit
from holdfast.reports.accuracy import Accuracy, accuracy_of
from holdfast.session import Seconds

THIN = "\u202f"
MINUS = "\N{MINUS SIGN}"
NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class Style:
    """How a unit is written: its factor, its figures, and what stands behind them."""

    factor: float
    figures: str
    unit: str = ""
    unit_of_range: str = ""


STYLES = {
    Unit.SHARE: Style(100, ".0f", f"{THIN}%", f"{THIN}%"),
    Unit.COUNT: Style(1, ".0f"),
    Unit.RATIO: Style(1, ".1f", " to 1"),
    Unit.SECONDS: Style(1, ".1f", f"{THIN}s", f"{THIN}s"),
    Unit.RATE: Style(1, ".1f", " per 10 min", " per 10 min"),
    Unit.RATE_OF_WORDS: Style(1, ".1f", " per 1,000 words", " per 1,000 words"),
    Unit.DIFFERENCE: Style(100, "+.0f", " points"),
    Unit.INDEX: Style(1, ".2f"),
}


def written(value: float, unit: Unit) -> str:
    """Write a value in its unit.

    Examples
    --------
    >>> written(0.4231, Unit.SHARE).replace(THIN, " "), written(12, Unit.COUNT)
    ('42 %', '12')
    >>> written(1.5, Unit.RATIO)
    '1.5 to 1'
    """
    return _figures(value, unit) + STYLES[unit].unit


def written_range(low: float, high: float, unit: Unit) -> str:
    """Write a range, with its unit once.

    Examples
    --------
    >>> written_range(0.4, 0.55, Unit.SHARE).replace(THIN, " ")
    '40 to 55 %'
    """
    return f"{_figures(low, unit)} to {_figures(high, unit)}{STYLES[unit].unit_of_range}"


def plain(value: float) -> str:
    """Write a score: one place after the point, and none where it is whole.

    Examples
    --------
    >>> plain(10.285714), plain(9.0), plain(-0.01)
    ('10.3', '9', '0')
    """
    said = f"{value:.1f}".removesuffix(".0")
    return "0" if said == "-0" else said


def bare(value: float, unit: Unit) -> str:
    """Write a value for a narrow column: a share keeps its sign, other units are left out.

    Examples
    --------
    >>> bare(0.42, Unit.SHARE), bare(1.5, Unit.RATIO)
    ('42 %', '1.5')
    """
    return _figures(value, unit) + (" %" if unit is Unit.SHARE else "")


def bare_range(low: float, high: float, unit: Unit) -> str:
    """Write a range for a narrow column.

    Examples
    --------
    >>> bare_range(0.4, 0.55, Unit.SHARE)
    '40–55 %'
    """
    return f"{_figures(low, unit)}–{bare(high, unit)}"


def _figures(value: float, unit: Unit) -> str:
    style = STYLES[unit]
    shown = format(style.factor * value, style.figures)
    if float(shown) == 0:
        shown = shown.lstrip("+-")
    return shown.replace("-", MINUS)


def clock(seconds: Seconds) -> str:
    """Write a time of the recording.

    Examples
    --------
    >>> clock(401.2), clock(3723)
    ('6:41', '1:02:03')
    """
    minutes, rest = divmod(int(max(0.0, seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@dataclass(frozen=True, slots=True)
class Reading:
    """An indicator as sentences: everything that stands beside its number."""

    value: str
    stands_on: str
    interval: str | None
    references: tuple[str, ...]
    accuracy: Accuracy
    not_meaning: str
    source: str


def read_indicator(indicator: Indicator, accuracy: Mapping[str, Accuracy]) -> Reading:
    """Write an indicator out in words."""
    unit = indicator.unit
    head, _, rest = (indicator.missing or NOT_APPLICABLE).partition(": ")
    there = indicator.value is not None
    return Reading(
        value=head if indicator.value is None else written(indicator.value, unit),
        stands_on=_counted(indicator) if there else rest,
        interval=written_range(*indicator.interval, unit) if indicator.interval else None,
        references=_references(indicator),
        accuracy=accuracy_of(indicator, accuracy),
        not_meaning=indicator.not_meaning,
        source=indicator.source,
    )


def _counted(indicator: Indicator) -> str:
    if indicator.unit is Unit.COUNT and indicator.value == indicator.n:
        return ""
    return f"{indicator.n:,} {indicator.of}".replace(",", THIN)


def _references(indicator: Indicator) -> tuple[str, ...]:
    reference, unit = indicator.reference, indicator.unit
    if reference is None:
        return ()
    spreads = [("good", reference.high), ("poor", reference.low)]
    middles = [_middle(words, spread, unit) for words, spread in spreads if spread is not None]
    lines = [f"{name}: {written(value, unit)}" for name, value in reference.lines]
    note = f" ({_lower_first(reference.note)})" if reference.note else ""
    return (
        *([f"The middle half {', '.join(middles)}."] if middles else []),
        *([f"{'; '.join(lines)}{note}."] if lines else []),
    )


def _middle(words: str, spread: Spread, unit: Unit) -> str:
    return f"of {spread.sessions} {words}: {written_range(spread.p25, spread.p75, unit)}"


def _lower_first(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
