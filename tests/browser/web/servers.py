"""Servers for the browser: the real program, in processes and homes of their own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOLDFAST = (sys.executable, "-c", "from holdfast.cli import main; main()")
PATIENCE = 180.0


def surroundings(**told: str) -> dict[str, str]:
    """Return the environment without the settings of the tests or of a practice nearby."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HOLDFAST_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return {**kept, **told}


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


@contextmanager
def running(
    command: list[str], environment: dict[str, str], address: str, log: Path
) -> Iterator[None]:
    """Run a server until the block ends; what it says goes into a file."""
    with log.open("w") as said:
        server = subprocess.Popen(  # noqa: S603 - our own program
            [*HOLDFAST, *command],
            env=environment,
            stdout=said,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
    try:
        _wait(server, address, log)
        yield
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()


def _wait(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(f"The server stopped:\n{log.read_text()[-3000:]}")
        try:
            with urllib.request.urlopen(address, timeout=10):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"{address} didn't answer in {PATIENCE:.0f} s:\n{log.read_text()[-3000:]}")
