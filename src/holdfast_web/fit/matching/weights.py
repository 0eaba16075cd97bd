"""How much each part of the fit counts: data, and our own choice."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Weights:
    """The numbers of ``weights.toml``.

    Attributes
    ----------
    preferences, focus, times
        Shares of the whole.
    strong
        What a strong wish counts beside one.
    unknown
        How well somebody fits who left a scale open.
    places
        What the first, second and third problem count.
    measured
        How much of a problem's part measured change makes, where there is any.
    enough
        From how many common times on more are no better.
    cases, shrink
        From how many closed cases measured change counts, and how far it is drawn to nothing.
    instruments
        What a problem is measured with.
    fewest, most, within, tie
        How many are proposed, how much worse the later ones may fit, what is no difference.
    """

    preferences: float
    focus: float
    times: float
    strong: float
    unknown: float
    places: tuple[float, ...]
    measured: float
    enough: int
    cases: int
    shrink: float
    instruments: Mapping[str, str]
    fewest: int
    most: int
    within: float
    tie: float


@cache
def shipped_weights() -> Weights:
    """Return the weights that are shipped.

    Examples
    --------
    >>> weights = shipped_weights()
    >>> weights.cases, weights.places, weights.most
    (15, (3, 2, 1), 5)
    """
    text = files("holdfast_web.fit.matching").joinpath("weights.toml").read_text(encoding="utf-8")
    return _read(tomllib.loads(text))


def _read(told: Mapping[str, Any]) -> Weights:
    measured = told["measured"]
    return Weights(
        **told["parts"],
        strong=told["preferences"]["strong"],
        unknown=told["preferences"]["unknown"],
        places=tuple(told["focus"]["places"]),
        measured=told["focus"]["measured"],
        enough=told["times"]["enough"],
        cases=measured["cases"],
        shrink=measured["shrink"],
        instruments=measured["instruments"],
        **told["candidates"],
    )
