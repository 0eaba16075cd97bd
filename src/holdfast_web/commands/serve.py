"""``holdfast serve``: starts the practice's web server."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from holdfast_web.commands.children import beside
from holdfast_web.commands.django import say_and_stop, started
from holdfast_web.home import home

CLOCKWORK = ("remind", "--every", "300")
"""Letters go out at their time."""
READER = ("worker",)
"""Transcripts are read."""


def serve(
    host: Annotated[str, typer.Option(help="Where it listens; 127.0.0.1 is this machine.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(help="On which port.")] = 8000,
    workers: Annotated[int, typer.Option(help="How many processes.", min=1)] = 2,
    readers: Annotated[
        int, typer.Option(help="How many processes that read transcripts.", min=0)
    ] = 1,
) -> None:
    """Start the practice: brings the database up to date, then answers until it is stopped."""
    with started():
        from django.conf import settings
        from django.core.management import call_command

        if not settings.SECRET_KEY:
            raise say_and_stop("There are no keys. For a new practice: holdfast setup")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        refuse_a_demo_of_real_people(demo=settings.DEMO)
    with beside(CLOCKWORK, *[READER] * readers):
        run_server(host, port, workers)


def refuse_a_demo_of_real_people(*, demo: bool) -> None:
    """Stop where a demo's settings, which ask for no second factor, meet a real practice."""
    from holdfast_web.care.context import the_practice

    practice = the_practice()
    if demo and practice is not None and not practice.is_demo:
        raise say_and_stop(
            "HOLDFAST_DEMO is set, which asks nobody for a second factor, and this practice is "
            "real. Start it without."
        )


def run_server(host: str, port: int, workers: int) -> None:
    """Answer until somebody stops it."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdfast_web.settings")
    server = Server(
        "holdfast_web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        # Threads of one process take turns: with more of them, whoever holds the database's one
        # writing place waits for the others in the midst of it, and everybody for them.
        blocking_threads=2,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
        pid_file=home() / "serve.pid",
    )
    typer.echo(f"Holdfast answers at http://{host}:{port}. Stop it with Ctrl-C.")
    server.serve()
