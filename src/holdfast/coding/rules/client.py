"""What phrases alone cannot tell in a client's utterance."""

from __future__ import annotations

from collections.abc import Sequence

from holdfast.coding.rules.heard import Heard
from holdfast.coding.rules.turns import Found, Turn, asks_openly, asks_something, last_of
from holdfast.session import Role

RUN_AT_LEAST = 3
"""So many short answers in a row count, also when the questions were closed."""

SHORT_WORDS_AT_MOST = 2
"""An answer of so few words is short."""

_SHORT = ("withdrawal", "minimal_response")
_REJECTS = ("confrontation", "rejects_intervention")
_YES = ("yes ", "yeah ", "okay ", "ok ", "right ", "sure ", "well ")


def settle_client(heard: Heard, found: Found, before: Sequence[Turn]) -> Found:
    """Return what was found in a client's utterance, in the light of what came before.

    A short answer alone is not withdrawal (3RS says so): it counts after an open question, or
    as the third or later in a run. "Yes, but" after a question is an answer, not a rejection.
    """
    asked = last_of(Role.THERAPIST, before, reach=1)
    settled = dict(found)
    if _SHORT in found and not (asked is not None and _closes(asked, before)):
        del settled[_SHORT]
    answers = asked is not None and asks_something(asked)
    if _REJECTS in found and answers and heard.line.startswith(_YES, found[_REJECTS].start):
        del settled[_REJECTS]
    return settled


def _closes(asked: Turn, before: Sequence[Turn]) -> bool:
    """Whether a short answer to ``asked`` counts as a minimal response."""
    in_a_run = asks_something(asked) and _short_answers(before) >= RUN_AT_LEAST - 1
    return asks_openly(asked) or in_a_run


def _short_answers(before: Sequence[Turn]) -> int:
    """Return how many of the client's last utterances, in a row, answered a question shortly."""
    run = 0
    for asked, answer in zip(before[-3::-2], before[-2::-2], strict=False):
        pair = asked.role is Role.THERAPIST and answer.role is Role.CLIENT
        if not (pair and asks_something(asked) and answer.heard.words <= SHORT_WORDS_AT_MOST):
            break
        run += 1
    return run
