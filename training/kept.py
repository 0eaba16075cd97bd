"""Keeps what took long to find, so that a stopped run need not find it again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path


def kept(path: Path, make: Callable[[], object], say: Callable[[str], None]) -> object:
    """Return what a file holds, and make the file first where it isn't there.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> path = Path(mkdtemp()) / "counted.json"
    >>> kept(path, lambda: {"heard": 3}, print), kept(path, lambda: None, print)
    making: counted
    ({'heard': 3}, {'heard': 3})
    """
    if not path.exists():
        say(f"making: {path.stem.replace('_', ' ')}")
        path.write_text(json.dumps(make(), indent=1) + "\n", encoding="utf-8")
    return json.loads(path.read_text(encoding="utf-8"))
