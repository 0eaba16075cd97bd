"""``holdfast expected``: what is usual in this practice, from its own closed cases."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from holdfast.cli.errors import refusals
from holdfast.cli.problems import complain


def expected(
    file: Annotated[
        Path,
        typer.Argument(
            help="Ratings of closed cases, as for holdfast trajectory.",
            metavar="FILE",
            show_default=False,
        ),
    ],
    instrument: Annotated[str, typer.Option(help="What was rated.", show_default=False)],
    out: Annotated[Path, typer.Option(help="Where the expected course goes, as JSON.")],
    version: Annotated[
        str | None, typer.Option(help="A name for this fit. By default today's date.")
    ] = None,
) -> None:
    """Fit the expected course of an instrument; at least 200 closed cases are needed.

    Give what it writes to holdfast trajectory --expected.
    """
    with refusals():
        from holdfast.instruments import load_instrument
        from holdfast.instruments.rows import read_rows
        from holdfast.trajectories.expected import fit_expected_course
        from holdfast.trajectories.reading import read_cases

        form = load_instrument(instrument)
        found = read_cases(read_rows(file), default=form.name)
        courses = [
            course for case in found.cases for one, course in case.courses if one.name == form.name
        ]
        named = version or date.today().isoformat()  # noqa: DTZ011 - a day as people name it
        fitted = fit_expected_course(courses, instrument=form.name, version=named)
        out.write_text(fitted.to_json(), encoding="utf-8")
        console = Console(highlight=False, markup=False)
        console.print(
            f"Fitted to {fitted.ratings:,} ratings of {fitted.cases:,} closed cases: {form.title}, "
            f"version {fitted.version}."
        )
        for session in (2, 4, 8, 12):
            band = fitted.band(fitted.start_mean, session)
            console.print(
                f"  session {session:>2}, after a start of {fitted.start_mean:.1f}: "
                f"{band.mean:.1f} ({band.low:.1f} to {band.high:.1f} for eight in ten)"
            )
    complain(file.name, found.problems, found.ignored)
