"""What the quantised graphs say of sessions and comments that their training never saw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from holdfast.coding.encode import mark_utterances, read_windows
from holdfast.runtime import load_model
from training.corpora import Example
from training.encoded import Encoded

Logits = NDArray[np.float32]
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Unseen:
    """Logits ``[utterances, outputs]``, by the graph as it ships.

    Attributes
    ----------
    sessions
        Of each session, by the graph of the fold that leaves it out.
    veiled
        The same without knowing who speaks.
    comments
        Of GoEmotions' dev and test comments, by the final graph.
    exchanges
        Of classroom exchanges that no training saw, by the final graph.
    """

    sessions: tuple[Logits, ...]
    veiled: tuple[Logits, ...]
    comments: Mapping[str, Logits]
    exchanges: tuple[Logits, ...]


def read_unseen(
    folder: Path,
    examples: Sequence[Example],
    encoded: Sequence[Encoded],
    comments: Mapping[str, Sequence[Encoded]],
    exchanges: Sequence[Encoded],
) -> Unseen:
    """Run each fold's graph over its sessions, and the final one over the comments."""
    return Unseen(
        tuple(out_of_fold(folder, examples, encoded)),
        tuple(out_of_fold(folder, examples, encoded, veiled=True)),
        {
            split: np.concatenate(logits_of(folder / "all", some))
            for split, some in comments.items()
        },
        tuple(logits_of(folder / "all", exchanges)),
    )


def out_of_fold(
    folder: Path, examples: Sequence[Example], encoded: Sequence[Encoded], *, veiled: bool = False
) -> list[Logits]:
    """Return each session's logits by the graph of the fold that leaves it out."""
    found: dict[int, Logits] = {}
    for fold in sorted({one.fold for one in examples}):
        places = [place for place, one in enumerate(examples) if one.fold == fold]
        sessions = [encoded[place] for place in places]
        read = logits_of(folder / f"fold-{fold}", sessions, veiled=veiled)
        found |= zip(places, read, strict=True)
    return [found[place] for place in range(len(examples))]


def logits_of(folder: Path, examples: Sequence[Encoded], *, veiled: bool = False) -> list[Logits]:
    """Return each example's logits by the graph in ``folder``."""
    model = load_model(folder)

    def roles(one: Encoded) -> Sequence[str]:
        return ["other"] * len(one.roles) if veiled else one.roles

    return [
        read_windows(mark_utterances(one.tokens, roles(one), model.card), model) for one in examples
    ]
