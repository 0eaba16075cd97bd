"""The command line: a file per command."""

from __future__ import annotations

import sys
from importlib.metadata import entry_points
from io import TextIOWrapper

import typer

from holdfast.cli.analyze import analyze
from holdfast.cli.code import code
from holdfast.cli.codebook import codebook
from holdfast.cli.corpus import corpus
from holdfast.cli.doctor import doctor
from holdfast.cli.expected import expected
from holdfast.cli.formats import formats
from holdfast.cli.instrument import instrument
from holdfast.cli.model import model
from holdfast.cli.score import score
from holdfast.cli.simulate import simulate
from holdfast.cli.trajectory import trajectory
from holdfast.cli.version import show_version

app = typer.Typer(
    name="holdfast",
    help="Reads a psychotherapy session on your own machine. Nothing leaves it.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.callback(invoke_without_command=True)(show_version)
for command in (
    analyze,
    code,
    codebook,
    model,
    formats,
    score,
    trajectory,
    simulate,
    expected,
    doctor,
):
    app.command()(command)
app.add_typer(instrument, name="instrument")
app.add_typer(corpus, name="corpus")
# What else is installed adds its own commands; the engine never imports it by name.
for entry in entry_points(group="holdfast.commands"):
    entry.load()(app)


def main() -> None:
    """Run the command line.

    What it writes is UTF-8 whatever the terminal says of itself: names and quotes hold letters
    that older encodings lack.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()
