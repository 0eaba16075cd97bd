"""Where indicators lie among reference sessions: demonstrations of good and poor counselling.

The figures of ``references.toml`` come from AnnoMI (Wu et al. 2022, 2023): public
demonstrations of motivational interviewing that their makers call high- or low-quality. They
are short, acted for the most part, and not supportive therapy: a place to stand, not a norm.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from holdfast.indicators.indicator import Reference, Spread

QUANTILES = (
    ("p10", "lower than in nine of ten"),
    ("p25", "in the lowest quarter"),
    ("p50", "between the lower quarter and the middle"),
    ("p75", "between the middle and the upper quarter"),
    ("p90", "in the highest quarter"),
)
ABOVE = "higher than in nine of ten"


@cache
def references() -> dict[str, Reference]:
    """Return the references shipped with the package, by the indicator's name."""
    text = files(__package__).joinpath("references.toml").read_text(encoding="utf-8")
    kept = tomllib.loads(text)
    lines, spreads = kept.get("lines", {}), kept.get("spreads", {})
    return {
        name: Reference(
            high=_spread(spreads.get(name, {}).get("high")),
            low=_spread(spreads.get(name, {}).get("low")),
            lines=tuple((line, float(value)) for line, value in lines.get(name, {}).items()),
            note=kept["notes"]["lines"] if name in lines else "",
        )
        for name in {**lines, **spreads}
    }


def place_among(value: float, spread: Spread) -> str:
    """Say where a value lies among sessions, without grading it.

    Examples
    --------
    >>> place_among(0.5, Spread(0.1, 0.2, 0.3, 0.6, 0.8, sessions=90))
    'between the middle and the upper quarter'
    >>> place_among(0.0, Spread(0, 0, 0, 0.6, 0.8, sessions=90))
    'at a value that many share'
    """
    if sum(value == getattr(spread, name) for name, _ in QUANTILES) > 1:
        return "at a value that many share"
    return next((words for name, words in QUANTILES if value < getattr(spread, name)), ABOVE)


def place(value: float, reference: Reference) -> str:
    """Say in plain words where a value lies among the demonstrations; ``""`` if nowhere.

    Examples
    --------
    >>> place(0.5, Reference(high=Spread(0.1, 0.2, 0.3, 0.6, 0.8, sessions=90)))
    'between the middle and the upper quarter of the high-quality demonstrations'
    """
    told = [
        f"{place_among(value, spread)} of the {quality} demonstrations"
        for quality, spread in (("high-quality", reference.high), ("low-quality", reference.low))
        if spread is not None
    ]
    return ", and ".join(told)


def _spread(kept: dict[str, Any] | None) -> Spread | None:
    return None if kept is None else Spread(**kept)
