"""κ of the two passes for each label that the model learns, as the card carries it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from training.annotation.agreement import Pair, compared, paired, readings
from training.annotation.kappa import Agreement
from training.annotation.sessions import LABELS
from training.layer import holds
from training.tasks import HEARD, SAID

DRAWS = 1000


def kappas(data: Path, labels: Path = LABELS) -> dict[str, dict[str, Any]]:
    """Return κ with its interval by label, from all sessions that were read twice."""
    first, second = (readings(labels / one, data) for one in ("a", "b"))
    pairs = paired(first, second, data)
    return {label: figures(agreed(pairs, label)) for label in (*SAID, *HEARD)}


def agreed(pairs: Sequence[Pair], label: str) -> Agreement:
    """Compare whether a label holds, over every utterance of its role."""
    return compared(list(given(pairs, label)), 2, DRAWS)


def given(pairs: Sequence[Pair], label: str) -> Iterator[tuple[int, int, int]]:
    """Yield whether each pass says yes to a label, with the session."""
    role = "therapist" if label in SAID else "client"
    nothing: frozenset[tuple[str, str]] = frozenset()
    for place, pair in enumerate(pairs):
        for utterance, speaker in enumerate(pair.roles):
            if speaker == role:
                first, second = (
                    int(holds(label, one.codes.get(utterance, nothing)))
                    for one in (pair.first, pair.second)
                )
                yield first, second, place


def figures(found: Agreement) -> dict[str, Any]:
    """Return κ as the card carries it: nothing where it can't be said."""
    if found.kappa is None:
        return {}
    kept: dict[str, Any] = {
        "kappa": round(found.kappa, 3),
        "given": round(found.utterances * (found.first + found.second) / 2, 1),
    }
    if found.interval is not None:
        kept["kappa_interval"] = tuple(round(one, 3) for one in found.interval)
    return kept
