"""The model card: what a model's outputs mean, and how well each was heard on unseen sessions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from holdfast.errors import ModelError


@dataclass(frozen=True, slots=True)
class Head:
    """One task among the graph's outputs.

    Attributes
    ----------
    name
        ``"behaviour"``, ``"emotions"``, …
    labels
        Its labels, in the order of the outputs.
    start
        Place of its first output.
    exclusive
        Whether one label is chosen (softmax) or each is judged alone (sigmoid).
    temperature
        Divides the logits so that probabilities are calibrated (Guo et al. 2017).
    offsets
        Where exclusive: added to the labels' log probabilities when one is chosen, so that rare
        labels get their share. The probabilities themselves stay as they are. Where not
        exclusive: added to the logits, so that probabilities fit how often a label holds.
    thresholds
        Where not exclusive: the probability from which each label counts as present.
        Where exclusive: one number, the probability below which the coder abstains.
    """

    name: str
    labels: tuple[str, ...]
    start: int
    exclusive: bool
    temperature: float
    offsets: tuple[float, ...]
    thresholds: tuple[float, ...]

    @property
    def span(self) -> slice:
        """Where the head's outputs lie."""
        return slice(self.start, self.start + len(self.labels))


@dataclass(frozen=True, slots=True)
class Card:
    """What a model says of itself.

    Attributes
    ----------
    name, version
        ``"holdfast-open"``, ``"0.1.0"``.
    heads
        The tasks, by name.
    marks
        Token number of each speaker mark: ``therapist``, ``client``, ``other``.
    window
        Tokens of a window (``size``), of its context (``context``), of an utterance (``limit``),
        and how many later utterances an utterance may see (``after``).
    accuracy
        Per code: measured figures with 95 % intervals, on sessions never seen in training.
    facts
        Data, splits, limits, licences: what people read.
    """

    name: str
    version: str
    heads: Mapping[str, Head]
    marks: Mapping[str, int]
    window: Mapping[str, int]
    accuracy: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """Name and version together."""
        return f"{self.name} {self.version}"


def read_card(path: Path) -> Card:
    """Read a card.

    Raises
    ------
    ModelError
        If the file is no card.
    """
    try:
        whole = json.loads(path.read_text(encoding="utf-8"))
        heads = {
            head["name"]: Head(
                head["name"],
                tuple(head["labels"]),
                head["start"],
                head["exclusive"],
                head["temperature"],
                tuple(head["offsets"]),
                tuple(head["thresholds"]),
            )
            for head in whole["heads"]
        }
        return Card(
            whole["name"],
            whole["version"],
            heads,
            whole["marks"],
            whole["window"],
            whole.get("accuracy", {}),
            whole.get("facts", {}),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{path} is not a model card: {type(error).__name__} {error}.") from error
