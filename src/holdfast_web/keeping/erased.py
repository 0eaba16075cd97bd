"""A list of who was erased, kept beside the keys: a backup from before must not bring them back.

It holds random numbers and nothing about anybody.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from holdfast_web.home import keyring_file


def erased_file() -> Path:
    """Return where the list lies: beside the keyring."""
    return keyring_file().with_name("erased.txt")


def read_erased(path: Path | None = None) -> frozenset[UUID]:
    """Return the ids on the list; none where there is no list."""
    path = path or erased_file()
    if not path.exists():
        return frozenset()
    lines = path.read_text(encoding="utf-8").split()
    return frozenset(UUID(line) for line in lines)


def remember_erased(client_ids: Iterable[UUID]) -> None:
    """Add to the list, whole or not at all."""
    every = sorted(str(one) for one in read_erased() | set(client_ids))
    path = erased_file()
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write("".join(f"{one}\n" for one in every))
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
