"""Fits what turns logits into codes (temperatures, thresholds) for every head."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.calibrate import (
    activate,
    best_label_threshold,
    best_temperature,
    best_threshold,
)
from training.prepare import Encoded
from training.tasks import TASKS, Task, spans

Array = NDArray[np.float64]
SPANS = spans()
HALF, MORE = 0.5, 0.6


def known(
    examples: Sequence[Encoded], logits: Sequence[NDArray[np.float32]], task: Task
) -> tuple[Array, Array]:
    """Return the logits and targets ``[n, labels]`` of all utterances whose target is known."""
    rows, wanted = [], []
    for example, out in zip(examples, logits, strict=True):
        for target, row in zip(example.targets, out, strict=True):
            if task.name in target:
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
        temperature = best_temperature(given, wanted, exclusive=task.exclusive)
        p = activate(given / temperature, exclusive=task.exclusive)
        settings[task.name] = {
            "temperature": temperature,
            "thresholds": thresholds(task, p, wanted),
        }
    return settings


def thresholds(task: Task, p: Array, wanted: Array) -> list[float]:
    """Return a head's thresholds: from when to abstain, or from when each label is present."""
    if task.exclusive:
        right = p.argmax(1) == wanted.argmax(1)
        return [abstain_below(p.max(1), right, MORE if len(task.labels) == 2 else HALF)]
    fit = best_threshold if task.name == "present" else best_label_threshold
    return [fit(p[:, place], wanted[:, place]) for place in range(len(task.labels))]


def abstain_below(p: Array, right: NDArray[np.bool_], level: float, width: float = 0.1) -> float:
    """Return the lowest confidence at which guesses are right at least ``level`` of the time.

    Judged on guesses whose confidence lies within ``width`` above it, at least 30 of them.
    """
    for step in np.arange(0.2, 0.9, 0.01):
        near = (p >= step) & (p < step + width)
        if near.sum() >= 30 and right[near].mean() >= level:
            return round(float(step), 2) if (p < step).any() else 0.0
    return 0.0
