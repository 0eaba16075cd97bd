"""Judges the annotation layer's codes: each session by the fold that never saw it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from holdfast.coding.decode import chosen_label, probabilities
from holdfast.runtime import Card
from training.encoded import Encoded
from training.judge import Judged, label_report, report
from training.tasks import TASKS, Task

Logits = NDArray[np.float32]
ABSENT_PRESENT = ("absent", "present")
USABLE_F1, USABLE_KAPPA = 0.4, 0.4
DRAWS = 1000


def layer_figures(
    encoded: Sequence[Encoded],
    logits: Sequence[Logits],
    cards: Sequence[Card],
    kappas: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    """Return precision, recall and F1 of every label of the layer, and κ of the annotation.

    Parameters
    ----------
    encoded, logits
        Sessions, and what the graph that never saw each of them said: ``[utterances, outputs]``.
    cards
        For each session a card with the settings that were fitted without its fold.
    kappas
        By label: agreement of the two passes of annotation.
    """
    found: dict[str, Any] = {}
    for task in TASKS:
        if task.name in ("said", "heard"):
            wanted, said, session = answered(task, encoded, logits, cards)
            for place, label in enumerate(task.labels):
                judged = Judged(ABSENT_PRESENT, wanted[:, place], said[:, place], session)
                found[label] = label_report(judged, 1, DRAWS) | {
                    "utterances": len(session),
                    "sessions": len(np.unique(session)),
                    **kappas.get(label, {}),
                }
                found[label]["usable"] = usable(found[label])
    return found


def usable(figures: Mapping[str, Any]) -> bool:
    """Return whether a code is told well enough to stand in a report without a warning.

    Examples
    --------
    >>> usable({"interval": (0.41, 0.6), "kappa": 0.7})
    True
    >>> usable({"interval": (0.41, 0.6), "kappa": 0.3}), usable({"interval": (0.3, 0.6)})
    (False, False)
    """
    kappa = figures.get("kappa")
    return figures["interval"][0] >= USABLE_F1 and (kappa is None or kappa >= USABLE_KAPPA)


def answered(
    task: Task,
    encoded: Sequence[Encoded],
    logits: Sequence[Logits],
    cards: Sequence[Card],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return targets and answers ``[n, labels]`` and the session of each, as the coder decodes."""
    wanted, said, session = [], [], []
    for place, (example, rows, card) in enumerate(zip(encoded, logits, cards, strict=True)):
        head = card.heads[task.name]
        p = probabilities(rows, head)
        for target, one in zip(example.targets, p >= np.array(head.thresholds), strict=True):
            if task.name in target:
                wanted.append(target[task.name])
                said.append(one)
                session.append(place)
    return (
        np.array(wanted, dtype=np.int64),
        np.array(said, dtype=np.int64),
        np.array(session, dtype=np.int64),
    )


def which_figures(
    name: str, encoded: Sequence[Encoded], logits: Sequence[Logits], cards: Sequence[Card]
) -> dict[str, Any]:
    """Return how well ``feeling`` or ``response`` is told where people heard an opening."""
    task = next(one for one in TASKS if one.name == name)
    rows = []
    for place, (example, given, card) in enumerate(zip(encoded, logits, cards, strict=True)):
        head = card.heads[name]
        for target, p in zip(example.targets, probabilities(given, head), strict=True):
            if name in target:
                rows.append((int(np.argmax(target[name])), chosen_label(p, head), place))
    truth, best, session = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return report(Judged(task.labels, truth, best, session), draws=DRAWS)
