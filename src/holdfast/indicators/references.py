"""Where indicators lie among reference sessions: demonstrations of good and poor counselling.

The figures of ``references.toml`` come from AnnoMI (Wu et al. 2022, 2023): public
demonstrations of motivational interviewing that their makers call high- or low-quality. They
are mostly short, made to demonstrate, and not supportive therapy: a place to stand, not a norm.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from holdfast.indicators.indicator import Reference, Spread

PLACES = (
    ("p10", "below nine in ten of the {}"),
    ("p25", "in the lowest quarter of the {}"),
    ("p50", "between the lower quarter and the middle of the {}"),
    ("p75", "between the middle and the upper quarter of the {}"),
    ("p90", "in the highest quarter of the {}"),
)
ABOVE = "above nine in ten of the {}"
SHARED = "at a value that many of the {} share"


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


def place_among(value: float, spread: Spread, sessions: str = "sessions") -> str:
    """Say where a value lies among sessions, without grading it.

    Examples
    --------
    >>> place_among(0.5, Spread(0.1, 0.2, 0.3, 0.6, 0.8, sessions=90))
    'between the middle and the upper quarter of the sessions'
    >>> place_among(0.0, Spread(0, 0, 0, 0.6, 0.8, sessions=90))
    'at a value that many of the sessions share'
    """
    if sum(value == getattr(spread, quantile) for quantile, _ in PLACES) > 1:
        return SHARED.format(sessions)
    said = next((said for quantile, said in PLACES if value < getattr(spread, quantile)), ABOVE)
    return said.format(sessions)


def place(value: float, reference: Reference) -> str:
    """Say in plain words where a value lies among the demonstrations; ``""`` if nowhere.

    Examples
    --------
    >>> place(0.5, Reference(high=Spread(0.1, 0.2, 0.3, 0.6, 0.8, sessions=90)))
    'between the middle and the upper quarter of the high-quality demonstrations'
    """
    return ", and ".join(
        place_among(value, spread, f"{quality} demonstrations")
        for quality, spread in (("high-quality", reference.high), ("low-quality", reference.low))
        if spread is not None
    )


def _spread(kept: dict[str, Any] | None) -> Spread | None:
    return None if kept is None else Spread(**kept)
