"""``holdfast codebook``: what each code means."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.padding import Padding

from holdfast.cli.errors import refusals
from holdfast.codebooks import CodeDefinition, load_codebook
from holdfast.errors import HoldfastError

GIVEN_BY = {"model": "heard by the model", "rules": "found by rules"}


def codebook(
    name: Annotated[
        str | None, typer.Argument(help="Show this code in full.", metavar="[CODE]")
    ] = None,
) -> None:
    """Show the codes: what each means, who gives it, and what it does not mean."""
    with refusals():
        book = load_codebook()
        console = Console(highlight=False)
        if name is not None:
            known = {one.name: one for one in book.codes}
            if name not in known:
                raise HoldfastError(f"There is no code {name!r}. Known: {', '.join(known)}.")
            show_code(known[name], console)
            return
        console.print(f"[bold]{book.title}[/]  {book.label}\n{book.description}\n")
        for role in ("therapist", "client"):
            console.print(f"[bold]The {role}'s utterances[/]")
            for one in book.codes:
                if one.role == role:
                    console.print(f"  [bold]{one.name}[/]  [dim]{GIVEN_BY[one.by]}[/]")
                    console.print(Padding(one.definition, (0, 4)))
                    values = ", ".join(value.name for value in one.values)
                    console.print(Padding(f"[dim]Values: {values}[/]", (0, 4)))
            console.print()
        console.print("holdfast codebook CODE shows one with its examples.")


def show_code(one: CodeDefinition, console: Console) -> None:
    """Print a code with its values and examples."""
    console.print(f"[bold]{one.title}[/]  {one.name}, {GIVEN_BY[one.by]}, {one.status}")
    console.print(f"{one.definition}\n[dim]Source: {one.source}[/]\n")
    for value in one.values:
        console.print(f"[bold]{value.name}[/]  {value.definition}")
        for example in value.examples:
            console.print(Padding(f"“{example.said}”", (0, 4)))
        for example in value.counter_examples:
            why = f" {example.why}" if example.why else ""
            console.print(Padding(f"[dim]Not: “{example.said}”{why}[/]", (0, 4)))
    console.print(f"\nIt does not mean: {one.not_meaning}")
