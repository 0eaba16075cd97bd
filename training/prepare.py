"""Cuts examples into windows, and lays windows out as tensors with their targets."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from holdfast.coding.batches import lay_out
from holdfast.coding.windows import Window, windows
from training.corpora import Target
from training.encoded import Encoded
from training.recipe import Recipe
from training.tasks import TASKS, Task


@dataclass(frozen=True, slots=True)
class Piece:
    """A window of one example, with the marked tokens that it is cut from."""

    example: Encoded
    marked: list[list[int]]
    window: Window
    veiled: bool = False


def pieces(
    examples: Sequence[Encoded],
    recipe: Recipe,
    rng: random.Random,
    *,
    size: int | None = None,
    veiled: float = 0.0,
    punctuation: frozenset[int] = frozenset(),
) -> list[Piece]:
    """Cut every example into windows; a share ``veiled`` of them once more without speakers.

    Where ``punctuation`` is given, the recipe's share ``bare`` of the examples is read without it.
    """
    cut = []
    for whole in examples:
        example = whole.bare(punctuation) if rng.random() < recipe.bare else whole
        for hidden in (False, True) if rng.random() < veiled else (False,):
            marked = example.marked(recipe.limit, veiled=hidden)
            lengths = [len(ids) for ids in marked]
            laid = windows(lengths, size=size or recipe.size, context=recipe.context)
            cut.extend(Piece(example, marked, window, hidden) for window in laid)
    return cut


class Tensors(NamedTuple):
    """A batch: the network's inputs, and by task the targets ``[windows, slots, labels]``.

    A target that is not known is NaN.
    """

    tokens: Tensor
    owner: Tensor
    slots: Tensor
    targets: dict[str, Tensor]

    def to(self, device: torch.device) -> Tensors:
        """Return the same batch on a device."""
        return Tensors(
            self.tokens.to(device),
            self.owner.to(device),
            self.slots.to(device),
            {name: target.to(device) for name, target in self.targets.items()},
        )


def tensors(batch: Sequence[Piece], tasks: Sequence[Task] = TASKS) -> Tensors:
    """Lay the pieces of a batch out as tensors, with what is known of ``tasks``."""
    laid = [lay_out(piece.marked, [piece.window]) for piece in batch]
    length = max(one.tokens.shape[1] for one in laid)
    most = max(len(one.slots) for one in laid)
    tokens = np.zeros((len(batch), length), dtype=np.int64)
    owner = np.full((len(batch), length), -1, dtype=np.int64)
    targets = {
        task.name: np.full((len(batch), most, len(task.labels)), np.nan, dtype=np.float32)
        for task in tasks
    }
    for row, (piece, one) in enumerate(zip(batch, laid, strict=True)):
        tokens[row, : one.tokens.shape[1]] = one.tokens[0]
        owner[row, : one.owner.shape[1]] = one.owner[0]
        for index in range(piece.window.coded, piece.window.last):
            for name, target in targets_of(piece, index).items():
                targets[name][row, index - piece.window.first] = target
    return Tensors(
        torch.from_numpy(tokens),
        torch.from_numpy(owner),
        torch.arange(1, most + 1),
        {name: torch.from_numpy(array) for name, array in targets.items()},
    )


def targets_of(piece: Piece, index: int) -> dict[str, Target]:
    """Return what is to be learned of one utterance: without its speaker, only who spoke."""
    if not piece.veiled:
        return piece.example.targets[index]
    role = piece.example.roles[index]
    return {"role": (float(role == "therapist"), float(role == "client"))}


def batches(cut: Sequence[Piece], budget: int, rng: random.Random) -> list[list[Piece]]:
    """Return all pieces once, in random batches of like length, ``budget`` tokens each."""
    groups: list[list[Piece]] = []
    for piece in sorted(cut, key=lambda piece: piece.window.tokens + 8 * rng.random()):
        if not groups or (len(groups[-1]) + 1) * (piece.window.tokens + 8) > budget:
            groups.append([])
        groups[-1].append(piece)
    rng.shuffle(groups)
    return groups
