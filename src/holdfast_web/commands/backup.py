"""``holdfast backup``: the whole practice in one file, while the server goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from holdfast_web.commands.django import started
from holdfast_web.home import keyring_file


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write, such as backup-monday.zip.")],
    with_keys: Annotated[
        bool,
        typer.Option("--with-keys", help="Put the keys into it: then it opens everything."),
    ] = False,
) -> None:
    """Write the whole practice into one file; the server may go on running."""
    with started():
        from holdfast_web.keeping.backups import make_backup

        made = make_backup(file.expanduser().absolute(), with_keys=with_keys)
    size = sum(int(one["bytes"]) for one in made.files.values()) / 1e6
    typer.echo(
        f"{file} holds the practice as it was at {made.made_at}: {made.events} events in the "
        f"audit, {size:.1f} MB before packing. It was read back and is whole."
    )
    if with_keys:
        typer.echo("The keys are in it: whoever has this file can read everything. Lock it away.")
        return
    typer.echo(
        "The keys are not in it, so that it opens nothing to a thief. Without them nobody can "
        f"read it: keep a copy of {keyring_file()} in another place. Names and e-mail addresses of "
        "people who sign in are readable in it."
    )
