"""What is said where no opening was missed: only as much as the transcript bears out."""

from __future__ import annotations

from collections.abc import Sequence

from holdfast.indicators.opened import Opening, Response

NO_OPENINGS = "No opening was found: no line stated or hinted at a feeling clearly enough."
NONE_MISSED = "None of the openings found was passed over."


def none_missed(openings: Sequence[Opening]) -> str:
    """Return the sentence for a session in which no opening is known to have been missed.

    Examples
    --------
    >>> none_missed([Opening(3, "stated", None, None)])
    'No opening is known to have been passed over: 1 has no answer in the transcript.'
    """
    if not openings:
        return NO_OPENINGS
    alone = sum(one.response is None for one in openings)
    unclear = sum(one.response is Response.UNCLEAR for one in openings)
    unknown = [
        *([f"{alone} {_verb(alone, 'has', 'have')} no answer in the transcript"] if alone else []),
        *([f"{unclear} {_verb(unclear, 'is', 'are')} unclear"] if unclear else []),
    ]
    if not unknown:
        return NONE_MISSED
    return f"No opening is known to have been passed over: {', '.join(unknown)}."


def _verb(count: int, one: str, more: str) -> str:
    return one if count == 1 else more
