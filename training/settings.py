"""Fits what turns logits into codes (temperatures, thresholds) for every head."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.calibrate import (
    activate,
    best_label_threshold,
    best_offsets,
    best_temperature,
    best_threshold,
)
from training.encoded import Encoded
from training.tasks import TASKS, Task, spans

Array = NDArray[np.float64]
SPANS = spans()
HALF, MORE = 0.5, 0.6
LAYER = ("said", "heard")
LOWEST, HIGHEST = 0.15, 0.75
"""Bounds of the thresholds of the layer's codes, many of which are too rare to fit one freely."""


def known(
    examples: Sequence[Encoded], logits: Sequence[NDArray[np.float32]], task: Task
) -> tuple[Array, Array]:
    """Return the logits and targets ``[n, labels]`` of all utterances whose target is known."""
    rows, wanted = [], []
    for example, out in zip(examples, logits, strict=True):
        for target, row in zip(example.targets, out, strict=True):
            if task.name in target and not np.isnan(target[task.name]).any():
                rows.append(row[SPANS[task.name]])
                wanted.append(target[task.name])
    labels = len(task.labels)
    return (
        np.array(rows, dtype=float).reshape(-1, labels),
        np.array(wanted, dtype=float).reshape(-1, labels),
    )


def fit_settings(
    examples: Sequence[Encoded], logits: Sequence[NDArray[np.float32]]
) -> dict[str, dict[str, Any]]:
    """Return temperature and thresholds of each head that these examples have targets for."""
    settings = {}
    for task in TASKS:
        given, wanted = known(examples, logits, task)
        if not len(given):
            continue
        layer = task.name in LAYER
        expected = given + base_rates(given, wanted) if layer else given
        temperature = best_temperature(expected, wanted, exclusive=task.exclusive)
        shift = base_rates(given / temperature, wanted) if layer else 0.0
        p = activate(given / temperature + shift, exclusive=task.exclusive)
        settings[task.name] = {"temperature": temperature} | decisions(task, p, wanted)
        if layer:
            settings[task.name]["offsets"] = [round(float(one), 3) for one in shift]
    return settings


def base_rates(scaled: Array, wanted: Array) -> Array:
    """Return what to add to each label's logits so that it is expected as often as it is there.

    Dialogues written for training hold rare codes far more often than sessions do, and a yes of
    a rare label counts more in learning (``training.rarity``).
    """
    low, high = np.full(scaled.shape[1], -8.0), np.full(scaled.shape[1], 8.0)
    often = (wanted.sum(0) + 0.5) / (len(wanted) + 1)
    for _ in range(40):
        middle = (low + high) / 2
        over = activate(scaled + middle, exclusive=False).mean(0) > often
        high, low = np.where(over, middle, high), np.where(over, low, middle)
    return (low + high) / 2


def decisions(task: Task, p: Array, wanted: Array) -> dict[str, list[float]]:
    """Return a head's offsets and thresholds: what is chosen, and when that is too doubtful."""
    if not task.exclusive:
        fit = best_threshold if task.name == "present" else best_label_threshold
        found = [fit(p[:, one], wanted[:, one]) for one in range(len(task.labels))]
        if task.name in LAYER:
            found = [min(max(one, LOWEST), HIGHEST) for one in found]
        return {
            "thresholds": found,
            "offsets": [0.0] * len(task.labels),
        }
    truth = wanted.argmax(1)
    offsets = best_offsets(p, truth)
    chosen = (np.log(p.clip(1e-9)) + offsets).argmax(1)
    level = MORE if len(task.labels) == 2 else HALF
    sure = p[np.arange(len(p)), chosen]
    return {"offsets": offsets, "thresholds": [abstain_below(sure, chosen == truth, level)]}


def abstain_below(p: Array, right: NDArray[np.bool_], level: float, width: float = 0.1) -> float:
    """Return the lowest confidence at which guesses are right at least ``level`` of the time.

    Judged on guesses whose confidence lies within ``width`` above it, at least 30 of them.
    """
    for step in np.arange(0.2, 0.9, 0.01):
        near = (p >= step) & (p < step + width)
        if near.sum() >= 30 and right[near].mean() >= level:
            return round(float(step), 2) if (p < step).any() else 0.0
    return 0.0
