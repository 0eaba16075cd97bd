"""The practice's commands: ``holdfast serve``, ``keys``, ``backup`` and the others.

The engine's command line finds them by an entry point and never imports this package by name.
"""

from __future__ import annotations

import typer

from holdfast_web.commands.audit import audit
from holdfast_web.commands.backup import backup
from holdfast_web.commands.check import check
from holdfast_web.commands.demo import demo
from holdfast_web.commands.export import export
from holdfast_web.commands.keys import keys
from holdfast_web.commands.remind import remind
from holdfast_web.commands.restore import restore
from holdfast_web.commands.retention import retention
from holdfast_web.commands.serve import serve
from holdfast_web.commands.setup import setup
from holdfast_web.commands.worker import worker

PANEL = "The practice"


def add_to(app: typer.Typer) -> None:
    """Add the practice's commands to the engine's command line."""
    for command in (demo, serve, setup, worker, remind, check, backup, restore, retention, export):
        app.command(rich_help_panel=PANEL)(command)
    app.add_typer(keys, name="keys", rich_help_panel=PANEL)
    app.add_typer(audit, name="audit", rich_help_panel=PANEL)
