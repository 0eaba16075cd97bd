"""Judges predictions against people's codes: F1 with intervals over sessions, calibration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Judged:
    """One code's true and predicted labels over many sessions.

    ``truth`` and ``found`` hold numbers of labels, ``session`` the session of each.
    """

    labels: tuple[str, ...]
    truth: Labels
    found: Labels
    session: Labels


def f1_by_label(truth: Labels, found: Labels, labels: int) -> NDArray[np.float64]:
    """Return F1 of each label: 2TP / (2TP + FP + FN), 0 where none is true or found."""
    right = np.bincount(truth[truth == found], minlength=labels)
    total = np.bincount(truth, minlength=labels) + np.bincount(found, minlength=labels)
    return 2 * right / np.maximum(total, 1)


def macro_f1(truth: Labels, found: Labels, labels: int) -> float:
    """Return the mean of the labels' F1 (Opitz & Burst 2019, the averaged-F1 form)."""
    return float(f1_by_label(truth, found, labels).mean())


def by_sessions(
    judged: Judged,
    figure: Callable[[Labels, Labels], float],
    *,
    draws: int = 1000,
    seed: int = 0,
) -> tuple[float, float]:
    """Return a 95 % percentile bootstrap interval of a figure, resampling whole sessions."""
    rng = np.random.default_rng(seed)
    rows = [np.flatnonzero(judged.session == one) for one in np.unique(judged.session)]
    found = []
    for _ in range(draws):
        chosen = np.concatenate([rows[i] for i in rng.integers(0, len(rows), len(rows))])
        found.append(figure(judged.truth[chosen], judged.found[chosen]))
    low, high = np.percentile(found, [2.5, 97.5])
    return round(float(low), 3), round(float(high), 3)


def report(judged: Judged, *, draws: int = 1000) -> dict[str, object]:
    """Return macro-F1, accuracy and, per label, precision, recall and F1, with intervals."""
    count = len(judged.labels)
    macro = macro_f1(judged.truth, judged.found, count)
    return {
        "macro_f1": round(macro, 3),
        "interval": by_sessions(judged, lambda t, f: macro_f1(t, f, count), draws=draws),
        "accuracy": round(float((judged.truth == judged.found).mean()), 3),
        "utterances": len(judged.truth),
        "sessions": len(np.unique(judged.session)),
        "labels": {
            label: label_report(judged, place, draws) for place, label in enumerate(judged.labels)
        },
    }


def label_report(judged: Judged, place: int, draws: int) -> dict[str, object]:
    """Return precision, recall and F1 of one label, with F1's interval."""
    true, said = judged.truth == place, judged.found == place
    right = int((true & said).sum())
    count = len(judged.labels)
    return {
        "true": int(true.sum()),
        "found": int(said.sum()),
        "precision": round(right / max(int(said.sum()), 1), 3),
        "recall": round(right / max(int(true.sum()), 1), 3),
        "f1": round(float(f1_by_label(judged.truth, judged.found, count)[place]), 3),
        "interval": by_sessions(
            judged, lambda t, f: float(f1_by_label(t, f, count)[place]), draws=draws
        ),
    }


def calibration_error(p: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Return the expected calibration error (Naeini et al. 2015), with bins of equal count."""
    order = np.argsort(p)
    given, hit = np.asarray(p, dtype=float)[order], np.asarray(right, dtype=float)[order]
    parts = np.array_split(np.arange(len(given)), bins)
    gaps = [abs(given[part].mean() - hit[part].mean()) * len(part) for part in parts if len(part)]
    return round(float(sum(gaps) / max(len(given), 1)), 4)
