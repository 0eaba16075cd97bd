"""How much more a yes counts in the loss where a label is rare."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from training.encoded import Encoded
from training.recipe import Recipe
from training.settings import LAYER
from training.tasks import OUTPUTS, spans


def rarity(sessions: Sequence[Encoded], recipe: Recipe) -> NDArray[np.float32]:
    """Return the weight of a yes for each output, ``[outputs]``: one where a label is common.

    The square root of how many times more often a label is absent than present, halved: one
    down to a fifth of the utterances, ``recipe.heaviest`` at the most. Only the layer's labels
    are weighed. It makes a yes likelier than it is, which the offsets of ``training.settings``
    set right.

    Parameters
    ----------
    sessions
        What the network learns from.
    recipe
        Says how heavy a yes may become.
    """
    weights, laid = np.ones(OUTPUTS, dtype=np.float32), spans()
    for name in LAYER:
        given = [
            target[name] for session in sessions for target in session.targets if name in target
        ]
        if given:
            present = np.mean(given, axis=0).clip(1e-6, 1)
            weights[laid[name]] = np.sqrt((1 - present) / present) / 2
    return weights.clip(1, recipe.heaviest)
