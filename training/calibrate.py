"""Fits temperatures and thresholds on predictions for sessions that training never saw."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from training.judge import macro_f1

Array = NDArray[np.float64]
TEMPERATURES = np.geomspace(0.4, 4.0, 60)
OFFSETS = np.linspace(-1.5, 1.5, 31)
PRICE = 0.01
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


def best_offsets(p: Array, truth: NDArray[np.int64]) -> list[float]:
    """Return what to add to each label's log probability for the highest macro-F1.

    Found by going through the labels in turn, three times; the first label's stays 0. An offset
    has to earn its price in macro-F1, so that small sessions don't move it by chance.
    """
    logs, labels = np.log(p.clip(1e-9)), p.shape[1]
    found = np.zeros(labels)
    for _ in range(3):
        for place in range(1, labels):
            scores = []
            for step in OFFSETS:
                found[place] = step
                scores.append(macro_f1(truth, (logs + found).argmax(1), labels))
            found[place] = OFFSETS[int(np.argmax(smooth(scores) - PRICE * np.abs(OFFSETS)))]
    return [round(float(one), 2) for one in found]


def smooth(scores: list[float]) -> Array:
    """Return each score's mean with its neighbours, so that a lucky step is not chosen."""
    padded = np.pad(np.array(scores), 2, mode="edge")
    return np.convolve(padded, np.ones(5) / 5, mode="valid")


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
