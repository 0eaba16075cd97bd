"""Random draws that come out the same under every version of Python.

Only ``random.Random.random`` is promised to repeat for a seed; ``choice``, ``shuffle`` and
``gauss`` may change. So everything here is made of it, with plain arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random
from typing import TypeVar

T = TypeVar("T")

Quantiles = Sequence[tuple[float, float]]
"""A distribution as (share of values below, value), ascending, from share 0 to share 1."""


@dataclass(slots=True)
class Draws:
    """A stream of random draws.

    Examples
    --------
    >>> draws = Draws(Random(7))
    >>> round(draws.between(((0.0, 1.0), (1.0, 3.0))), 6)
    1.647666
    >>> draws.one_of(("tea", "coffee"))
    'tea'
    """

    source: Random
    decks: dict[tuple[object, ...], list[int]] = field(default_factory=dict)

    def chance(self, p: float) -> bool:
        """Return true in a share ``p`` of all calls."""
        return self.source.random() < p

    def one_of(self, values: Sequence[T]) -> T:
        """Return one value, each as likely as the others."""
        return values[int(self.source.random() * len(values))]

    def next_of(self, values: tuple[T, ...]) -> T:
        """Return one value, none a second time before each came once."""
        deck = self.decks.setdefault(values, [])
        if not deck:
            deck.extend(range(len(values)))
        return values[deck.pop(int(self.source.random() * len(deck)))]

    def weighted(self, weights: dict[str, float]) -> str:
        """Return one of the names, as often as its weight says; the weights add up to 1."""
        left = self.source.random()
        for name, weight in weights.items():
            left -= weight
            if left < 0:
                return name
        return name

    def between(self, quantiles: Quantiles) -> float:
        """Return a value from a distribution given by its quantiles."""
        share = self.source.random()
        for (low, first), (high, last) in pairwise(quantiles):
            if share <= high:
                return first + (last - first) * (share - low) / (high - low)
        return quantiles[-1][1]
