"""How well people and therapists fit, part by part; for many of both at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from holdfast_web.engine.preferences import wish_scales
from holdfast_web.fit.matching.limits import Table, counted, hindrances
from holdfast_web.fit.matching.people import Offer, Seeker
from holdfast_web.fit.matching.weights import Weights, shipped_weights

Numbers = NDArray[np.float64]
NOTHING_SAID = 0.5
"""The fit of somebody who said nothing at all that could fit or not."""


@dataclass(frozen=True, slots=True)
class Fits:
    """People by therapists.

    Attributes
    ----------
    hinders
        For each limit, where it hinders.
    allowed
        Where nothing does.
    preferences, focus, times, whole
        From 0 to 1; a part that somebody said nothing about is 0 in their whole row, and left out
        of the whole.
    """

    hinders: dict[str, Table]
    allowed: Table
    preferences: Numbers
    focus: Numbers
    times: Numbers
    whole: Numbers


def fits_of(
    seekers: Sequence[Seeker], offers: Sequence[Offer], weights: Weights | None = None
) -> Fits:
    """Return limits and fit of everybody with everybody.

    Examples
    --------
    >>> one = Seeker("a", problems=("grief",), times=frozenset({"mon-evening"}))
    >>> both = Offer("t", focus=frozenset({"grief"}), times=one.times, places=frozenset({"room"}))
    >>> fits_of([one], [both]).whole.tolist()
    [[1.0]]
    """
    weights = weights or shipped_weights()
    parts = (
        (weights.preferences, *_preferences(seekers, offers, weights)),
        (weights.focus, *_focus(seekers, offers, weights)),
        (weights.times, *_times(seekers, offers, weights)),
    )
    shape = (len(seekers), len(offers))
    above, below = np.zeros(shape), np.zeros((len(seekers), 1))
    for weight, values, said in parts:
        above += weight * values * said
        below += weight * said
    whole = np.where(below > 0, above / np.where(below > 0, below, 1), NOTHING_SAID)
    hinders = hindrances(seekers, offers)
    stopped = np.zeros(shape, bool)
    for one in hinders.values():
        stopped |= one
    return Fits(hinders, ~stopped, parts[0][1], parts[1][1], parts[2][1], np.clip(whole, 0, 1))


def closeness(wishes: Numbers, ways: Numbers, unknown: float) -> Numbers:
    """Return 1 − |Δ| / range for wishes (n × 4) and ways (m × 4), both from −1 to 1."""
    apart = np.abs(wishes[:, None, :] - ways[None, :, :]) / 2
    return cast(Numbers, np.where(np.isnan(ways)[None, :, :], unknown, 1 - np.nan_to_num(apart)))


def wishes_of(seekers: Sequence[Seeker]) -> Numbers:
    """Return what was wished, scale by scale, from −1 to 1; not a number where nothing was."""
    scales = wish_scales()
    told = [
        [one.wishes.get(name, np.nan) / scale.reach for name, scale in scales.items()]
        for one in seekers
    ]
    return cast(Numbers, np.clip(np.array(told, float).reshape(-1, len(scales)), -1, 1))


def ways_of(offers: Sequence[Offer]) -> Numbers:
    """Return how therapists work, from −1 to 1; not a number where they left it open."""
    scales = wish_scales()
    told = [
        [
            scale.of_ticked(one.ways.get(name, np.nan)) / scale.reach
            for name, scale in scales.items()
        ]
        for one in offers
    ]
    return cast(Numbers, np.clip(np.array(told, float).reshape(-1, len(scales)), -1, 1))


def _preferences(
    seekers: Sequence[Seeker], offers: Sequence[Offer], weights: Weights
) -> tuple[Numbers, Table]:
    wishes = wishes_of(seekers)
    counts = np.where(np.isnan(wishes), 0.0, 1.0)
    for row, one in enumerate(seekers):
        for at, (name, scale) in enumerate(wish_scales().items()):
            value = one.wishes.get(name)
            if value is not None and scale.is_strong(value):
                counts[row, at] = weights.strong
    close = closeness(wishes, ways_of(offers), weights.unknown)
    below = counts.sum(axis=1, keepdims=True)
    values = (close * counts[:, None, :]).sum(axis=2) / np.where(below > 0, below, 1)
    return values, below > 0


def _focus(
    seekers: Sequence[Seeker], offers: Sequence[Offer], weights: Weights
) -> tuple[Numbers, Table]:
    keys = sorted({key for one in seekers for key in _top(one, weights)})
    counts = np.zeros((len(seekers), len(keys)))
    for row, one in enumerate(seekers):
        for key, worth in zip(_top(one, weights), weights.places, strict=False):
            counts[row, keys.index(key)] = worth
    does = np.zeros((len(offers), len(keys)))
    for at, key in enumerate(keys):
        does[:, at] = _does(key, offers, weights)
    below = counts.sum(axis=1, keepdims=True)
    return counts @ does.T / np.where(below > 0, below, 1), below > 0


def _does(key: str, offers: Sequence[Offer], weights: Weights) -> Numbers:
    """Return for one problem what therapists say, with measured change where there is any."""
    says = np.array([key in one.focus for one in offers], float)
    if not any(key in one.measured for one in offers):
        return says
    # Who has too few cases counts as one whose cases neither gained nor lost.
    measured = np.array([(1 + one.measured.get(key, 0)) / 2 for one in offers])
    return (1 - weights.measured) * says + weights.measured * measured


def _top(one: Seeker, weights: Weights) -> tuple[str, ...]:
    return one.problems[: len(weights.places)]


def _times(
    seekers: Sequence[Seeker], offers: Sequence[Offer], weights: Weights
) -> tuple[Numbers, Table]:
    said = np.array([len(one.times) for one in seekers], int)[:, None]
    common = counted([one.times for one in seekers], [one.times for one in offers])
    enough = np.minimum(np.where(said > 0, said, 1), weights.enough)
    return np.minimum(common, enough) / enough, said > 0
