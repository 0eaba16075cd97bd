"""How much more a yes counts in the loss where a label is rare."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from training.encoded import Encoded
from training.network import Network
from training.recipe import Recipe
from training.tasks import OUTPUTS, TASKS, spans


def rarity(sessions: Sequence[Encoded], recipe: Recipe) -> Tensor:
    """Return the weight of a yes for each output, ``[outputs]``: one where a label is common.

    The square root of how many times more often a label is absent than present, halved: one
    down to a fifth of the utterances, ``recipe.heaviest`` at the most. Labels of which one is
    chosen, and those that sessions don't carry, keep one.

    Parameters
    ----------
    sessions
        What the network learns from.
    recipe
        Says how heavy a yes may become.
    """
    weights, laid = np.ones(OUTPUTS, dtype=np.float32), spans()
    for task in TASKS:
        given = [
            target[task.name]
            for session in sessions
            for target in session.targets
            if task.name in target
        ]
        if task.exclusive or not given:
            continue
        present = np.nanmean(np.array(given), axis=0).clip(1e-6, 1)
        weights[laid[task.name]] = np.sqrt((1 - present) / present) / 2
    return torch.from_numpy(weights.clip(1, recipe.heaviest))


def undo_rarity(network: Network, weights: Tensor) -> None:
    """Take from each output what its weight added, so that it gives probabilities again.

    Learning with a yes that counts ``w`` times moves the logit up by ``log w`` (Elkan 2001, The
    foundations of cost-sensitive learning, theorem 1).
    """
    with torch.no_grad():
        network.heads.bias -= weights.log()
