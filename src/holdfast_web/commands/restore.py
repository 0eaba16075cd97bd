"""``holdfast restore``: a backup put back where nothing is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from holdfast_web.commands.django import need_web, say_and_stop, started
from holdfast_web.home import home


def restore(
    file: Annotated[Path, typer.Argument(help="The backup.")],
    erased: Annotated[
        Path | None,
        typer.Option(help="List of who was erased since; usually erased.txt beside the keys."),
    ] = None,
) -> None:
    """Put a backup back into an empty home: checked before and after, whole or not at all."""
    need_web()
    from holdfast_web.keeping.archive import ArchiveError, read_manifest

    path = file.expanduser().absolute()
    try:
        manifest = read_manifest(path)
    except ArchiveError as error:
        raise say_and_stop(str(error)) from None
    home().mkdir(parents=True, exist_ok=True, mode=0o700)
    with started(keys=False):
        from holdfast_web.keeping.erased import read_erased
        from holdfast_web.keeping.restoring import restore as put_back

        again = put_back(path, manifest, erased=read_erased(erased))
    typer.echo(
        f"The practice is back in {home()}, as it was at {manifest.made_at}. All client keys open, "
        f"and the audit holds with its {manifest.events} events."
    )
    if again:
        typer.echo(f"{again} record(s) that were erased since were erased again.")
    typer.echo("Everybody signs in anew. Start it with holdfast serve.")
