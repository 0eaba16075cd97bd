"""Names what could not be read of a table on standard error."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from holdfast.cli.errors import REFUSED

if TYPE_CHECKING:
    from holdfast.instruments.responses import Problem

MOST = 20


def complain(
    name: str, problems: Sequence[Problem], ignored: Sequence[str], others: int = 0
) -> None:
    """Name cells that can't be read, columns that were not needed, and count rows of others.

    Raises
    ------
    typer.Exit
        With exit code 2, if there are cells that can't be read.
    """
    if ignored:
        typer.echo(f"holdfast: {name}: columns not needed: {', '.join(ignored)}.", err=True)
    if others:
        rows = "1 row is" if others == 1 else f"{others} rows are"
        typer.echo(f"holdfast: {name}: {rows} of another instrument, and left out.", err=True)
    for problem in problems[:MOST]:
        typer.echo(f"holdfast: {name}, {problem}.", err=True)
    if len(problems) > MOST:
        more = len(problems) - MOST
        typer.echo(f"holdfast: {name}: and {more} more cells that can't be read.", err=True)
    if problems:
        raise typer.Exit(REFUSED)
