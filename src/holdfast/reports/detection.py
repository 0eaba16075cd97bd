"""How well the signals find known ruptures, as a table for a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from rich.console import Console
from rich.table import Table

from holdfast.trajectories.detection import Detection, Estimate, Truth, detection
from holdfast.trajectories.panel import Bools, panel
from holdfast.trajectories.rules import rule
from holdfast.trajectories.setting import Setting
from holdfast.trajectories.signals import alarms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from holdfast.trajectories.course import Course

TOGETHER = "Any that calls for attention"
ABOUT = (
    "On simulated ratings: how it is with people, nobody knows yet. Found: ruptures of 1.5 SD or "
    "more, by the second session after they began. False: signals at sessions without a rupture, "
    "per 100 of them. Brackets: 95 % intervals over clients."
)


def detections(courses: Iterable[Course], truth: Truth, setting: Setting) -> dict[str, Detection]:
    """Measure each alert, and all of them together, on courses whose ruptures are known.

    Parameters
    ----------
    courses
        The ratings.
    truth
        What is true of them.
    setting
        How ratings are spread.
    """
    found = alarms(panel(tuple(courses)), setting)
    alerts: Mapping[str, Bools] = {
        rule(one.name).title: one.fired for one in found if rule(one.name).attention == "alert"
    }
    together: Bools = np.logical_or.reduce(list(alerts.values()))
    return {
        title: detection(fired, truth) for title, fired in {**alerts, TOGETHER: together}.items()
    }


def print_detection(found: Mapping[str, Detection], console: Console) -> None:
    """Print the table."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("signal")
    for column in ("found, never repaired", "found, repaired", "false per 100", "delay"):
        table.add_column(column, justify="right")
    for title, one in found.items():
        table.add_row(
            title,
            _share(one.unrepaired),
            _share(one.repaired),
            _rate(one.false_alarms),
            _sessions(one.delay),
        )
    console.print(table)
    console.print(ABOUT, style="dim")


def _share(one: Estimate) -> str:
    if one.value != one.value:
        return "no such rupture"
    return f"{one.value:.0%} [{one.low:.0%}, {one.high:.0%}]".replace("[", "(").replace("]", ")")


def _rate(one: Estimate) -> str:
    return f"{one.value:.1f} ({one.low:.1f}, {one.high:.1f})"


def _sessions(one: Estimate) -> str:
    if one.value != one.value:
        return ""
    return "never, mostly" if one.value == float("inf") else f"{one.value:.0f} sessions"
