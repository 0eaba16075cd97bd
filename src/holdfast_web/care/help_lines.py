"""Crisis help by country, as it ships: suggestions that a practice calls before it shows them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def countries() -> dict[str, str]:
    """Return the countries that there are suggestions for: code to name."""
    return {code: told["country"] for code, told in sorted(_read().items())}


def suggested(country: str) -> dict[str, Any]:
    """Return a country's crisis help: ``country``, ``emergency``, ``lines``; empty if unknown."""
    told = _read().get(country)
    if told is None:
        return {}
    lines = [
        {key: line.get(key, "") for key in ("name", "number", "hours", "what", "by")}
        for line in told.get("line", ())
    ]
    return {"country": told["country"], "emergency": told["emergency"], "lines": lines}


@cache
def _read() -> dict[str, Any]:
    text = (files("holdfast_web.care") / "crisis" / "help.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
