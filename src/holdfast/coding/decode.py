"""Turns one utterance's logits into codes: calibrate, compare with the thresholds, abstain."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from holdfast.coding.codes import Code
from holdfast.runtime import Card, Head

Logits = NDArray[np.float32]

ABSENT = "none"
KINDS = ("reflection", "question", "input")
"""Codes that a therapist's utterance may hold besides its main behaviour, several at once."""


def probabilities(logits: Logits, head: Head) -> NDArray[np.float64]:
    """Return the calibrated probability of each label of a head, ``[..., labels]``.

    Softmax or sigmoid of the logits divided by a temperature (Guo et al. 2017, On calibration
    of modern neural networks); where labels are judged alone, with each label's offset added
    (Platt 1999), as a code may be rarer in sessions than in what was learned from.
    """
    scaled = logits[..., head.span].astype(np.float64) / head.temperature
    if not head.exclusive:
        return np.asarray(1 / (1 + np.exp(-scaled - np.array(head.offsets))))
    weights = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=-1, keepdims=True))


def therapist_codes(logits: Logits, card: Card) -> dict[str, Code]:
    """Return the codes of a therapist's utterance.

    ``reflection``, ``question`` and ``input`` are ``None`` where the utterance holds none; an
    utterance whose main behaviour is one of them always holds it.
    """
    codes = {"behaviour": likeliest_code("behaviour", logits, card.heads["behaviour"])}
    present = probabilities(logits, card.heads["present"])
    for place, name in enumerate(KINDS):
        threshold = card.heads["present"].thresholds[place]
        main = codes["behaviour"].value == name
        codes[name] = _kind(name, logits, card.heads[name], float(present[place]), main, threshold)
    return codes


def client_codes(logits: Logits, card: Card) -> dict[str, Code]:
    """Return the codes of a client's utterance: talk type and emotions."""
    return {
        "talk": likeliest_code("talk", logits, card.heads["talk"]),
        "emotions": _emotions(logits, card.heads["emotions"]),
    }


def chosen_label(p: NDArray[np.float64], head: Head) -> int:
    """Return the place of the label that is chosen: the likeliest, after each label's offset."""
    return int((np.log(p.clip(1e-9)) + head.offsets).argmax())


def likeliest_code(name: str, logits: Logits, head: Head) -> Code:
    """Return the label that an exclusive head chooses, unsure below the head's threshold."""
    p = probabilities(logits, head)
    best = chosen_label(p, head)
    return Code(
        name,
        head.labels[best],
        round(float(p[best]), 4),
        unsure=bool(p[best] < head.thresholds[0]),
        alternatives=_pairs(head.labels, p),
    )


def _kind(
    name: str, logits: Logits, head: Head, present: float, main: bool, threshold: float
) -> Code:
    given = probabilities(logits, head)
    alternatives = ((ABSENT, round(1 - present, 4)), *_pairs(head.labels, given * present))
    if not main and present < threshold:
        return Code(name, None, round(1 - present, 4), alternatives=alternatives)
    best = chosen_label(given, head)
    return Code(
        name,
        head.labels[best],
        round(float(given[best] * present), 4),
        unsure=bool(given[best] < head.thresholds[0]),
        alternatives=alternatives,
    )


def _emotions(logits: Logits, head: Head) -> Code:
    p = probabilities(logits, head)
    heard = [place for place in np.argsort(-p) if p[place] >= head.thresholds[place]]
    felt = [place for place in heard if head.labels[place] != "neutral"]
    chosen = felt or heard
    return Code(
        "emotions",
        tuple(head.labels[place] for place in chosen),
        tuple(round(float(p[place]), 4) for place in chosen),
        unsure=not chosen,
        alternatives=_pairs(head.labels, p),
    )


def _pairs(labels: tuple[str, ...], p: NDArray[np.float64]) -> tuple[tuple[str, float], ...]:
    return tuple((label, round(float(one), 4)) for label, one in zip(labels, p, strict=True))
