"""The practice's commands: ``holdfast serve``, ``keys``, ``audit``, ``backup`` and the others.

The engine's command line finds them by an entry point and never imports this package itself.
"""

from __future__ import annotations

import typer


def add_to(app: typer.Typer) -> None:
    """Add the practice's commands to the engine's command line."""
