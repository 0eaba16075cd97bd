"""Which of our codes lie nearest to another scheme's labels, and how strongly a model hears them.

As docs/reference/crosswalk.md has them. Question and information have no code as wide in the
annotation layer; AnnoMI's own are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from holdfast.coding.decode import probabilities
from holdfast.errors import ModelError
from holdfast.runtime import Card
from training.judge import Labels
from training.support_corpora import STRATEGIES

Array = NDArray[np.float64]
Logits = NDArray[np.float32]
Output = tuple[str, str]
"""A head and one of its labels."""

OTHERS = STRATEGIES.index("Others")
ONE_OF: Mapping[str, tuple[Output, ...]] = {
    "Question": (("present", "question"),),
    "Restatement or Paraphrasing": (("said", "paraphrase"), ("said", "summary")),
    "Reflection of feelings": (("said", "reflection_of_feelings"),),
    "Self-disclosure": (("said", "self_disclosure"),),
    "Affirmation and Reassurance": (
        ("said", "validation=normalising"),
        ("said", "validation=making_sense"),
        ("said", "validation=affirming"),
        ("said", "reassurance"),
        ("said", "emotional_reaction>=1"),
    ),
    "Providing Suggestions": (("said", "suggestion"),),
}
"""The outputs of which one is enough for a strategy. What holds none is ``Others``."""

INFORMATION: tuple[Output, Output] = (("present", "input"), ("input", "information"))
"""Information takes both: input, and of this kind."""


def need(card: Card, outputs: Sequence[Output]) -> None:
    """Refuse a model that lacks an output.

    Raises
    ------
    ModelError
        With the first head, or the first label, that is missing.
    """
    for head, label in outputs:
        if head not in card.heads:
            raise ModelError(
                f"{card.title} has no head {head!r}, which is judged here; "
                f"it has {', '.join(card.heads)}. Train it with the annotation layer."
            )
        if label not in card.heads[head].labels:
            raise ModelError(f"The head {head!r} of {card.title} has no label {label!r}.")


def likely(card: Card, logits: Logits) -> Array:
    """Return each strategy's calibrated probability, ``[n, 8]``; 0 for others."""

    def p(output: Output) -> Array:
        return p_of(card, logits, output)

    return columns(p, information=np.prod([p(one) for one in INFORMATION], axis=0))


def reached(card: Card, logits: Logits) -> Array:
    """Return each strategy's strength by the card's thresholds: 1 is where it counts as said."""

    def strength(output: Output) -> Array:
        return reach(card, logits, output)

    return columns(strength, information=np.min([strength(one) for one in INFORMATION], axis=0))


def columns(strength: Callable[[Output], Array], *, information: Array) -> Array:
    """Return the strength of the strategies side by side, in their order."""
    found = [np.max([strength(one) for one in outputs], axis=0) for outputs in ONE_OF.values()]
    return np.stack([*found, information, np.zeros_like(information)], axis=1)


def strategies(strength: Array, *, least: float) -> Labels:
    """Return the strongest strategy, or others where none is as strong as ``least``.

    Examples
    --------
    >>> heard = np.array([[0.2, 0.6, 0.1], [0.3, 0.1, 0.2]])
    >>> strategies(np.hstack([heard, np.zeros((2, 5))]), least=0.5).tolist()
    [1, 7]
    """
    return np.where(strength.max(1) >= least, strength.argmax(1), OTHERS)


def levels(card: Card, logits: Logits, name: str) -> Labels:
    """Return 0, 1 or 2 of a code: the second level is only asked where the first is reached."""
    first, second = (reach(card, logits, ("said", f"{name}>={one}")) >= 1 for one in (1, 2))
    return np.asarray(first.astype(int) * (1 + second))


def p_of(card: Card, logits: Logits, output: Output) -> Array:
    """Return the calibrated probability of one output."""
    head = card.heads[output[0]]
    return np.asarray(probabilities(logits, head)[:, head.labels.index(output[1])])


def reach(card: Card, logits: Logits, output: Output) -> Array:
    """Return an output's probability as a multiple of what it needs to count as present.

    Where a head chooses one of its labels that is the strongest other one, after the offsets.
    """
    head = card.heads[output[0]]
    place, p = head.labels.index(output[1]), probabilities(logits, head)
    if not head.exclusive:
        return np.asarray(p[:, place] / head.thresholds[place])
    weighed = p * np.exp(head.offsets)
    others = np.delete(weighed, place, axis=1).max(1)
    return np.asarray(weighed[:, place] / others.clip(1e-9))
