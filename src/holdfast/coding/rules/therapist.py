"""What phrases alone cannot tell in a therapist's utterance."""

from __future__ import annotations

from collections.abc import Sequence

from holdfast.coding.rules.heard import Heard
from holdfast.coding.rules.turns import Found, Turn, asks_something, last_of
from holdfast.session import Role

_ENCOURAGER = ("encourager", "present")
_ELSEWHERE = ("premature_reassurance", "elsewhere")
_AFTER_OPENING = ("premature_reassurance", "after_opening")


def settle_therapist(_heard: Heard, found: Found, before: Sequence[Turn]) -> Found:
    """Return what was found in a therapist's utterance, in the light of what came before.

    A sound that answers the client's question is no encourager; reassurance right after a
    phrase that tells of a feeling gets a value of its own.
    """
    settled = dict(found)
    client = last_of(Role.CLIENT, before)
    if client is None:
        return settled
    if asks_something(client):
        settled.pop(_ENCOURAGER, None)
    if _ELSEWHERE in settled and _opens(client):
        settled[_AFTER_OPENING] = settled.pop(_ELSEWHERE)
    return settled


def _opens(client: Turn) -> bool:
    return any(code == "empathic_opportunity" for code, _ in client.found)
