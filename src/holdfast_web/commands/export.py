"""``holdfast export``: a client's copy, where the client has no account to take it with."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from holdfast_web.commands.django import say_and_stop, started


def export(
    client: Annotated[str, typer.Argument(help="The number of the client's record.")],
    file: Annotated[Path, typer.Argument(help="The file to write, such as copy.zip.")],
) -> None:
    """Write everything that a client may have into one file, to be given to the client.

    The file isn't locked. The client reads in their record that it was made.
    """
    path = file.expanduser().absolute()
    if path.exists():
        raise say_and_stop(f"There is a file at {path} already, and it stays. Choose another name.")
    with started():
        from holdfast_web.keeping.actions import take_copy
        from holdfast_web.keeping.queries.records import client_numbered
        from holdfast_web.lib.refusals import NotYours

        try:
            found = client_numbered(client)
        except NotYours:
            raise say_and_stop(
                f"There is no record, or more than one, numbered {client}."
            ) from None
        copy = take_copy(by=None, client=found)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(copy)
    typer.echo(f"{path} holds the copy. It isn't locked: give it to the client, then delete it.")
