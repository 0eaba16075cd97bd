"""``holdfast --version``."""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated

import typer


def show_version(
    wanted: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)
    ] = False,
) -> None:
    """Read a psychotherapy session on your own machine. Nothing leaves it."""
    if wanted:
        typer.echo(f"holdfast {version('holdfast')}")
        raise typer.Exit
