"""Cuts a session into windows of tokens that the encoder reads one by one.

Reading each utterance alone loses what came before it; reading each with its neighbours
encodes every utterance many times. A window holds as many utterances as fit, with the ones
before them as context, so that nearly every token is encoded once and still sees its past.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """A run of whole utterances, encoded together.

    Attributes
    ----------
    first
        Index of the first utterance in the window.
    coded
        Index of the first utterance whose codes are taken from this window; those from
        ``first`` up to it are context only.
    last
        Index after the last utterance in the window.
    tokens
        Number of tokens, for batching by length.
    """

    first: int
    coded: int
    last: int
    tokens: int


def clip(ids: Sequence[int], limit: int) -> list[int]:
    """Shorten a long utterance to its beginning and its end, ``limit`` tokens in all.

    Examples
    --------
    >>> clip([1, 2, 3, 4, 5, 6], 4)
    [1, 2, 5, 6]
    """
    if len(ids) <= limit:
        return list(ids)
    head = (limit + 1) // 2
    return [*ids[:head], *ids[len(ids) - (limit - head) :]]


def windows(lengths: Sequence[int], *, size: int, context: int) -> list[Window]:
    """Lay windows over a session so that each utterance is coded exactly once.

    Parameters
    ----------
    lengths
        Tokens of each utterance, its speaker mark included; none above ``size``.
    size
        Tokens that a window may hold.
    context
        Tokens of earlier utterances that a window begins with, at most.

    Returns
    -------
    list of Window
        In order; the spans from ``coded`` to ``last`` cover ``range(len(lengths))`` once.

    Examples
    --------
    >>> [(w.first, w.coded, w.last) for w in windows([4, 4, 4, 4], size=8, context=4)]
    [(0, 0, 2), (1, 2, 3), (2, 3, 4)]
    """
    laid: list[Window] = []
    coded = 0
    while coded < len(lengths):
        first, before = coded, 0
        while first > 0 and before + lengths[first - 1] <= min(context, size - lengths[coded]):
            first -= 1
            before += lengths[first]
        last, total = coded, before
        while last < len(lengths) and total + lengths[last] <= size:
            total += lengths[last]
            last += 1
        last = max(last, coded + 1)
        laid.append(Window(first, coded, last, total))
        coded = last
    return laid
