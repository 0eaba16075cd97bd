"""``holdfast check``: whether this practice is fit to be opened to people."""

from __future__ import annotations

import typer

from holdfast_web.commands.django import say_and_stop, started


def check() -> None:
    """Say in plain words what is well and what is still to do before people come in."""
    with started(keys=False):
        from holdfast_web.keeping.fitness import fitness

        found = fitness()
    for one in found:
        typer.echo(f"{'well ' if one.ok else 'to do'}  {one.sentence}")
        if not one.ok and one.remedy:
            typer.echo(f"       {one.remedy}")
    to_do = sum(not one.ok for one in found)
    if to_do:
        raise say_and_stop(f"{to_do} thing(s) to do before people come in.")
    typer.echo("All is well.")
