"""Trains a network, with a checkpoint after each epoch, so that a stopped run goes on."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from training.encoded import Encoded
from training.network import Network
from training.prepare import Tensors, batches, pieces, tensors
from training.recipe import Recipe
from training.tasks import Task, spans

Say = Callable[[str], None]


def timed() -> Say:
    """Return what tells the person who waits, each line with the minutes since now."""
    started = time.monotonic()

    def say(text: str) -> None:
        sys.stderr.write(f"{(time.monotonic() - started) / 60:6.1f} min  {text}\n")
        sys.stderr.flush()

    return say


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is to be learned of utterances.

    ``weights`` say how much a yes of each output counts (``training.rarity``).
    """

    tasks: tuple[Task, ...]
    weights: Tensor

    def loss(self, logits: Tensor, targets: dict[str, Tensor], smoothing: float) -> Tensor:
        """Return the weighted sum of the tasks' losses over utterances with a known target."""
        total, laid = logits.sum() * 0, spans(self.tasks)
        for task in self.tasks:
            target, span = targets[task.name], laid[task.name]
            known = ~torch.isnan(target).all(-1)
            if not known.any():
                continue
            given, wanted = logits[..., span].float()[known], target[known]
            if task.exclusive:
                part = functional.cross_entropy(given, wanted, label_smoothing=smoothing)
            else:
                part = yes_or_no(given, wanted, self.weights[span].to(given.device))
            total = total + task.weight * part
        return total


def yes_or_no(given: Tensor, wanted: Tensor, weights: Tensor) -> Tensor:
    """Return the loss of labels of which several may hold; a label that is not known costs none."""
    known = ~torch.isnan(wanted)
    each = functional.binary_cross_entropy_with_logits(
        given, wanted.nan_to_num(), reduction="none", pos_weight=weights
    )
    return (each * known).sum(1).mean()


def optimiser(network: Network, recipe: Recipe, rate: float) -> torch.optim.AdamW:
    """Return AdamW with decay on the matrices only and a faster rate for the heads."""
    groups = [
        {
            "params": [parameter],
            "lr": rate * (recipe.head_rate if name.startswith("heads") else 1),
            "weight_decay": 0.01 if parameter.ndim > 1 else 0.0,
        }
        for name, parameter in network.named_parameters()
    ]
    return torch.optim.AdamW(groups, fused=True)


@dataclass(frozen=True, slots=True)
class Aside:
    """Single comments, exchanges or dialogues, so many of them drawn for every epoch."""

    examples: Sequence[Encoded]
    each_epoch: int


def fit(
    network: Network,
    sessions: Sequence[Encoded],
    asides: Sequence[Aside],
    recipe: Recipe,
    *,
    lesson: Lesson,
    epochs: int,
    rate: float,
    seed: int,
    checkpoint: Path,
    device: torch.device,
    say: Say,
    punctuation: frozenset[int] = frozenset(),
) -> None:
    """Train ``network`` in place, going on from ``checkpoint`` if it is there."""
    optimizer = optimiser(network, recipe, rate)
    peaks = [group["lr"] for group in optimizer.param_groups]
    first = resume(checkpoint, network, optimizer, device)
    for epoch in range(first, epochs):
        torch.manual_seed(seed * 1000 + epoch)
        rng = random.Random(seed * 1000 + epoch)
        work = epoch_batches(sessions, asides, recipe, rng, punctuation)
        network.train()
        started, total = time.monotonic(), 0.0
        for step, batch in enumerate(work):
            share = (epoch + step / len(work)) / epochs
            pace = min(share / recipe.warm_up, 1.0) * max(0.02, 1 - share)
            for group, peak in zip(optimizer.param_groups, peaks, strict=True):
                group["lr"] = peak * pace
            total += learn_step(
                network, tensors(batch, lesson.tasks).to(device), optimizer, lesson, recipe
            )
        spent = time.monotonic() - started
        say(f"epoch {epoch + 1} of {epochs}: loss {total / len(work):.3f}, {spent:.0f} s")
        save(checkpoint, network, optimizer, epoch + 1)


def epoch_batches(
    sessions: Sequence[Encoded],
    asides: Sequence[Aside],
    recipe: Recipe,
    rng: random.Random,
    punctuation: frozenset[int],
) -> list[list]:
    """Return one epoch's batches: sessions cut afresh, with some of the asides among them."""
    size = rng.randint(recipe.size * 2 // 3, recipe.size)
    cut = pieces(sessions, recipe, rng, size=size, veiled=recipe.veiled, punctuation=punctuation)
    work = batches(cut, recipe.budget, rng)
    for aside in asides:
        some = rng.sample(list(aside.examples), min(aside.each_epoch, len(aside.examples)))
        work += batches(pieces(some, recipe, rng, punctuation=punctuation), recipe.budget, rng)
    rng.shuffle(work)
    return work


def learn_step(
    network: Network,
    batch: Tensors,
    optimizer: torch.optim.AdamW,
    lesson: Lesson,
    recipe: Recipe,
) -> float:
    """Learn from one batch and return its loss."""
    after = torch.tensor(recipe.after, device=batch.tokens.device)
    kind = batch.tokens.device.type
    with torch.autocast(kind, torch.bfloat16, enabled=halves_quickly(kind)):
        logits = network(batch.tokens, batch.owner, batch.slots, after)
    value = lesson.loss(logits, batch.targets, recipe.smoothing)
    optimizer.zero_grad()
    value.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    return float(value.detach())


def halves_quickly(kind: str) -> bool:
    """Return whether a device multiplies in 16 bits; a CPU that can't is fourteen times slower."""
    if kind != "cpu":
        return True
    return torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()


def save(path: Path, network: Network, optimizer: torch.optim.AdamW, epoch: int) -> None:
    """Write a checkpoint, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    state = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}
    torch.save(state, partial)
    partial.replace(path)


def resume(path: Path, network: Network, optimizer: torch.optim.AdamW, device: torch.device) -> int:
    """Load a checkpoint if there is one and return how many epochs it has seen."""
    if not path.exists():
        return 0
    state = torch.load(path, map_location=device, weights_only=True)
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["epoch"])
