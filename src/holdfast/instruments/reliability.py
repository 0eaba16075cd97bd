"""How far an instrument repeats itself in a practice's own data: α, ω and retest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from holdfast.errors import HoldfastError

Numbers = NDArray[np.float64]
FEWEST = 10
DRAWS = 1000
LEAST_UNIQUE = 0.005
"""An item's unique variance is held above this: no item is free of error."""
MOST_STEPS = 2000
SETTLED = 1e-6


class TooFewResponses(HoldfastError):  # noqa: N818 - what happened, in words
    """There are too few complete responses, or too few items, to say anything."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A coefficient with its 95 % interval, from a bootstrap over people.

    Attributes
    ----------
    value, low, high
        The coefficient and its interval.
    n
        People that it rests on.
    """

    value: float
    low: float
    high: float
    n: int


def cronbach_alpha(answers: ArrayLike, *, seed: int = 0) -> Estimate:
    """Return Cronbach's α: how far the items of a scale go together.

    ``α = k / (k − 1) · (1 − Σ var(item) / var(sum))`` (Cronbach 1951, Psychometrika 16:297, doi
    10.1007/BF02310555). It is a lower bound of reliability, and grows with the number of items.

    Parameters
    ----------
    answers
        People × items, reversed items already turned round. People with a missing answer (NaN)
        are left out.
    seed
        Of the bootstrap.

    Raises
    ------
    TooFewResponses
        With fewer than ten complete responses, or fewer than two items.

    Examples
    --------
    >>> answers = [[1, 2], [2, 2], [3, 4], [4, 3], [5, 5], [2, 1], [3, 3], [4, 5], [1, 1], [5, 4]]
    >>> round(cronbach_alpha(answers).value, 2)
    0.92
    """
    return _estimate(_complete(answers, "Cronbach's α", items=2), _alpha, seed)


def mcdonald_omega(answers: ArrayLike, *, seed: int = 0, draws: int = 200) -> Estimate:
    """Return McDonald's ω: the part of a sum's variance that one common factor explains.

    ``ω = (Σλ)² / ((Σλ)² + Σψ)`` with loadings λ and unique variances ψ of a one-factor model,
    fitted to the correlations by maximum likelihood (McDonald 1999, Test Theory; by the EM
    algorithm of Rubin & Thayer 1982, Psychometrika 47:69, doi 10.1007/BF02293851). Unlike α it
    lets items differ in how closely they go with the rest.

    Parameters
    ----------
    answers, seed
        As for :func:`cronbach_alpha`; needs three items.
    draws
        Of the bootstrap.

    Raises
    ------
    TooFewResponses
        With fewer than ten complete responses, or fewer than three items.

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(0)
    >>> trait = rng.normal(size=(300, 1))
    >>> answers = trait + rng.normal(size=(300, 4))
    >>> 0.75 < mcdonald_omega(answers, draws=20).value < 0.85
    True
    """
    return _estimate(_complete(answers, "McDonald's ω", items=3), _omega, seed, draws)


def retest(first: ArrayLike, second: ArrayLike, *, seed: int = 0) -> Estimate:
    """Return the retest reliability: ICC(A,1), absolute agreement of two occasions.

    Two-way model, single rating, absolute agreement (McGraw & Wong 1996, Psychol Methods 1:30,
    doi 10.1037/1082-989X.1.1.30). It says how alike two ratings of the same person are among
    ratings of different people: where people truly changed in between, it is low without any
    fault of the instrument.

    Parameters
    ----------
    first, second
        One score for each person, in the same order. Pairs with NaN are left out.
    seed
        Of the bootstrap.

    Raises
    ------
    TooFewResponses
        With fewer than ten pairs.

    Examples
    --------
    >>> round(retest([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [2, 2, 3, 5, 5, 6, 8, 8, 9, 9]).value, 2)
    0.98
    """
    pairs = np.column_stack([np.asarray(first, float), np.asarray(second, float)])
    known = _without_gaps(pairs)
    _require(len(known), "person has two scores", "people have two scores")
    return _estimate(known, _icc, seed)


def _complete(answers: ArrayLike, coefficient: str, items: int) -> Numbers:
    table = np.atleast_2d(np.asarray(answers, dtype=np.float64))
    there = table.shape[1]
    if there < items:
        said = "there is 1" if there == 1 else f"there are {there}"
        raise TooFewResponses(f"{coefficient} needs at least {items} items; {said}.")
    known = _without_gaps(table)
    _require(len(known), "response is complete", "responses are complete")
    return known


def _without_gaps(table: Numbers) -> Numbers:
    known: Numbers = table[~np.isnan(table).any(axis=1)]
    return known


def _require(count: int, one: str, several: str) -> None:
    if count < FEWEST:
        said = one if count == 1 else several
        raise TooFewResponses(f"{count} {said}; at least {FEWEST} are needed.")


def _estimate(
    table: Numbers, coefficient: Callable[[Numbers], float], seed: int, draws: int = DRAWS
) -> Estimate:
    rng = np.random.default_rng(seed)
    people = len(table)
    drawn = [coefficient(table[rng.integers(0, people, people)]) for _ in range(draws)]
    low, high = _quantiles(drawn)
    return Estimate(coefficient(table), low, high, people)


def _quantiles(drawn: Sequence[float]) -> tuple[float, float]:
    known = [one for one in drawn if np.isfinite(one)]
    if not known:
        return float("nan"), float("nan")
    low, high = np.quantile(known, (0.025, 0.975))
    return float(low), float(high)


def _alpha(table: Numbers) -> float:
    k = table.shape[1]
    whole = float(table.sum(axis=1).var(ddof=1))
    parts = float(table.var(axis=0, ddof=1).sum())
    return k / (k - 1) * (1 - parts / whole) if whole else float("nan")


def _omega(table: Numbers) -> float:
    if not table.std(axis=0).all():
        return float("nan")
    loadings, unique = _one_factor(np.atleast_2d(np.corrcoef(table.T)))
    common = float(loadings.sum()) ** 2
    return common / (common + float(unique.sum()))


def _one_factor(correlations: Numbers) -> tuple[Numbers, Numbers]:
    values, vectors = np.linalg.eigh(correlations)
    loadings = (vectors[:, -1] * np.sqrt(values[-1])).clip(-0.95, 0.95)
    unique = 1 - loadings**2
    for _ in range(MOST_STEPS):
        weights = loadings / unique / (1 + (loadings**2 / unique).sum())
        along = correlations @ weights
        before = loadings
        loadings = along / (1 - weights @ loadings + weights @ along)
        unique = np.maximum(1 - loadings * along, LEAST_UNIQUE)
        if np.abs(loadings - before).max() < SETTLED:
            break
    return loadings, unique


def _icc(table: Numbers) -> float:
    n, k = table.shape
    mean = table.mean()
    rows = k * float(((table.mean(axis=1) - mean) ** 2).sum()) / (n - 1)
    columns = n * float(((table.mean(axis=0) - mean) ** 2).sum()) / (k - 1)
    whole = float(((table - mean) ** 2).sum())
    error = (whole - rows * (n - 1) - columns * (k - 1)) / ((n - 1) * (k - 1))
    below = rows + (k - 1) * error + k * (columns - error) / n
    return (rows - error) / below if below else float("nan")
