"""What a frozen encoder makes of utterances: one vector each, read in its context."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from holdfast.coding.batches import by_length, lay_out
from holdfast.coding.windows import Window, windows
from training.corpora import Example
from training.encoded import Encoded, encode
from training.minilm import base_tokenizer, fresh_network
from training.network import WIDTH, Network
from training.recipe import Recipe

Vectors = NDArray[np.float32]
BUDGET = 4096
RECIPE = Recipe()


def reader(checkpoint: Path | None) -> Callable[[Sequence[Example]], list[Vectors]]:
    """Return what turns examples into vectors; the base encoder if no checkpoint is given."""
    tokenizer, network = base_tokenizer(), frozen(checkpoint)
    return lambda examples: vectors(network, encode(examples, tokenizer))


def frozen(checkpoint: Path | None) -> Network:
    """Return a network that gives its heads' input: the mark's state, and the tokens' mean.

    Parameters
    ----------
    checkpoint
        As training writes it, of any set of heads; the base encoder if none is given.
    """
    network = fresh_network(base_tokenizer(), seed=0)
    if checkpoint is not None:
        state = torch.load(checkpoint, map_location="cpu", weights_only=True)["network"]
        part = "encoder."
        network.encoder.load_state_dict(
            {name.removeprefix(part): one for name, one in state.items() if name.startswith(part)}
        )
    network.heads = nn.Identity()
    return network.eval()


def vectors(
    network: Network, examples: Sequence[Encoded], recipe: Recipe = RECIPE
) -> list[Vectors]:
    """Return ``[utterances, 768]`` for each example, windows of all of them read together."""
    marked: list[list[int]] = []
    cut: list[Window] = []
    starts: list[int] = []
    for one in examples:
        own = one.marked(recipe.limit)
        start = len(marked)
        cut += [
            Window(start + at.first, start + at.coded, start + at.last, at.tokens)
            for at in windows(
                [len(ids) for ids in own], size=recipe.size, context=recipe.reading_context
            )
        ]
        marked += own
        starts.append(start)
    found = np.empty((len(marked), 2 * WIDTH), dtype=np.float32)
    for group in by_length(cut, BUDGET):
        read(network, marked, group, recipe.after, found)
    return np.split(found, starts[1:])


@torch.inference_mode()
def read(
    network: Network,
    marked: Sequence[Sequence[int]],
    group: Sequence[Window],
    after: int,
    found: Vectors,
) -> None:
    """Read one batch of windows and put its vectors where they belong."""
    batch = lay_out(marked, group)
    out = network(
        torch.from_numpy(batch.tokens),
        torch.from_numpy(batch.owner),
        torch.from_numpy(batch.slots),
        torch.tensor(after),
    ).numpy()
    for row, window in enumerate(batch.windows):
        span = slice(window.coded - window.first, window.last - window.first)
        found[window.coded : window.last] = out[row, span]
