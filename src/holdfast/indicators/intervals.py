"""How far a count may be wrong: 95 % intervals that know the coder's error.

A coder that is calibrated says how often it errs. Summed over the utterances that a code
applies to, its probabilities ``p`` give the expected count ``Σ p`` and, if it erred on each
utterance by itself, the variance ``Σ p (1 − p)`` (a Poisson-binomial count). Its errors do not
come alone (a speaker's manner is misread all session long), so the deviation is multiplied by a
factor fitted on sessions that the coder had not seen: ``intervals.toml``.

An interval always holds the count that was heard. It covers the coder's error, and no other.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from holdfast.coding.codes import Code

Interval = tuple[float, float]

ABSENT = "none"
DEVIATIONS = 1.959964  # of a normal distribution, on either side of 95 %
DRAWS = 4000
SEED = 20
LABELS = {
    "behaviour": 4,
    "reflection": 3,
    "question": 3,
    "input": 5,
    "talk": 3,
    "reassurance": 3,
    "emotional_reaction": 3,
    "interpretation": 3,
    "exploration": 3,
    "suggestion": 3,
    "empathic_opportunity": 3,
    "feeling": 7,
    "response": 4,
}
"""Labels of each exclusive code, ``"none"`` among them where the code may be absent."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something was heard, and how likely it was in each utterance.

    Attributes
    ----------
    name
        What was counted, as ``intervals.toml`` names it.
    heard
        Utterances in which the coder stands by it.
    p
        Its probability in each utterance that the code applies to, heard or not; ``None``
        where rules found it, which have no probability.

    Examples
    --------
    >>> tally = Tally("question", heard=2, p=(0.9, 0.8, 0.1))
    >>> round(tally.expected, 2), round(tally.variance, 2)
    (1.8, 0.34)
    """

    name: str
    heard: int
    p: tuple[float, ...] | None = None

    @property
    def expected(self) -> float:
        """How many there are by the coder's probabilities."""
        return math.fsum(self.p or ())

    @property
    def variance(self) -> float:
        """How far that count may lie off, if the coder's errors were independent."""
        return math.fsum(p * (1 - p) for p in self.p or ())

    @property
    def deviation(self) -> float:
        """The widened standard deviation of the count."""
        return widening(self.name) * math.sqrt(self.variance)


def probability(code: Code, label: str) -> float:
    """Return the probability of one label of a code; ``"none"`` stands for its absence.

    Without ``alternatives``, what the code's own label leaves is split equally among the
    others. A code from rules is certain of what it found, and a code that does not apply has
    no label at all.

    Examples
    --------
    >>> probability(Code("talk", "change", 0.8), "sustain")
    0.1
    """
    if code.alternatives:
        return next((p for name, p in code.alternatives if name == label), 0.0)
    if isinstance(code.value, tuple):
        given = code.p if isinstance(code.p, tuple) else (1.0,) * len(code.value)
        return dict(zip(code.value, given, strict=False)).get(label, 0.0)
    chosen = ABSENT if code.value is None else code.value
    if code.p is None:
        return float(chosen == label and code.value is not None)
    p = code.p[0] if isinstance(code.p, tuple) else code.p
    return p if chosen == label else round((1 - p) / (LABELS.get(code.name, 2) - 1), 12)


def count_interval(tally: Tally) -> Interval | None:
    """Return the 95 % interval of a count, in whole numbers; ``None`` for rules.

    Examples
    --------
    >>> count_interval(Tally("question", heard=2, p=(0.9, 0.8, 0.1)))
    (0.0, 3.0)
    """
    bounds = _around(tally)
    return None if bounds is None else (_floor(bounds[0]), _ceil(bounds[1]))


def share_of_all_interval(tally: Tally) -> Interval | None:
    """Return the 95 % interval of a count's share in all utterances it applies to.

    Examples
    --------
    >>> share_of_all_interval(Tally("negative_emotion", heard=1, p=(1.0, 0.0)))
    (0.5, 0.5)
    """
    bounds = _around(tally)
    if bounds is None or not tally.p:
        return None
    return bounds[0] / len(tally.p), bounds[1] / len(tally.p)


def difference_interval(late: Tally, early: Tally) -> Interval | None:
    """Return the 95 % interval of a share's change from one stretch to another."""
    if not late.p or not early.p:
        return None
    heard = late.heard / len(late.p) - early.heard / len(early.p)
    expected = late.expected / len(late.p) - early.expected / len(early.p)
    far = DEVIATIONS * math.hypot(late.deviation / len(late.p), early.deviation / len(early.p))
    return max(-1.0, min(heard, expected - far)), min(1.0, max(heard, expected + far))


