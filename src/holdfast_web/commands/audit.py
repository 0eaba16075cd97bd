"""``holdfast audit``: whether the chain of events holds."""

from __future__ import annotations

from typing import Annotated

import typer

from holdfast_web.commands.django import say_and_stop, started

audit = typer.Typer(
    help="Look after the audit: who read or changed what.",
    no_args_is_help=True,
)


@audit.callback()
def about() -> None:
    """Look after the audit: who read or changed what."""


@audit.command()
def verify(
    known: Annotated[
        str | None,
        typer.Option(
            help="A last seal from before: it must still be in the chain.", metavar="SEAL"
        ),
    ] = None,
) -> None:
    """Look through the whole audit for events that were changed, removed, added or moved."""
    with started():
        from holdfast_web.audit.chain import verify as look_through

        found = look_through(known.strip().lower() if known else None)
    if found.problems:
        for problem in found.problems:
            typer.echo(problem)
        raise say_and_stop(
            f"The audit doesn't hold: {len(found.problems)} problem(s) in {found.events} events. "
            "Keep the database as it is, and look at the last backup in which it held."
        )
    typer.echo(f"The audit holds: {found.events} events, none changed, removed or moved.")
    typer.echo(f"Its last seal: {found.seal}")
    typer.echo("Write it down elsewhere, with the date: later it proves that nothing was cut off.")
