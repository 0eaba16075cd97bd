"""Measured change of a therapist's closed cases with a problem, where there are enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from holdfast_web.fit.matching.weights import Weights, shipped_weights


@dataclass(frozen=True, slots=True)
class Strength:
    """What closed cases come to; shown to nobody.

    Attributes
    ----------
    cases
        How many.
    value
        ``n / (n + 10) · mean``, where each case counts 1 (reliably better), 0 or −1 (reliably
        worse). It is not adjusted for who came with what: drawing it to nothing is all the care
        that it has, so it never makes more than a part of a part of the fit.
    """

    cases: int
    value: float


def strength(changes: Sequence[int], weights: Weights | None = None) -> Strength | None:
    """Return what closed cases come to; ``None`` where there are too few.

    Parameters
    ----------
    changes
        1, 0 or −1 for each closed case.

    Examples
    --------
    >>> strength([1] * 14) is None, strength([1] * 20).value, strength([1, -1] * 10).value
    (True, 0.6666666666666666, 0.0)
    """
    weights = weights or shipped_weights()
    cases = len(changes)
    if cases < weights.cases:
        return None
    return Strength(cases, sum(changes) / (cases + weights.shrink))
