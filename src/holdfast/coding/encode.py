"""Runs a session through the model: words in, logits out, each utterance coded once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from holdfast.coding.batches import CLOSING, by_length, lay_out
from holdfast.coding.windows import clip, windows
from holdfast.runtime import Card, Model
from holdfast.session import Session

BUDGET = 2048
"""Tokens of one batch: more is no faster on two cores and takes more memory."""

Progress = Callable[[int, int], None]
"""Called with the utterances done and their total."""


def mark_utterances(
    token_ids: Sequence[Sequence[int]], roles: Sequence[str], card: Card
) -> list[list[int]]:
    """Put each utterance's tokens between its speaker's mark and a closing mark."""
    limit = card.window["limit"]
    return [
        [card.marks[role], *clip(ids, limit), CLOSING]
        for ids, role in zip(token_ids, roles, strict=True)
    ]


def session_logits(
    session: Session,
    model: Model,
    *,
    veiled: bool = False,
    progress: Progress | None = None,
) -> NDArray[np.float32]:
    """Return the model's logits for each utterance, ``[utterances, outputs]``.

    Parameters
    ----------
    session
        Roles need not be set when ``veiled``.
    model
        A loaded model.
    veiled
        Hide from the model who speaks, as when it is to suggest the roles.
    progress
        Told after each batch.
    """
    roles = ["other" if veiled else _mark(said.role) for said in session.utterances]
    marked = mark_utterances(
        model.tokenise([said.text for said in session.utterances]), roles, model.card
    )
    return read_windows(marked, model, progress)


def read_windows(
    marked: Sequence[Sequence[int]], model: Model, progress: Progress | None = None
) -> NDArray[np.float32]:
    """Cut marked utterances into windows, run them and return the logits in order."""
    window = model.card.window
    cut = windows([len(ids) for ids in marked], size=window["size"], context=window["context"])
    outputs = sum(len(head.labels) for head in model.card.heads.values())
    logits = np.empty((len(marked), outputs), dtype=np.float32)
    done = 0
    for group in by_length(cut, BUDGET):
        batch = lay_out(marked, group)
        result = model.run(batch.tokens, batch.owner, batch.slots, window["after"])
        for row, piece in enumerate(batch.windows):
            span = slice(piece.coded - piece.first, piece.last - piece.first)
            logits[piece.coded : piece.last] = result[row, span]
            done += piece.last - piece.coded
        if progress is not None:
            progress(done, len(marked))
    return logits


def _mark(role: str | None) -> str:
    return role if role in ("therapist", "client") else "other"