def share_interval(part: Tally, rest: Tally) -> Interval | None:
    """Return the 95 % interval of ``part / (part + rest)``, for labels that exclude each other.

    Examples
    --------
    >>> share_interval(Tally("open", 1, (1.0, 0.0)), Tally("closed", 1, (0.0, 1.0)))
    (0.5, 0.5)
    """
    if not part.p or not rest.p:
        return None
    together = -math.fsum(one * other for one, other in zip(part.p, rest.p, strict=True))
    parts, rests = _drawn(part, rest, together)
    kept = parts + rests >= 0.5
    if not kept.any():
        return 0.0, 1.0
    return _quantiles(
        parts[kept] / (parts[kept] + rests[kept]), part.heard / max(1, part.heard + rest.heard)
    )


def ratio_interval(over: Tally, under: Tally) -> Interval | None:
    """Return the 95 % interval of ``over / under``, for codes that may hold at once."""
    if not over.p or not under.p or not under.heard:
        return None
    overs, unders = _drawn(over, under, 0.0)
    return _quantiles(overs / np.maximum(unders, 0.5), over.heard / under.heard)


def fit_widening(
    expected: Sequence[float],
    variance: Sequence[float],
    observed: Sequence[float],
    *,
    coverage: float = 0.95,
) -> float:
    """Return the factor whose intervals cover the human counts of ``coverage`` of the sessions.

    Each session's count by people is set against the coder's expected count, in deviations of
    the Poisson-binomial; the factor is the empirical quantile of these, with the correction for
    few sessions of split conformal prediction. It is never below 1.

    Parameters
    ----------
    expected, variance
        Of each session, coded by a model that had not seen it (:class:`Tally` has both).
    observed
        What people counted in the same sessions.
    coverage
        Share of the sessions to be covered.

    Raises
    ------
    ValueError
        If there are no sessions, or one was counted wrong with certainty.

    Examples
    --------
    >>> fit_widening([10.0, 10.0], [4.0, 4.0], [10.0, 17.84], coverage=0.5)
    2.0
    """
    misses = [
        _miss(abs(seen - mean), spread)
        for mean, spread, seen in zip(expected, variance, observed, strict=True)
    ]
    if not misses:
        raise ValueError("no session to fit on; give at least one")
    rank = min(len(misses), math.ceil((len(misses) + 1) * coverage))
    return max(1.0, round(sorted(misses)[rank - 1], 3))


def _miss(off: float, variance: float) -> float:
    if variance > 0:
        return off / (DEVIATIONS * math.sqrt(variance))
    if off > 0:
        raise ValueError("a session was counted wrong with certainty; calibrate the coder first")
    return 0.0


@cache
def widenings() -> dict[str, float]:
    """Return the factors of ``intervals.toml`` by name."""
    text = files(__package__).joinpath("intervals.toml").read_text(encoding="utf-8")
    return {name: float(factor) for name, factor in tomllib.loads(text)["widening"].items()}


def widening(name: str) -> float:
    """Return the factor of one count, 1 where none was fitted."""
    return widenings().get(name, 1.0)


def _around(tally: Tally) -> Interval | None:
    if not tally.p:
        return None
    far = DEVIATIONS * tally.deviation
    low = max(0.0, tally.expected - far)
    high = min(float(len(tally.p)), tally.expected + far)
    return min(low, tally.heard), max(high, tally.heard)


def _drawn(
    one: Tally, other: Tally, covariance: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Draw both counts together, as normal numbers no smaller than zero."""
    spread = math.sqrt(one.variance * other.variance)
    tied = max(-1.0, min(1.0, covariance / spread)) if spread else 0.0
    first, second = _normals()
    ones = one.expected + one.deviation * first
    mixed = tied * first + math.sqrt(1 - tied * tied) * second
    others = other.expected + other.deviation * mixed
    return np.maximum(ones, 0.0), np.maximum(others, 0.0)


@cache
def _normals() -> NDArray[np.float64]:
    return np.random.default_rng(SEED).standard_normal((2, DRAWS))


def _quantiles(drawn: NDArray[np.float64], value: float) -> Interval:
    low, high = np.quantile(drawn, (0.025, 0.975))
    return min(float(low), value), max(float(high), value)


def _floor(x: float) -> float:
    return float(math.floor(x + 1e-9))


def _ceil(x: float) -> float:
    return float(math.ceil(x - 1e-9))
