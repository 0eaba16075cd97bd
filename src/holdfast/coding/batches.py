"""Turns windows of token numbers into the arrays that the encoder takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from holdfast.coding.windows import Window

OPENING = 101
CLOSING = 102
PADDING = 0


class Batch(NamedTuple):
    """Windows of like length, ready for the encoder.

    Attributes
    ----------
    tokens
        ``[windows, length]``, int64.
    owner
        ``[windows, length]``, int64: each token's utterance within its window, counted from 1;
        0 for the opening mark, -1 for padding.
    windows
        The windows, in the order of the rows.
    """

    tokens: NDArray[np.int64]
    owner: NDArray[np.int64]
    windows: tuple[Window, ...]

    @property
    def slots(self) -> NDArray[np.int64]:
        """``[n]``: 1, 2, … up to the largest number of utterances in a window."""
        most = max(window.last - window.first for window in self.windows)
        return np.arange(1, most + 1, dtype=np.int64)


def lay_out(utterances: Sequence[Sequence[int]], windows: Sequence[Window]) -> Batch:
    """Return the arrays of some windows; ``utterances`` holds each one's marked token numbers.

    Examples
    --------
    >>> lay_out([[7, 8], [9]], [Window(0, 0, 2, 3)]).owner.tolist()
    [[0, 1, 1, 2]]
    """
    length = 1 + max(window.tokens for window in windows)
    tokens = np.full((len(windows), length), PADDING, dtype=np.int64)
    owner = np.full((len(windows), length), -1, dtype=np.int64)
    tokens[:, 0], owner[:, 0] = OPENING, 0
    for row, window in enumerate(windows):
        place = 1
        for slot, index in enumerate(range(window.first, window.last), start=1):
            ids = utterances[index]
            tokens[row, place : place + len(ids)] = ids
            owner[row, place : place + len(ids)] = slot
            place += len(ids)
    return Batch(tokens, owner, tuple(windows))


def by_length(windows: Sequence[Window], budget: int) -> Iterator[list[Window]]:
    """Group windows of like length so that no group holds more than ``budget`` tokens, padded.

    Examples
    --------
    >>> short, long = Window(0, 0, 1, 2), Window(1, 1, 2, 9)
    >>> [[w.tokens for w in group] for group in by_length([long, short, short], budget=15)]
    [[9], [2, 2]]
    """
    group: list[Window] = []
    for window in sorted(windows, key=lambda window: -window.tokens):
        if group and (len(group) + 1) * (group[0].tokens + 1) > budget:
            yield group
            group = []
        group.append(window)
    if group:
        yield group
