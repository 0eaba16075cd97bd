"""``holdfast trajectory``: ratings over sessions, what stands out, what one might do."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from holdfast.cli.errors import refusals
from holdfast.cli.problems import complain

if TYPE_CHECKING:
    from holdfast.trajectories.expected import ExpectedCourse
    from holdfast.trajectories.reading import Case, Cases
    from holdfast.trajectories.trajectory import CaseTrajectories

SHOWN = 3


def trajectory(
    file: Annotated[
        Path,
        typer.Argument(
            help="Ratings as CSV or JSON: session or date, a score or an answer to each item.",
            metavar="FILE",
            show_default=False,
        ),
    ],
    client: Annotated[
        str | None, typer.Option(help="Only this client of the table.", metavar="ID")
    ] = None,
    instrument: Annotated[
        str, typer.Option(help="What was rated, where the table does not say.")
    ] = "check-in",
    expected: Annotated[
        Path | None, typer.Option(help="An expected course, from holdfast expected.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Where the page goes. By default beside FILE, as .html.")
    ] = None,
    table: Annotated[
        Path | None, typer.Option(help="Write the signals as a table: .csv, .jsonl or .parquet.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print everything as JSON instead.")] = False,
) -> None:
    """Follow ratings over sessions: dips, repairs, change, and a card for each signal."""
    with refusals():
        from holdfast.instruments.rows import read_rows
        from holdfast.reports.page_file import write_page
        from holdfast.reports.tables import write_table
        from holdfast.reports.trajectory.json import render_json
        from holdfast.reports.trajectory.page import render_page
        from holdfast.reports.trajectory.signals import signal_rows
        from holdfast.trajectories.reading import read_cases
        from holdfast.trajectories.trajectory import follow_all

        found = read_cases(read_rows(file), default=instrument)
        usual = read_expected(expected)
        shown = chosen(found, client)
        say_unused(expected, usual, shown)
        cases = follow_all(shown, expected=usual)
        page = out if out is not None or json else file.with_suffix(".html")
        if page is not None:
            write_page(page, render_page(cases, file.name), file.name)
        if table is not None:
            write_table(signal_rows(cases), table)
        if json:
            sys.stdout.write(render_json(cases) + "\n")
        else:
            show(cases, str(page))
    complain(file.name, found.problems, found.ignored)


def chosen(found: Cases, client: str | None) -> tuple[Case, ...]:
    """Return the clients to show: all, or the one asked for."""
    from holdfast.errors import HoldfastError

    if client is None:
        return found.cases
    only = tuple(one for one in found.cases if one.client == client)
    if not only:
        raise HoldfastError("No client of the table has the identifier given with --client.")
    return only


def read_expected(path: Path | None) -> ExpectedCourse | None:
    """Read an expected course."""
    from holdfast.trajectories.expected import ExpectedCourse

    if path is None:
        return None
    return ExpectedCourse.from_json(path.read_text(encoding="utf-8", errors="replace"))


def say_unused(path: Path | None, expected: ExpectedCourse | None, cases: tuple[Case, ...]) -> None:
    """Say so if an expected course was given for something that nobody rated."""
    rated = {instrument.name for case in cases for instrument, _ in case.courses}
    if path is not None and expected is not None and expected.instrument not in rated:
        typer.echo(
            f"holdfast: {path.name} is for {expected.instrument}, which nobody rated here. It was "
            "not used.",
            err=True,
        )


def show(cases: tuple[CaseTrajectories, ...], page: str) -> None:
    """Print few clients in full; of many, those who need care first, a line each."""
    from holdfast.reports.trajectory.caseload import print_caseload
    from holdfast.reports.trajectory.terminal import print_trajectories

    console = Console(highlight=False, markup=False)
    if len(cases) > SHOWN:
        print_caseload(cases, console=console)
        console.print(f"\nEach of them: {page}, or --client ID.", style="dim")
        return
    for one in cases:
        print_trajectories(one, console=console, report=page)
