"""Fits temperatures and thresholds on predictions for sessions that training never saw."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
TEMPERATURES = np.geomspace(0.4, 4.0, 60)
STEPS = np.linspace(0.05, 0.9, 86)


def log_loss(p: Array, target: Array, *, exclusive: bool) -> float:
    """Return the mean negative log likelihood of ``target`` under ``p``, both ``[n, labels]``."""
    p = p.clip(1e-6, 1 - 1e-6)
    gain = target * np.log(p)
    if not exclusive:
        gain = gain + (1 - target) * np.log(1 - p)
    return float(-gain.sum(1).mean())


def activate(logits: Array, *, exclusive: bool) -> Array:
    """Return softmax (exclusive) or sigmoid of logits ``[n, labels]``."""
    if not exclusive:
        return np.asarray(1 / (1 + np.exp(-logits)))
    weights = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def best_temperature(logits: Array, target: Array, *, exclusive: bool) -> float:
    """Return the temperature with the lowest log loss (Guo et al. 2017)."""
    losses = [
        log_loss(activate(logits / one, exclusive=exclusive), target, exclusive=exclusive)
        for one in TEMPERATURES
    ]
    return round(float(TEMPERATURES[int(np.argmin(losses))]), 3)


def best_threshold(p: NDArray[np.float64], target: NDArray[np.float64]) -> float:
    """Return the probability from which saying yes gives the highest macro-F1 of yes and no."""
    yes = target > 0.5
    scores = [_two_way_f1(p >= step, yes) for step in STEPS]
    return round(float(STEPS[int(np.argmax(scores))]), 3)


def best_label_threshold(p: NDArray[np.float64], target: NDArray[np.float64]) -> float:
    """Return the probability from which saying yes gives the highest F1 of yes."""
    yes = target > 0.5
    scores = [_f1(p >= step, yes) for step in STEPS]
    return round(float(STEPS[int(np.argmax(scores))]), 3)


def _two_way_f1(said: NDArray[np.bool_], yes: NDArray[np.bool_]) -> float:
    return (_f1(said, yes) + _f1(~said, ~yes)) / 2


def _f1(said: NDArray[np.bool_], yes: NDArray[np.bool_]) -> float:
    right = int((said & yes).sum())
    return 2 * right / max(int(said.sum()) + int(yes.sum()), 1)
