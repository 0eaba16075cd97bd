"""Events in words that a client understands (``words.toml``)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def sentences() -> dict[str, str]:
    """Return the sentence of every event."""
    text = (files("holdfast_web.audit") / "words.toml").read_text(encoding="utf-8")
    return {
        f"{thing}.{verb}": sentence
        for thing, verbs in tomllib.loads(text).items()
        for verb, sentence in verbs.items()
    }


def say(what: str, who: str) -> str:
    """Return an event as a sentence."""
    return sentences()[what].format(who=who)
