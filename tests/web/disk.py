"""Watches what the program opens to write, as Python itself sees it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_written: list[str] | None = None
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def _hear(event: str, told: tuple[object, ...]) -> None:
    if _written is None or event != "open":
        return
    path, mode, flags = told
    writes = isinstance(flags, int) and flags & WRITES
    if writes or (isinstance(mode, str) and set(mode) & set("wax+")):
        _written.append(str(path))


sys.addaudithook(_hear)


@contextmanager
def watched() -> Iterator[list[str]]:
    """Yield a list that fills with every file that is opened to be written in the block."""
    global _written  # an audit hook stays for good, and only listens at times
    _written = []
    try:
        yield _written
    finally:
        _written = None
