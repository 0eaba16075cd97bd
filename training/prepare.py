"""Turns examples into token numbers, and windows into tensors with their targets."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from holdfast.coding.batches import CLOSING, lay_out
from holdfast.coding.windows import Window, clip, windows
from training.corpora import Example, Target
from training.tasks import TASKS

MARKS = {"therapist": 2, "client": 3, "other": 4}
"""Token numbers of the speaker marks: words of BERT's vocabulary that no text contains."""

SIZE, CONTEXT, LIMIT = 256, 64, 128


@dataclass(frozen=True, slots=True)
class Encoded:
    """An example as token numbers: per utterance its role, tokens and targets."""

    roles: tuple[str, ...]
    tokens: tuple[tuple[int, ...], ...]
    targets: tuple[dict[str, Target], ...]

    def marked(self, *, hidden: bool = False) -> list[list[int]]:
        """Return each utterance's tokens between its speaker's mark and a closing mark."""
        return [
            [MARKS["other" if hidden else role], *clip(ids, LIMIT), CLOSING]
            for role, ids in zip(self.roles, self.tokens, strict=True)
        ]


def encode(examples: Sequence[Example], tokenizer: Tokenizer) -> list[Encoded]:
    """Return the examples as token numbers."""
    encoded = []
    for example in examples:
        texts = [utterance.text for utterance in example.utterances]
        ids = tokenizer.encode_batch(texts, add_special_tokens=False)
        encoded.append(
            Encoded(
                tuple(utterance.role for utterance in example.utterances),
                tuple(tuple(line.ids) for line in ids),
                tuple(utterance.targets for utterance in example.utterances),
            )
        )
    return encoded


@dataclass(frozen=True, slots=True)
class Piece:
    """A window of one example, with the marked tokens that it is cut from."""

    example: Encoded
    marked: list[list[int]]
    window: Window
    hidden: bool = False


def pieces(
    examples: Sequence[Encoded], *, size: int, context: int, hidden: float, rng: random.Random
) -> list[Piece]:
    """Cut every example into windows; a share ``hidden`` of them has its speakers unmarked."""
    cut = []
    for example in examples:
        for veiled in {False, rng.random() < hidden}:
            marked = example.marked(hidden=veiled)
            lengths = [len(ids) for ids in marked]
            for window in windows(lengths, size=size, context=context):
                cut.append(Piece(example, marked, window, veiled))
    return cut


def tensors(batch: Sequence[Piece]) -> tuple[Tensor, Tensor, Tensor, dict[str, Tensor]]:
    """Return tokens, owner, slots and, by task, targets ``[windows, slots, labels]`` (NaN: none)."""
    laid = [lay_out(piece.marked, [piece.window]) for piece in batch]
    length = max(one.tokens.shape[1] for one in laid)
    tokens = np.zeros((len(batch), length), dtype=np.int64)
    owner = np.full((len(batch), length), -1, dtype=np.int64)
    most = max(len(one.slots) for one in laid)
    targets = {
        task.name: np.full((len(batch), most, len(task.labels)), np.nan, dtype=np.float32)
        for task in TASKS
    }
    for row, (piece, one) in enumerate(zip(batch, laid, strict=True)):
        tokens[row, : one.tokens.shape[1]] = one.tokens[0]
        owner[row, : one.owner.shape[1]] = one.owner[0]
        for index in range(piece.window.coded, piece.window.last):
            slot = index - piece.window.first
            if piece.hidden:
                role = piece.example.roles[index]
                if role in ("therapist", "client"):
                    targets["role"][row, slot] = (role == "therapist", role == "client")
                continue
            for name, target in piece.example.targets[index].items():
                targets[name][row, slot] = target
    slots = torch.arange(1, most + 1)
    return (
        torch.from_numpy(tokens),
        torch.from_numpy(owner),
        slots,
        {name: torch.from_numpy(array) for name, array in targets.items()},
    )


def batches(cut: Sequence[Piece], *, budget: int, rng: random.Random) -> Iterator[list[Piece]]:
    """Yield all pieces once in random batches of like length, ``budget`` tokens each, padded."""
    order = sorted(cut, key=lambda piece: piece.window.tokens + 8 * rng.random())
    groups: list[list[Piece]] = []
    for piece in order:
        longest = piece.window.tokens + 1
        if not groups or (len(groups[-1]) + 1) * longest > budget:
            groups.append([])
        groups[-1].append(piece)
    rng.shuffle(groups)
    yield from groups
