"""What phrases alone cannot tell in a client's utterance."""

from __future__ import annotations

from collections.abc import Sequence

from holdfast.coding.rules.turns import Found, Turn, asks_openly, asks_something, last_of
from holdfast.session import Role

RUN_AT_LEAST = 3
"""So many short answers in a row count, also when the questions were closed."""

SHORT_WORDS_AT_MOST = 2
"""An answer of so few words is short."""

_SHORT = ("withdrawal", "minimal_response")


def settle_client(found: Found, before: Sequence[Turn]) -> Found:
    """Return what was found in a client's utterance, in the light of what came before.

    A short answer alone is not withdrawal (3RS says so): it counts after an open question, or
    as the third or later in a run.
    """
    if _SHORT not in found:
        return found
    asked = last_of(Role.THERAPIST, before, reach=1)
    counts = asked is not None and (
        asks_openly(asked) or (asks_something(asked) and _short_answers(before) >= RUN_AT_LEAST - 1)
    )
    return found if counts else {key: match for key, match in found.items() if key != _SHORT}


def _short_answers(before: Sequence[Turn]) -> int:
    """Return how many of the client's last utterances, in a row, answered a question shortly."""
    run = 0
    for asked, answer in zip(before[-3::-2], before[-2::-2], strict=False):
        pair = asked.role is Role.THERAPIST and answer.role is Role.CLIENT
        if not (pair and asks_something(asked) and answer.heard.words <= SHORT_WORDS_AT_MOST):
            break
        run += 1
    return run
