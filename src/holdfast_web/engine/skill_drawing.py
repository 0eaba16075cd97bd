"""Pictures of a skill over sessions or months: small SVG, told by shapes and not by colour.

A dot is a value, the line through it its 95 % interval, the grey band the middle half of good
demonstrations. A short stroke at the foot is a place without a number: never a nought. An open
dot was read by another model; no line joins it to the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.safestring import SafeString

from holdfast.indicators.indicator import Spread, Unit
from holdfast.reports.numbers import bare
from holdfast.reports.page.markup import Markup, tag

WIDTH, HEIGHT = 440, 170
LEFT, RIGHT, TOP, BOTTOM = 58, 14, 14, 30
TICKS = 2
MOST_LABELS = 7
CAP = 4


@dataclass(frozen=True, slots=True)
class Drawn:
    """A place in a picture.

    Attributes
    ----------
    label
        What stands below it.
    value, low, high
        ``None`` where there is no number, or no interval.
    joined
        Neighbours with the same are joined by a line: what read them.
    other
        Whether another model than the latest read it.
    """

    label: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    joined: str = ""
    other: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a place and a value lie."""

    count: int
    low: float
    high: float

    def x(self, place: int) -> float:
        """Return where a place lies from left to right."""
        return LEFT + (place + 0.5) * (WIDTH - LEFT - RIGHT) / max(1, self.count)

    def y(self, value: float) -> float:
        """Return where a value lies from top to bottom."""
        share = (value - self.low) / (self.high - self.low)
        return HEIGHT - BOTTOM - min(1.0, max(0.0, share)) * (HEIGHT - BOTTOM - TOP)


def draw_skill(
    points: Sequence[Drawn], unit: Unit, band: Spread | None, words: str, foot: str = "session"
) -> SafeString:
    """Return a skill's picture.

    Parameters
    ----------
    points
        From left to right.
    unit
        Of the values.
    band
        The demonstrations whose middle half is drawn, if any are known.
    words
        What it shows, for those who can't see it.
    foot
        What the labels below are.

    Examples
    --------
    >>> draw_skill((Drawn("1", 0.5, 0.4, 0.6), Drawn("2")), Unit.SHARE, None, "A skill.")[:35]
    '<svg viewBox="0 0 440 170" role="im'
    """
    frame = _frame(points, unit, band)
    return SafeString(
        tag(
            "svg",
            *_grid(frame, unit),
            *_band(frame, band),
            *_labels(frame, points, foot),
            *_lines(frame, points),
            *_points(frame, points),
            viewBox=f"0 0 {WIDTH} {HEIGHT}",
            role="img",
            aria_label=words,
            class_="skill",
        )
    )


def _frame(points: Sequence[Drawn], unit: Unit, band: Spread | None) -> Frame:
    if unit is Unit.SHARE:
        return Frame(len(points), 0.0, 1.0)
    values = [
        value for one in points for value in (one.value, one.low, one.high) if value is not None
    ]
    values += [band.p25, band.p75] if band else []
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    return Frame(len(points), low, high if high > low else low + 1.0)


def _grid(frame: Frame, unit: Unit) -> Iterator[Markup]:
    for step in range(TICKS + 1):
        value = frame.low + (frame.high - frame.low) * step / TICKS
        y = frame.y(value)
        yield tag("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y, class_="tick")
        words = bare(value, unit)
        yield tag("text", words, x=LEFT - 8, y=y + 5, text_anchor="end", class_="small")


def _band(frame: Frame, band: Spread | None) -> Iterator[Markup]:
    if band is None:
        return
    top, foot, end = frame.y(band.p75), frame.y(band.p25), WIDTH - RIGHT
    height = max(1.5, foot - top)
    yield tag("rect", x=LEFT, y=top, width=end - LEFT, height=height, class_="middle")
    for y in (top, top + height):
        yield tag("line", x1=LEFT, x2=end, y1=y, y2=y, class_="edge")


def _labels(frame: Frame, points: Sequence[Drawn], foot: str) -> Iterator[Markup]:
    step = -(-len(points) // MOST_LABELS) or 1
    y = HEIGHT - 8
    yield tag("text", foot, x=0, y=y, class_="small")
    for place in range(len(points) - 1, -1, -step):
        label = points[place].label
        yield tag("text", label, x=frame.x(place), y=y, text_anchor="middle", class_="small")


def _lines(frame: Frame, points: Sequence[Drawn]) -> Iterator[Markup]:
    """Join neighbours that the same model read; a gap breaks the line."""
    numbered = enumerate(points)
    for key, group in groupby(numbered, key=lambda one: (one[1].value is None, one[1].joined)):
        run = [
            (frame.x(place), frame.y(one.value)) for place, one in group if one.value is not None
        ]
        if not key[0] and len(run) > 1:
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in run)
            yield tag("polyline", points=path, class_="rated")


def _points(frame: Frame, points: Sequence[Drawn]) -> Iterator[Markup]:
    for place, one in enumerate(points):
        x = frame.x(place)
        if one.value is None:
            y = HEIGHT - BOTTOM - 4
            yield tag("line", x1=x - 4, x2=x + 4, y1=y, y2=y, class_="gap")
            continue
        if one.low is not None and one.high is not None:
            yield _interval(x, frame.y(one.low), frame.y(one.high))
        kind, radius = ("open", 5.0) if one.other else ("full", 4.5)
        yield tag("circle", cx=x, cy=frame.y(one.value), r=radius, class_=kind)


def _interval(x: float, low: float, high: float) -> Markup:
    caps = "".join(f"M{x - CAP:.1f} {y:.1f}h{2 * CAP}" for y in (low, high))
    return tag("path", d=f"M{x:.1f} {low:.1f}V{high:.1f}{caps}", class_="interval")
