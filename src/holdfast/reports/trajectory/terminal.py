"""Trajectories in a terminal: what a person must see, the picture, what to consider."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from holdfast.instruments.words import UNVALIDATED
from holdfast.reports.printable import printable
from holdfast.reports.trajectory.plot import BOTH, CLIENT, GUESS, SKIPPED, plot
from holdfast.reports.trajectory.words import (
    NO_SIGNALS,
    TOO_FEW,
    Noticed,
    change_in_words,
    gap_in_words,
    name_of,
    noticed,
    sessions_in_words,
)
from holdfast.trajectories.trajectory import CaseTrajectories, Trajectory

WIDTH = 80
INDENT = (0, 0, 0, 2)
MOST_NOTES = 3


def print_trajectories(
    case: CaseTrajectories, *, console: Console | None = None, report: str = ""
) -> None:
    """Print one client's trajectories.

    Parameters
    ----------
    case
        From :func:`holdfast.trajectories.trajectory.follow`.
    console
        Where to print; standard output by default.
    report
        Path of the page, to be named at the end.
    """
    console = console or Console()
    for part in _parts(case, report, min(console.width, WIDTH)):
        console.print(part, highlight=False, width=min(console.width, WIDTH))


def _parts(case: CaseTrajectories, report: str, width: int) -> Iterator[RenderableType]:
    yield Text.assemble(("Ratings over time", "bold"), f"  {printable(name_of(case))}")
    if case.safety:
        yield Text("\nPlease look at these answers first", style="bold")
    for session, flag in case.safety:
        yield Padding(Text(f"session {session}: {printable(flag.title)} ({flag.item})"), INDENT)
    for one in case.trajectories:
        yield from _trajectory(one, width)
    if report:
        yield Text(f"\nThe whole cards, with sources: {report}", style="dim")


def _trajectory(one: Trajectory, width: int) -> Iterator[RenderableType]:
    found = noticed(one)
    marks = {
        signal.session: str(place)
        for place, each in reversed(list(enumerate(found, start=1)))
        for signal in each.signals
    }
    worse = {"higher": "higher is worse", "lower": "higher is better", "neither": ""}
    yield Text.assemble(
        "\n", (printable(one.instrument.title), "bold"), (f"  {worse[one.instrument.worse]}", "dim")
    )
    yield Text("\n".join(plot(one.course, marks, width=width)))
    yield Text(f"      {_legend(one)}", style="dim")
    if one.instrument.status == "unvalidated":
        yield Padding(Text(UNVALIDATED, style="dim"), INDENT)
    yield from (Padding(Text(line), INDENT) for line in change_in_words(one))
    gap = gap_in_words(one.gap)
    if gap:
        yield Padding(Text(gap), INDENT)
    yield from _noticed(one, found)


def _legend(one: Trajectory) -> str:
    parts = [f"{CLIENT} rating"]
    if any(rating.guess is not None for rating in one.course.ratings):
        parts += [f"{GUESS} therapist's guess", f"{BOTH} both"]
    if any(value is None for value in one.course.values):
        parts.append(f"{SKIPPED} skipped")
    return "   ".join(parts)


def _noticed(one: Trajectory, found: tuple[Noticed, ...]) -> Iterator[RenderableType]:
    if len(one.course) < 2:
        yield Padding(Text(TOO_FEW), INDENT)
    elif not found:
        yield Padding(Text(NO_SIGNALS), INDENT)
    for place, each in enumerate(found, start=1):
        where = sessions_in_words(signal.session for signal in each.signals)
        style = "bold" if each.alert else ""
        yield Text.assemble("\n", (f"{place}  {each.card.title}", style), (f"  {where}", "dim"))
        yield Padding(Text(each.signals[-1].reason), (0, 0, 0, 3))
        if each.alert and each.card.safety:
            yield Padding(Text(each.card.safety), (0, 0, 0, 3))
        if place <= MOST_NOTES or each.alert:
            for word, said in (
                ("Consider", each.card.consider[0]),
                ("Say", f"“{each.card.say[0]}”"),
                ("Better not", each.card.avoid[0]),
            ):
                yield Padding(Text.assemble((f"{word}: ", "dim"), said), (0, 0, 0, 3))
