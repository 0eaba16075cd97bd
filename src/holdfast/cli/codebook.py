"""``holdfast codebook``: what each code means."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.padding import Padding

from holdfast.cli.errors import refusals
from holdfast.cli.how_well import HowWell, how_well
from holdfast.codebooks import CodeDefinition, Example, load_codebook, load_crosswalk
from holdfast.codebooks.crosswalk import RELATIONS
from holdfast.errors import HoldfastError
from holdfast.runtime.card import read_card
from holdfast.runtime.folder import CARD, SHIPPED

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
            one = known[name]
            show_code(one, how_well(one, read_card(SHIPPED / CARD)), console)
            show_crosswalk(name, console)
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


def show_code(one: CodeDefinition, known: HowWell, console: Console) -> None:
    """Print a code with its values and examples, and how well it is heard."""
    console.print(f"[bold]{one.title}[/]  {one.name}, {GIVEN_BY[one.by]}, {one.status}")
    console.print(f"{one.definition}\n[dim]Source: {one.source}[/]\n")
    for value in one.values:
        console.print(f"[bold]{value.name}[/]  {value.definition}")
        for example in value.examples:
            console.print(Padding(said(example), (0, 4)))
        for example in value.counter_examples:
            why = f" {example.why}" if example.why else ""
            console.print(Padding(f"[dim]Not: {said(example)}{why}[/]", (0, 4)))
        for sentence in known.values[value.name]:
            console.print(Padding(sentence, (0, 2)))
    if known.whole:
        console.print(f"\n[bold]How well it is heard[/]  {' '.join(known.whole)}")
    console.print(f"\nIt does not mean: {one.not_meaning}")


def said(example: Example) -> str:
    """Return an example with what was said before it.

    Examples
    --------
    >>> said(Example("Four hours, again.", before="I only got four hours."))
    '“I only got four hours.” → “Four hours, again.”'
    """
    before = f"“{example.before}” → " if example.before else ""
    return f"{before}“{example.said}”"


def show_crosswalk(name: str, console: Console) -> None:
    """Print what a code is near to in other schemes."""
    crosswalk = load_crosswalk()
    console.print("\n[bold]In other schemes[/]")
    for title, near in crosswalk.beside(name):
        console.print(Padding(f"{title}: {near or 'nothing'}", (0, 2)))
    signs = ", ".join(f"{sign} {words}" for sign, words in RELATIONS.items())
    console.print(Padding(f"[dim]{signs}. {crosswalk.note}[/]", (0, 2)))
