"""Logistic regression over several labels, with L2, as the checks of the model need it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from training.calibrate import activate
from training.judge import Labels

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Logistic:
    """A fitted regression.

    Attributes
    ----------
    mean, spread
        Of each feature among the rows that it was fitted on; a feature is standardised by them,
        and where it is missing (NaN) its mean stands for it.
    weights
        ``[features + 1, labels]``, the last row for the label's own share.
    """

    mean: Array
    spread: Array
    weights: Array

    def p(self, rows: Array) -> Array:
        """Return the probability of each label, ``[n, labels]``."""
        return activate(
            with_one(standardised(rows, self.mean, self.spread)) @ self.weights, exclusive=True
        )


def fit(rows: Array, truth: Labels, labels: int, *, c: float, balanced: bool = False) -> Logistic:
    """Fit a regression of ``truth`` on ``rows``.

    Minimises ``c · sum(-log p) + ½ |weights|²``, each label's own share free of the penalty, as
    the mean over the rows, so that it ends equally near whatever ``c``.

    Parameters
    ----------
    rows
        ``[n, features]``; NaN where a feature is missing.
    truth
        The label of each row, a number below ``labels``.
    labels
        How many labels there are.
    c
        How much the data count against the penalty.
    balanced
        Weigh rows so that every label counts alike.
    """
    mean, spread = standard(rows)
    given = with_one(standardised(rows, mean, spread))
    wanted = np.eye(labels)[truth]
    each = label_weights(truth, labels)[truth] if balanced else np.ones(len(truth))
    each = each / len(truth)
    penalised = np.full((given.shape[1], labels), 1 / (c * len(truth)))
    penalised[-1] = 0

    def loss(flat: Array) -> tuple[float, Array]:
        weights = flat.reshape(penalised.shape)
        p = activate(given @ weights, exclusive=True)
        lost = -(each * np.log((p * wanted).sum(1).clip(1e-300))).sum()
        slope = given.T @ (each[:, None] * (p - wanted)) + penalised * weights
        return float(lost + (penalised * weights**2).sum() / 2), slope.ravel()

    found = minimize(
        loss, np.zeros(penalised.size), jac=True, method="L-BFGS-B", options={"maxiter": 500}
    )
    return Logistic(mean, spread, found.x.reshape(penalised.shape))


def standard(rows: Array) -> tuple[Array, Array]:
    """Return each feature's mean and spread; 0 and 1 for one that is never known, or never varies.

    Examples
    --------
    >>> mean, spread = standard(np.array([[1.0, np.nan], [3.0, np.nan]]))
    >>> mean.tolist(), spread.tolist()
    ([2.0, 0.0], [1.0, 1.0])
    """
    known = ~np.isnan(rows)
    count = known.sum(0).clip(1)
    mean = np.where(known, rows, 0).sum(0) / count
    spread = np.sqrt((np.where(known, rows - mean, 0) ** 2).sum(0) / count)
    return mean, np.where(spread > 0, spread, 1.0)


def standardised(rows: Array, mean: Array, spread: Array) -> Array:
    """Return rows in spreads from the mean, 0 where a feature is missing."""
    return np.nan_to_num((rows - mean) / spread)


def with_one(rows: Array) -> Array:
    """Return rows with a feature more that is always 1."""
    return np.hstack([rows, np.ones((len(rows), 1))])


def label_weights(truth: Labels, labels: int) -> Array:
    """Return how much a row of each label counts for all labels to count alike.

    Examples
    --------
    >>> label_weights(np.array([0, 0, 0, 1]), 2).round(3).tolist()
    [0.667, 2.0]
    """
    return np.asarray(len(truth) / (labels * np.bincount(truth, minlength=labels).clip(1)))
