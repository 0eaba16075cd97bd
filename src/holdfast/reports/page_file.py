"""Writes a page to disk, whole or not at all, and never over somebody else's file."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from holdfast.errors import HoldfastError

GENERATOR = '<meta name="generator" content="Holdfast'
"""What marks a page as ours: it may be replaced by a newer one."""


def write_page(path: Path, page: str) -> None:
    """Write a report so that a reader finds the old page or the new one, never half of it.

    Raises
    ------
    HoldfastError
        If ``path`` exists and is not a report of ours.
    """
    if path.exists() and GENERATOR not in _beginning(path):
        raise HoldfastError(
            f"{path} exists and is not a report of Holdfast, so it is left as it is. "
            "Give another place with --out."
        )
    handle, partial = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(page)
        Path(partial).replace(path)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise


def _beginning(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(4096).decode("utf-8", "replace")
