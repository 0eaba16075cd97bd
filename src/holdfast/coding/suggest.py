"""Suggests who is therapist and who is client, from how each speaks. A person decides."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from holdfast.coding.decode import probabilities
from holdfast.coding.encode import session_logits
from holdfast.roles import Suggestion
from holdfast.runtime import Model
from holdfast.session import Session

CLOSEST = 0.001
"""No single utterance counts as surer than this."""


def suggest_roles(
    session: Session, model: Model, *, neither: Collection[str] = ()
) -> Suggestion | None:
    """Return the likeliest pair of therapist and client, or ``None`` with fewer than two names.

    The model reads the session without knowing who speaks and gives each utterance its odds of
    being the therapist's. Speakers in ``neither`` are not considered.
    """
    logits = session_logits(session, model, veiled=True)
    p = probabilities(logits, model.card.heads["role"])[:, 0]
    speakers = [None if said.speaker in neither else said.speaker for said in session.utterances]
    return likeliest_pair(speakers, p.tolist())


def likeliest_pair(
    speakers: Sequence[str | None], p_therapist: Sequence[float]
) -> Suggestion | None:
    """Return who is likeliest therapist and client, from each utterance's probability.

    A speaker's log odds are the mean over their utterances; the speakers with the highest and
    the lowest are the pair. Confidence grows with the distance between the two; it stops at
    0.99, because it was checked on too few sessions to prove more.

    Examples
    --------
    >>> likeliest_pair(["Dana", "Lee", "Dana"], [0.9, 0.2, 0.8])
    Suggestion(therapist='Dana', client='Lee', confidence=0.99)
    """
    odds: dict[str, list[float]] = {}
    for speaker, p in zip(speakers, p_therapist, strict=True):
        if speaker is not None:
            kept = min(max(p, CLOSEST), 1 - CLOSEST)
            odds.setdefault(speaker, []).append(math.log(kept / (1 - kept)))
    if len(odds) < 2:
        return None
    mean = {speaker: sum(values) / len(values) for speaker, values in odds.items()}
    therapist = max(mean, key=lambda speaker: mean[speaker])
    client = min(mean, key=lambda speaker: mean[speaker])
    apart = mean[therapist] - mean[client]
    return Suggestion(therapist, client, round(min(0.99, 1 / (1 + math.exp(-2 * apart))), 2))
