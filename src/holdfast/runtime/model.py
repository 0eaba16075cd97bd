"""A model in memory: tokenizer and graph."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

# Versions that report to their makers, none of which we ask for, heed this while they load.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import onnxruntime

from holdfast.errors import ModelError
from holdfast.runtime.card import Card, read_card
from holdfast.runtime.folder import CARD, GRAPH, SHIPPED, TOKENIZER, check_folder

LONGEST = 20_000
"""Characters of an utterance that are tokenised: far more than the encoder keeps of it."""


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded model; safe to share between threads.

    Attributes
    ----------
    card
        What its outputs mean.
    tokenizer, graph
        Of the libraries ``tokenizers`` and ``onnxruntime``.
    """

    card: Card
    tokenizer: Any
    graph: Any

    def tokenise(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the token numbers of each text, without any marks."""
        clipped = [_ends(text) for text in texts]
        encoded = self.tokenizer.encode_batch_fast(clipped, add_special_tokens=False)
        return [line.ids for line in encoded]

    def run(
        self,
        tokens: NDArray[np.int64],
        owner: NDArray[np.int64],
        slots: NDArray[np.int64],
        after: int,
    ) -> NDArray[np.float32]:
        """Run the graph on one batch of windows and return logits ``[windows, slots, outputs]``."""
        feed = {"tokens": tokens, "owner": owner, "slots": slots, "after": np.array(after)}
        logits: NDArray[np.float32] = self.graph.run(None, feed)[0]
        return logits


def _ends(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return f"{text[: LONGEST // 2]} {text[-LONGEST // 2 :]}"


def load_model(folder: Path = SHIPPED, *, threads: int | None = None) -> Model:
    """Load a model folder after checking it.

    Parameters
    ----------
    folder
        A folder as ``training`` writes it; the shipped model if none is given.
    threads
        Threads of the graph; by default one per core.

    Raises
    ------
    ModelError
        If the folder is incomplete, changed or unreadable.

    Examples
    --------
    >>> load_model().card.heads["behaviour"].labels
    ('reflection', 'question', 'input', 'other')
    """
    check_folder(folder)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or 0
    options.log_severity_level = 3
    try:
        graph = onnxruntime.InferenceSession(
            folder / GRAPH, options, providers=["CPUExecutionProvider"]
        )
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    except Exception as error:  # both libraries raise their own and undocumented kinds
        raise ModelError(f"The model in {folder} cannot be loaded: {error}") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return Model(read_card(folder / CARD), tokenizer, graph)
