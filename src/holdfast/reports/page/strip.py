"""A small strip that shows where a number lies beside two groups of demonstrations."""

from __future__ import annotations

from dataclasses import dataclass

from holdfast.indicators.indicator import Indicator, Spread, Unit
from holdfast.reports.page.markup import Markup, tag

WIDTH, HEIGHT = 250, 62
LEFT, RIGHT = 38, 8
HERE_Y, GOOD_Y, POOR_Y = 12, 34, 52


@dataclass(frozen=True, slots=True)
class Scale:
    """Puts values of an indicator onto the strip."""

    low: float
    high: float

    def x(self, value: float) -> float:
        """Return the horizontal place of a value, kept inside the strip."""
        share = (value - self.low) / (self.high - self.low)
        return LEFT + min(1.0, max(0.0, share)) * (WIDTH - LEFT - RIGHT)


def draw_strip(indicator: Indicator, words: str) -> Markup | None:
    """Return the strip, or nothing where there is no value or nothing to hold it against.

    ``words`` says the same for those who can't see it.
    """
    reference = indicator.reference
    if reference is None or indicator.value is None or not (reference.high or reference.low):
        return None
    scale = _scale(indicator)
    return tag(
        "svg",
        *(
            _spread(scale, spread, y, label)
            for spread, y, label in (
                (reference.high, GOOD_Y, "good"),
                (reference.low, POOR_Y, "poor"),
            )
            if spread is not None
        ),
        *(_line(scale, value) for _, value in reference.lines),
        _here(scale, indicator),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        aria_label=words,
        class_="strip",
    )


def _scale(indicator: Indicator) -> Scale:
    reference = indicator.reference
    spreads = [one for one in (reference and reference.high, reference and reference.low) if one]
    values = [indicator.value or 0.0, *(indicator.interval or ())]
    values += [end for spread in spreads for end in (spread.p10, spread.p90)]
    values += [value for _, value in (reference.lines if reference else ())]
    if indicator.unit is Unit.SHARE:
        return Scale(0.0, 1.0)
    low, high = min(0.0, *values), max(0.0, *values)
    room = 0.05 * (high - low) or 0.5
    return Scale(low - room if low < 0 else low, high + room)


def _spread(scale: Scale, spread: Spread, y: float, label: str) -> Markup:
    return tag(
        "g",
        tag("text", label, x=0, y=y + 4),
        tag("line", x1=scale.x(spread.p10), x2=scale.x(spread.p90), y1=y, y2=y, class_="range"),
        tag(
            "rect",
            x=scale.x(spread.p25),
            y=y - 4,
            width=max(2.0, scale.x(spread.p75) - scale.x(spread.p25)),
            height=8,
            class_="middle",
        ),
        tag("line", x1=scale.x(spread.p50), x2=scale.x(spread.p50), y1=y - 6, y2=y + 6),
    )


def _line(scale: Scale, value: float) -> Markup:
    x = scale.x(value)
    return tag("line", x1=x, x2=x, y1=HERE_Y + 10, y2=HEIGHT, class_="published")


def _here(scale: Scale, indicator: Indicator) -> Markup:
    x = scale.x(indicator.value or 0.0)
    low, high = indicator.interval or (indicator.value or 0.0, indicator.value or 0.0)
    return tag(
        "g",
        tag("text", "here", x=0, y=HERE_Y + 4),
        tag("line", x1=scale.x(low), x2=scale.x(high), y1=HERE_Y, y2=HERE_Y, class_="interval"),
        tag("line", x1=x, x2=x, y1=HERE_Y, y2=HEIGHT, class_="here"),
        tag("circle", cx=x, cy=HERE_Y, r=5, class_="here"),
        class_="session",
    )
