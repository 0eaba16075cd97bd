"""What a network says of utterances while it is still PyTorch's, each read in its context."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from holdfast.coding.batches import by_length, lay_out
from holdfast.coding.windows import Window, windows
from training.encoded import Encoded
from training.network import Network
from training.recipe import Recipe

Logits = NDArray[np.float32]
BUDGET = 4096


def logits_of(network: Network, examples: Sequence[Encoded], recipe: Recipe) -> list[Logits]:
    """Return ``[utterances, outputs]`` for each example, windows of all of them read together."""
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
    found = np.empty((len(marked), network.heads.out_features), dtype=np.float32)
    network.eval()
    for group in by_length(cut, BUDGET):
        read(network, marked, group, recipe.after, found)
    return np.split(found, starts[1:])


@torch.inference_mode()
def read(
    network: Network,
    marked: Sequence[Sequence[int]],
    group: Sequence[Window],
    after: int,
    found: Logits,
) -> None:
    """Read one batch of windows and put what it says where it belongs."""
    batch = lay_out(marked, group)
    device = network.heads.weight.device
    out = network(
        torch.from_numpy(batch.tokens).to(device),
        torch.from_numpy(batch.owner).to(device),
        torch.from_numpy(batch.slots).to(device),
        torch.tensor(after, device=device),
    )
    rows = out.float().cpu().numpy()
    for row, window in enumerate(batch.windows):
        span = slice(window.coded - window.first, window.last - window.first)
        found[window.coded : window.last] = rows[row, span]
