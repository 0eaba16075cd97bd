"""``holdfast model``: the card of the model that ships."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from holdfast.cli.errors import refusals
from holdfast.codebooks import in_words, load_codebook
from holdfast.runtime.card import Card, read_card
from holdfast.runtime.folder import CARD, SHIPPED, check_folder
from holdfast.runtime.page import TITLES, WHOLE, by_label
from holdfast.runtime.sections import Section, sections


def model(
    json: Annotated[bool, typer.Option("--json", help="Print the card as JSON.")] = False,
) -> None:
    """Show the model's card: data, splits, accuracy per code, limits, licences."""
    with refusals():
        check_folder(SHIPPED)
        if json:
            sys.stdout.write((SHIPPED / CARD).read_text(encoding="utf-8"))
            return
        show(read_card(SHIPPED / CARD), Console(highlight=False))


def show(card: Card, console: Console) -> None:
    """Print a card for people."""
    facts = card.facts
    console.print(f"[bold]{card.title}[/]  {facts['licence']}\n{facts['purpose']}\n")
    console.print(f"[bold]Base[/]  {facts['base']}\n")
    console.print("[bold]Data[/]")
    for source in facts["data"]:
        console.print(Padding(f"[bold]{source['name']}[/] ({source['authors']})", (0, 2)))
        console.print(Padding(f"{source['used']}.\nTerms: {source['terms']}.", (0, 4)))
    console.print(f"\n[bold]How it was judged[/]  {facts['splits']}\n")
    console.print(summary_table(card.accuracy))
    console.print()
    for section in sections(card, partial(in_words, codebook=load_codebook())):
        show_section(section, console)
    for name, figures in by_label(card.accuracy).items():
        console.print(label_table(TITLES[name], figures))
        console.print()
    console.print("[bold]Limits[/]")
    for limit in facts["limits"]:
        console.print(Padding(f"• {limit}", (0, 2)))


def show_section(section: Section, console: Console) -> None:
    """Print a section of a card: its words, then its table."""
    console.print(f"[bold]{section.title}[/]  {section.text}\n")
    if section.rows:
        table = Table(*section.columns, box=None, pad_edge=False, header_style="bold")
        for row in section.rows:
            table.add_row(*row)
        console.print(table)
        console.print()


def summary_table(accuracy: Mapping[str, Any]) -> Table:
    """Return one row per code: macro-F1 with its interval, and what people reach."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("code")
    for column in ("macro-F1", "95 % interval", "people", "utterances"):
        table.add_column(column, justify="right")
    for name in (name for name in WHOLE if name in accuracy):
        figures = accuracy[name]
        people = figures.get("people")
        table.add_row(
            TITLES[name],
            f"{figures['macro_f1']:.3f}",
            interval(figures),
            "" if people is None else f"{people:.3f}",
            f"{figures['utterances']:,}",
        )
    return table


def label_table(title: str, figures: Mapping[str, Any]) -> Table:
    """Return one row per label of a code."""
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="dim")
    table.add_column("label", min_width=14)
    for column in ("precision", "recall", "F1", "95 % interval", "by people"):
        table.add_column(column, justify="right")
    for label, one in figures["labels"].items():
        table.add_row(
            label,
            *(f"{one[key]:.2f}" if key in one else "" for key in ("precision", "recall", "f1")),
            interval(one),
            f"{one['true']:,}",
        )
    return table


def interval(figures: Mapping[str, Any]) -> str:
    """Return an interval as text, empty where there is none."""
    if "interval" not in figures:
        return ""
    low, high = figures["interval"]
    return f"{low:.3f} to {high:.3f}"
