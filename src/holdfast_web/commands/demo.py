"""``holdfast demo``: an invented practice to look at, made once and then served."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer

from holdfast_web.commands.children import beside
from holdfast_web.commands.django import need_web, say_and_stop, started
from holdfast_web.commands.serve import READER, run_server

NOTE = "demo.txt"
NOTE_SAYS = (
    "In this folder lies an invented practice. holdfast demo made it; it can go at any time.\n"
)
NEXT_PORTS = 20


def demo(
    home: Annotated[
        Path | None,
        typer.Option(help="A folder of its own; one in your cache if you name none."),
    ] = None,
    host: Annotated[str, typer.Option(help="Where it listens.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="On which port; the next free one if taken.")] = 8000,
    workers: Annotated[int, typer.Option(help="How many processes.", min=1)] = 1,
    fresh: Annotated[bool, typer.Option("--fresh", help="Throw the old one away first.")] = False,
    once: Annotated[bool, typer.Option("--once", help="Fetch the first page, then stop.")] = False,
) -> None:
    """Show an invented practice: made when it isn't there yet, then served on this machine."""
    need_web()
    folder = (home or _cache()).expanduser().resolve()
    prepare(folder, fresh=fresh)
    port = free_port(host, port)
    address = f"http://{host}:{port}"
    set_surroundings(folder, address)
    with started():
        from django.core.management import call_command

        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        _make()
        _say_who_there_is(address)
    if once:
        from holdfast_web.commands.first_page import serve_first_page

        serve_first_page(host, port, address)
        return
    with beside(READER):
        run_server(host, port, workers)


def _cache() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "holdfast" / "demo"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "holdfast" / "demo"


def prepare(folder: Path, *, fresh: bool) -> None:
    """Make the folder ready; one that isn't a demo's is never touched."""
    note = folder / NOTE
    if folder.exists() and any(folder.iterdir()) and not note.exists():
        raise say_and_stop(f"{folder} isn't empty, and no demo made it. Name another folder.")
    if fresh and note.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    note.write_text(NOTE_SAYS, encoding="utf-8")


def set_surroundings(folder: Path, address: str) -> None:
    """Forget the settings of a real practice: its database, its keys, its mail server."""
    for name in [one for one in os.environ if one.startswith("HOLDFAST_")]:
        del os.environ[name]
    os.environ |= {"HOLDFAST_HOME": str(folder), "HOLDFAST_DEMO": "1", "HOLDFAST_ADDRESS": address}
    from holdfast_web.home import keyring_file
    from holdfast_web.vault.keyring import new_keyring, write_keyring

    if not keyring_file().exists():
        write_keyring(new_keyring(), keyring_file())


def free_port(host: str, port: int) -> int:
    """Return the first free port from one on."""
    for one in range(port, port + NEXT_PORTS):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((host, one))
            except OSError:
                continue
            return one
    raise say_and_stop(f"Ports {port} to {port + NEXT_PORTS - 1} are taken. Name one: --port")


def _make() -> None:
    from holdfast_web.care.models import Practice
    from holdfast_web.demo.actions import make_demo

    if Practice.objects.exists():
        return
    typer.echo(
        "Making an invented practice, once: its people, half a year of their sessions, and nine "
        "transcripts that the program reads on this machine. It takes about half a minute …"
    )
    make_demo()


def _say_who_there_is(address: str) -> None:
    from holdfast_web.demo.past.founding import PASSWORD
    from holdfast_web.demo.queries import doors

    everybody = doors().all
    typer.echo(f"\nTern Street Practice, an invented one: {address}\n")
    width = max(len(one.name) for one in everybody)
    for one in everybody:
        typer.echo(f"  {one.name:<{width}}  {one.role:<10}  {one.look}")
    typer.echo(
        "\nChoose somebody on its first page. Or sign in with an address that stands there; "
        f"everybody's password is: {PASSWORD}"
    )
