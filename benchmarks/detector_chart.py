"""Draws the detectors' curves as an SVG that needs no colour to be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
from numpy.typing import NDArray

PAPER, INK, ACCENT, FAINT = "#fbf8f3", "#2a2622", "#245f50", "#d9d2c6"
PANEL_WIDTH, PANEL_HEIGHT, LEFT, TOP, BETWEEN, BELOW = 290, 300, 64, 104, 44, 104
MOST_ALARMS, LEAST, MOST = 10.0, 40.0, 100.0
DASHES = {
    "oracle": "1 4",
    "likely_fall": "",
    "combined": "9 4",
    "control_limit": "9 3 2 3",
    "strong_dip": "4 4",
    "low": "14 3 2 3 2 3",
}
DIRECT = {(0, "low"): (5.2, 16), (1, "strong_dip"): (4.4, 18), (2, "control_limit"): (2.2, 20)}
"""Where a panel names a curve: at how many alarms, and how far below it."""

FONT = "font-family=\"Georgia, 'Iowan Old Style', serif\""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One detector's curve: false alarms per 100 sessions, and sensitivity in percent."""

    name: str
    title: str
    x: NDArray[np.float64]
    y: NDArray[np.float64]


def chart(panels: Mapping[str, Sequence[Line]]) -> str:
    """Return the figure: a panel for each reliability, one key below."""
    width = LEFT + len(panels) * (PANEL_WIDTH + BETWEEN)
    height = TOP + PANEL_HEIGHT + BELOW
    opened = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="title description" {FONT} fill="{INK}">'
    )
    parts = [
        opened,
        '<title id="title">How many ruptures each detector finds, against false alarms</title>',
        f'<desc id="description">{escape(_described(panels))}</desc>',
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>',
        _text(LEFT, 34, "Unrepaired ruptures found within two sessions, %", size=19),
        _text(
            LEFT,
            58,
            "by false alarms per 100 sessions. Shaded is the aim: 90 % or more, at 5 or fewer.",
            size=14,
        ),
    ]
    for place, (title, lines) in enumerate(panels.items()):
        left = LEFT + place * (PANEL_WIDTH + BETWEEN)
        parts += _panel(left, title, lines)
        parts += [
            _name(left, line, *DIRECT[place, line.name])
            for line in lines
            if (place, line.name) in DIRECT
        ]
    parts += _key(next(iter(panels.values())), TOP + PANEL_HEIGHT + 64)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(left: float, title: str, lines: Sequence[Line]) -> list[str]:
    right, bottom = left + PANEL_WIDTH, TOP + PANEL_HEIGHT
    aim = (
        f'<rect x="{left}" y="{TOP}" width="{PANEL_WIDTH / 2}" height="{_y(90) - TOP}" '
        f'fill="{ACCENT}" opacity="0.10"/>'
    )
    parts = [
        aim,
        _text(left, TOP - 12, title, size=15, weight="bold"),
    ]
    for share in range(int(LEAST), int(MOST) + 1, 20):
        parts.append(_rule(left, _y(share), right, _y(share)))
        parts.append(_text(left - 8, _y(share) + 4, str(share), anchor="end"))
    parts += [
        _text(_x(left, alarms), bottom + 18, f"{alarms:g}", anchor="middle")
        for alarms in np.arange(0, MOST_ALARMS + 1, 2)
    ]
    parts.append(_text(right, bottom + 36, "false alarms per 100 sessions", anchor="end"))
    return parts + [_curve(left, line) for line in lines]


def _curve(left: float, line: Line) -> str:
    shown = (line.x <= MOST_ALARMS) & (line.y >= LEAST)
    points = " ".join(
        f"{_x(left, x):.1f},{_y(y):.1f}" for x, y in zip(line.x[shown], line.y[shown], strict=True)
    )
    colour, width = (ACCENT, 3) if line.name == "likely_fall" else (INK, 1.6)
    return (
        f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{width}" '
        f'stroke-linejoin="round" {_dash(line.name)}/>'
    )


def _name(left: float, line: Line, alarms: float, below: float) -> str:
    height = _y(float(np.interp(alarms, line.x, line.y)))
    return _text(_x(left, alarms) + 4, height + below, line.title, size=12)


def _key(lines: Sequence[Line], top: float) -> list[str]:
    parts: list[str] = []
    for place, line in enumerate(lines):
        x, y = LEFT + (place % 3) * (PANEL_WIDTH + BETWEEN), top + (place // 3) * 24
        colour, width = (ACCENT, 3) if line.name == "likely_fall" else (INK, 1.6)
        parts.append(
            f'<line x1="{x}" y1="{y - 4}" x2="{x + 44}" y2="{y - 4}" stroke="{colour}" '
            f'stroke-width="{width}" {_dash(line.name)}/>'
        )
        parts.append(_text(x + 54, y, line.title))
    return parts


def _described(panels: Mapping[str, Sequence[Line]]) -> str:
    said = []
    for title, lines in panels.items():
        found = [f"{line.title} {float(np.interp(5, line.x, line.y)):.0f} %" for line in lines]
        said.append(f"{title}, found at 5 false alarms per 100 sessions: {', '.join(found)}.")
    return " ".join(said)


def _x(left: float, alarms: float) -> float:
    return left + PANEL_WIDTH * alarms / MOST_ALARMS


def _y(share: float) -> float:
    return TOP + PANEL_HEIGHT * (MOST - share) / (MOST - LEAST)


def _dash(name: str) -> str:
    return f'stroke-dasharray="{DASHES[name]}"' if DASHES[name] else ""


def _rule(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1}" y1="{y1:.1f}" x2="{x2}" y2="{y2:.1f}" stroke="{FAINT}"/>'


def _text(
    x: float, y: float, words: str, *, size: int = 13, anchor: str = "start", weight: str = "normal"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" '
        f'font-weight="{weight}">{escape(words)}</text>'
    )
