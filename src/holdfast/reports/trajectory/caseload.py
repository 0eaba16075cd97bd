"""Many clients in a terminal, a line each: those who need care first."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from holdfast.reports.numbers import plain
from holdfast.reports.printable import printable
from holdfast.reports.trajectory.words import name_of, noticed
from holdfast.trajectories.course import Course
from holdfast.trajectories.trajectory import CaseTrajectories, Trajectory

LEVELS = "▁▂▃▄▅▆▇█"
LATEST = 12
QUIET = "–"


def print_caseload(cases: Sequence[CaseTrajectories], *, console: Console | None = None) -> None:
    """Print clients: answers that a person must see first, then the latest signals."""
    console = console or Console()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("client", "what", "course", "last", "stands out"):
        table.add_column(column)
    for case in sorted(cases, key=_urgency):
        for place, one in enumerate(case.trajectories):
            table.add_row(
                printable(name_of(case)) if place == 0 else "",
                printable(one.instrument.title),
                sparkline(one.course),
                _last(one.course),
                _stands_out(case, one) if place == 0 else _stands_out(None, one),
            )
    console.print(table, highlight=False, markup=False)


def sparkline(course: Course) -> str:
    """Return the last ratings as a line of blocks; a skipped one is a gap.

    Examples
    --------
    >>> from holdfast.trajectories.course import Rating
    >>> sparkline(Course("A", (Rating(1, 10.0), Rating(2, None), Rating(3, 0.0))))
    '█ ▁'
    """
    return "".join(_block(course, one.value) for one in course.ratings[-LATEST:])


def _block(course: Course, value: float | None) -> str:
    if value is None:
        return " "
    share = (value - course.lowest) / (course.highest - course.lowest)
    return LEVELS[min(len(LEVELS) - 1, int(share * len(LEVELS)))]


def _urgency(case: CaseTrajectories) -> tuple[bool, int, str]:
    behind = [
        one.course.ratings[-1].session - signal.session
        for one in case.trajectories
        for signal in one.signals
        if signal in case.alerts
    ]
    return not case.safety, min(behind, default=1_000_000), case.client


def _last(course: Course) -> str:
    rated = [value for value in course.values if value is not None]
    return plain(rated[-1]) if rated else QUIET


def _stands_out(case: CaseTrajectories | None, one: Trajectory) -> str:
    said = ["please look at the answers"] if case is not None and case.safety else []
    said += [f"{each.card.title} (session {each.last})" for each in noticed(one)[:1] if each.alert]
    return "; ".join(said) or QUIET
