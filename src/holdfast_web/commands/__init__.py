"""The practice's commands: ``holdfast serve``, ``keys``, ``backup`` and the others.

The engine's command line finds them by an entry point and never imports this package by name.
"""

from __future__ import annotations

import typer

from holdfast_web.commands.keys import keys
from holdfast_web.commands.serve import serve
from holdfast_web.commands.setup import setup

PANEL = "The practice"


def add_to(app: typer.Typer) -> None:
    """Add the practice's commands to the engine's command line."""
    for command in (serve, setup):
        app.command(rich_help_panel=PANEL)(command)
    app.add_typer(keys, name="keys", rich_help_panel=PANEL)
