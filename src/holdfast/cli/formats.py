"""``holdfast formats``: what can be read."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from holdfast.formats import FORMATS


def formats() -> None:
    """List the transcript formats that can be read."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("name", "what it is", "usual files"):
        table.add_column(column)
    for one in FORMATS:
        table.add_row(one.name, one.title, " ".join(one.suffixes))
    console = Console()
    console.print(table)
    console.print(
        "\nThe format is told by a file's content; --format NAME settles a doubt.",
        highlight=False,
    )
