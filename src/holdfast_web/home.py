"""Where a practice keeps what is its own: database, keys, files. Effects begin here."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path


def home() -> Path:
    """Return the practice's folder: ``$HOLDFAST_HOME``, or the user's data folder."""
    named = os.environ.get("HOLDFAST_HOME")
    if named:
        return _resolved(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "holdfast"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "holdfast"


def database() -> Path:
    """Return where the SQLite database lies."""
    return home() / "practice.sqlite3"


def keyring_file() -> Path:
    """Return where the keyring lies: ``$HOLDFAST_KEYS_FILE``, or beside the database."""
    return Path(os.environ.get("HOLDFAST_KEYS_FILE") or home() / "keys.json")


@cache
def _resolved(named: str) -> Path:
    """Follow links once: the keyring's place is asked for with every key that is opened."""
    return Path(named).expanduser().resolve()
