"""Chance that comes out the same way for the same seed, so that a page stays as it was."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import TypeVar

import numpy as np

T = TypeVar("T")


def shuffled(things: Iterable[T], seed: str) -> list[T]:
    """Return things in an order that chance gave, each as likely as any other.

    Examples
    --------
    >>> shuffled("abc", "one") == shuffled("abc", "one"), sorted(shuffled("abc", "two"))
    (True, ['a', 'b', 'c'])
    """
    given = list(things)
    chance = np.random.default_rng(int.from_bytes(sha256(seed.encode()).digest()))
    return [given[at] for at in chance.permutation(len(given))]
