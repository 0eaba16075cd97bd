"""Finds processes of a test under /proc."""

from __future__ import annotations

from pathlib import Path


def children_of(parent: int, word: str) -> list[int]:
    """Return the running children of a process whose command line has a word."""
    return [
        pid
        for pid, (state, above) in _all().items()
        if above == parent and state != "Z" and word in _words(pid)
    ]


def is_there(pid: int) -> bool:
    """Say whether a process runs."""
    return _all().get(pid, ("Z", 0))[0] != "Z"


def _all() -> dict[int, tuple[str, int]]:
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                told = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            found[int(folder.name)] = (told[0], int(told[1]))
    return found


def _words(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    except OSError:
        return []
