"""Starts the server, fetches its first page, and stops it: for machines on which nobody looks."""

from __future__ import annotations

import multiprocessing
import time
import urllib.error
import urllib.request

import typer

from holdfast_web.commands.django import say_and_stop
from holdfast_web.commands.serve import run_server

PATIENCE = 60.0
BETWEEN = 0.05


def serve_first_page(host: str, port: int, address: str) -> None:
    """Serve until the first page has come, and say how long that took."""
    begun = time.monotonic()
    server = multiprocessing.get_context("spawn").Process(target=run_server, args=(host, port, 1))
    server.start()
    try:
        while not _answers(address):
            if time.monotonic() - begun > PATIENCE or not server.is_alive():
                raise say_and_stop(f"{address} doesn't answer.")
            time.sleep(BETWEEN)
        typer.echo(f"The first page came {time.monotonic() - begun:.1f} s after the start.")
    finally:
        server.terminate()
        server.join(10)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10) as page:  # noqa: S310 - our own address
            return bool(page.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
