"""``holdfast simulate``: made-up ratings whose true course is known, to measure signals on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from holdfast.cli.errors import refusals

if TYPE_CHECKING:
    from holdfast.reports.tables import Cell
    from holdfast.testing.courses import KnownCourses


def simulate(
    clients: Annotated[int, typer.Option(help="How many clients.", min=1)] = 1000,
    sessions: Annotated[int, typer.Option(help="Sessions of each.", min=8)] = 20,
    reliability: Annotated[
        float, typer.Option(help="Of the check-in: 1 would be without error.", min=0.05, max=0.99)
    ] = 0.75,
    seed: Annotated[int, typer.Option(help="The same seed gives the same ratings.")] = 0,
    out: Annotated[
        Path | None,
        typer.Option(help="Write the ratings for holdfast trajectory: .csv, .jsonl, .parquet."),
    ] = None,
    truth: Annotated[
        Path | None, typer.Option(help="Write what is true of each client: .csv, .jsonl, .parquet.")
    ] = None,
) -> None:
    """Simulate check-ins with ruptures and repairs, and measure the signals on them."""
    with refusals():
        from holdfast.reports.detection import detections, print_detection
        from holdfast.reports.tables import write_table
        from holdfast.testing.courses import simulated_courses
        from holdfast.testing.simulation import simulation
        from holdfast.trajectories.setting import Setting

        made = simulated_courses(
            clients, seed, simulation(sessions=sessions, reliability=reliability)
        )
        if out is not None:
            write_table(rating_rows(made), out)
        if truth is not None:
            write_table(truth_rows(made), truth)
        found = detections(made, made.truth, Setting.of(reliability=reliability))
        print_detection(found, Console(highlight=False))


def rating_rows(made: KnownCourses) -> list[dict[str, Cell]]:
    """Return the ratings as rows that ``holdfast trajectory`` reads."""
    return [
        {
            "client": course.client,
            "session": one.session,
            "instrument": "check-in",
            "score": one.value,
            "guess": one.guess,
        }
        for course in made
        for one in course.ratings
    ]


def truth_rows(made: KnownCourses) -> list[dict[str, Cell]]:
    """Return each client's true rupture; empty cells where there is none."""
    return [
        {
            "client": made.as_course(row).client,
            "onset": int(onset) or None,
            "repaired_at": int(repaired) or None,
            "depth_sd": round(float(depth), 3) if onset else None,
        }
        for row, (onset, repaired, depth) in enumerate(
            zip(made.onset, made.repaired_at, made.depth, strict=True)
        )
    ]
