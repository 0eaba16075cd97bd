"""``holdfast instrument``: the questionnaires that can be scored, and how to add one."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from holdfast.cli.errors import REFUSED, refusals
from holdfast.cli.problems import complain

BROKEN = "can't be read"
instrument = typer.Typer(
    help="Show the questionnaires that can be scored, and add one of your own.",
    no_args_is_help=True,
)


@instrument.command("list")
def list_all() -> None:
    """List all instruments: what each measures, and whether its words are here.

    One of your own that can't be read is named on standard error, and the exit code is 2.
    """
    with refusals():
        from holdfast.instruments import instrument_names

        table = Table(box=None, pad_edge=False, header_style="bold")
        for column in ("name", "measures", "items", "words", "status"):
            table.add_column(column, justify="right" if column == "items" else "left")
        problems: list[str] = []
        for name in instrument_names():
            table.add_row(name, *_about(name, problems))
        console = Console(markup=False)
        console.print(table)
        console.print(
            "\n–: scored here, but its words belong to somebody who does not let us ship them.\n"
            "holdfast instrument show NAME shows one, with its sources and licence.",
            highlight=False,
        )
    for problem in problems:
        typer.echo(f"holdfast: {problem}", err=True)
    if problems:
        raise typer.Exit(REFUSED)


def _about(name: str, problems: list[str]) -> tuple[str, str, str, str]:
    """Return what the list says of an instrument; what can't be read of it becomes a problem."""
    from holdfast.instruments import InstrumentError, load_instrument, load_wordings

    try:
        one = load_instrument(name)
    except InstrumentError as error:
        problems.append(f"{_named(name, error)} Mend it, and add it with --replace.")
        return BROKEN, "", "", ""
    try:
        words = " ".join(sorted({wording.language for wording in load_wordings(name)})) or "–"
    except InstrumentError as error:
        problems.append(f"{_named(name, error)} Mend the words, and add them with --replace.")
        words = BROKEN
    return one.measures, str(len(one.items)), words, one.status


def _named(name: str, error: Exception) -> str:
    said = str(error)
    return said if said.startswith((name, f"wording of {name}")) else f"{name}: {said}"


@instrument.command()
def show(
    name: Annotated[str, typer.Argument(help="Its name.", show_default=False)],
    language: Annotated[str, typer.Option(help="Of the words.")] = "en",
    fhir: Annotated[bool, typer.Option("--fhir", help="Print it as a FHIR Questionnaire.")] = False,
) -> None:
    """Show an instrument: its words, how it is scored, where each number comes from."""
    with refusals():
        from holdfast.instruments import load_instrument, load_wordings
        from holdfast.reports.instrument import print_instrument

        form = load_instrument(name)
        wordings = [one for one in load_wordings(name) if one.language == language]
        words = next(iter(wordings), None)
        if fhir:
            from holdfast.instruments.fhir import to_questionnaire

            resource = to_questionnaire(form, words)
            sys.stdout.write(json.dumps(resource, ensure_ascii=False, indent=2) + "\n")
        else:
            print_instrument(form, words)


@instrument.command()
def add(
    file: Annotated[
        Path,
        typer.Argument(
            help="A definition or its words (TOML, JSON), or a FHIR R4 Questionnaire.",
            metavar="FILE",
            show_default=False,
        ),
    ],
    facts: Annotated[
        Path | None,
        typer.Option(help="For FHIR: a TOML file with what FHIR does not say of an instrument."),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace what you added under this name before.")
    ] = False,
) -> None:
    """Add an instrument, or the words of one whose licence you hold."""
    with refusals():
        from holdfast.instruments.adding import add_file
        from holdfast.instruments.library import parse_file

        known = parse_file(facts) if facts else None
        added = add_file(file, facts=known, replace=replace)
        console = Console(highlight=False, markup=False, soft_wrap=True)
        console.print(f"Added: {added.instrument}, {added.what}.")
        for path in added.files:
            console.print(f"  {path}")
        for problem in added.unfit:
            typer.echo(f"holdfast: words no longer fit: {problem} Mend and add them too.", err=True)


@instrument.command()
def reliability(
    name: Annotated[str, typer.Argument(help="Its name.", show_default=False)],
    file: Annotated[
        Path,
        typer.Argument(
            help="Answers of many people, as for holdfast score.",
            metavar="FILE",
            show_default=False,
        ),
    ],
) -> None:
    """Compute how far an instrument repeats itself in your own data: α, ω and retest."""
    with refusals():
        from holdfast.cli.score import read_answers
        from holdfast.instruments import load_instrument
        from holdfast.reports.reliability import print_reliability

        form = load_instrument(name)
        reading = read_answers(file, form)
        print_reliability(form, reading.responses, Console(highlight=False))
    complain(file.name, reading.problems, reading.ignored, reading.others)
