"""Suggests who is therapist and who is client, from how each speaks. A person decides."""

from __future__ import annotations

import math

from holdfast.coding.decode import probabilities
from holdfast.coding.encode import session_logits
from holdfast.roles import Suggestion
from holdfast.runtime import Model
from holdfast.session import Session


def suggest_roles(session: Session, model: Model) -> Suggestion | None:
    """Return the likeliest pair of therapist and client, or ``None`` with fewer than two names.

    The model reads the session without knowing who speaks and gives each utterance its odds of
    being the therapist's. A speaker's odds are the mean over their utterances; the two with
    the highest and the lowest are suggested.
    """
    head = model.card.heads["role"]
    p = probabilities(session_logits(session, model, veiled=True), head)[:, 0]
    odds: dict[str, list[float]] = {}
    for said, one in zip(session.utterances, p, strict=True):
        if said.speaker is not None:
            odds.setdefault(said.speaker, []).append(math.log(one / (1 - one + 1e-9) + 1e-9))
    if len(odds) < 2:
        return None
    mean = {speaker: sum(values) / len(values) for speaker, values in odds.items()}
    therapist = max(mean, key=lambda speaker: mean[speaker])
    client = min(mean, key=lambda speaker: mean[speaker])
    apart = mean[therapist] - mean[client]
    return Suggestion(therapist, client, round(min(0.99, 1 / (1 + math.exp(-2 * apart))), 2))
