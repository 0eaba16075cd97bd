"""Reads settings from the environment; refuses nonsense with a sentence."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from holdfast_web.home import database


class SettingError(Exception):
    """A setting that can't be; the message names it and says what would do."""


def text(name: str, default: str) -> str:
    """Return a setting, or what a file named by ``NAME_FILE`` holds (for secrets)."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError:
            raise SettingError(f"{name}_FILE names a file that can't be read: {path}") from None
    return os.environ.get(name, default)


def flag(name: str, default: bool) -> bool:
    """Return a setting that is on or off."""
    told = text(name, "1" if default else "0").lower()
    if told in ("1", "true", "yes", "on"):
        return True
    if told in ("0", "false", "no", "off", ""):
        return False
    raise SettingError(f"{name} is {told!r}. Expected 1 or 0.")


def number(name: str, default: int, *, lowest: int = 0) -> int:
    """Return a whole number."""
    told = text(name, str(default))
    if not told.isdecimal() or int(told) < lowest:
        raise SettingError(f"{name} is {told!r}. Expected a whole number from {lowest}.")
    return int(told)


def words(name: str, default: str) -> list[str]:
    """Return a list that is written with commas."""
    return [one.strip() for one in text(name, default).split(",") if one.strip()]


def database_from(url: str) -> dict[str, Any]:
    """Return Django's description of a database: SQLite at home, or ``postgresql://…``."""
    if not url:
        return _sqlite(database())
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme not in ("postgres", "postgresql"):
        raise SettingError(
            "HOLDFAST_DATABASE should begin with postgresql:// or sqlite://, "
            f"and begins with {parts.scheme!r}."
        )
    asked = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": asked.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "OPTIONS": asked,
    }


def _sqlite(path: Path) -> dict[str, Any]:
    """SQLite that writers wait for each other in: a transaction that will write says so first."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
                "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000; PRAGMA secure_delete=ON;"
            ),
        },
    }
