"""Judges a run: each session by the fold that never saw it, with settings fitted on the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from holdfast.coding.coder import heard_codes
from holdfast.coding.codes import Code
from holdfast.coding.decode import ABSENT, probabilities
from holdfast.coding.suggest import likeliest_pair
from holdfast.runtime import Card, Head
from holdfast.session import Role
from training.calibrate import activate
from training.corpora import Example
from training.encoded import Encoded
from training.judge import Judged, calibration_error, report
from training.layer_outcome import layer_figures, which_figures
from training.settings import fit_settings, known
from training.tasks import TASKS, spans
from training.unseen import Unseen
from training.widen import fit_widenings

Logits = NDArray[np.float32]
BY_NAME = {task.name: task for task in TASKS}
KINDS = ("reflection", "question", "input")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Settings for the final model, figures measured on unseen sessions, widening of intervals."""

    settings: dict[str, dict[str, Any]]
    accuracy: dict[str, Any]
    widening: dict[str, float]
    roles: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """One utterance with its true targets and the codes it was given out of fold."""

    session: int
    targets: Mapping[str, tuple[float, ...]]
    codes: Mapping[str, Code]


def outcome(
    sessions: Sequence[Example],
    encoded: Sequence[Encoded],
    comments: Mapping[str, Sequence[Encoded]],
    exchanges: Sequence[Encoded],
    unseen: Unseen,
    kappas: Mapping[str, Mapping[str, Any]],
) -> Outcome:
    """Fit the settings on everything, and judge with settings fitted without each fold."""
    whole = fit_settings(encoded, unseen.sessions)
    dev = [unseen.comments["dev"][i : i + 1] for i in range(len(comments["dev"]))]
    whole |= fit_settings(comments["dev"], dev)
    cards = fitted_cards(sessions, encoded, unseen.sessions, whole)
    each = [cards[one.fold] for one in sessions]
    layer = (encoded, unseen.sessions, each)
    ordered = [
        coded(place, *one)
        for place, one in enumerate(zip(encoded, unseen.sessions, each, strict=True))
    ]
    seen = [one for session in ordered for one in session]
    return Outcome(
        whole,
        accuracies(seen)
        | {"emotions": emotion_figures(comments["test"], unseen.comments["test"], whole)}
        | {"layer": layer_figures(*layer, kappas)}
        | {name: which_figures(name, *layer) for name in ("feeling", "response")}
        | {"uptake": uptake_figures(exchanges, unseen.exchanges)},
        fit_widenings(sessions, [[one.codes for one in session] for session in ordered]),
        role_figures(encoded, unseen.veiled),
    )


def fitted_cards(
    sessions: Sequence[Example],
    encoded: Sequence[Encoded],
    logits: Sequence[Logits],
    given: Mapping[str, Mapping[str, Any]],
) -> dict[int, Card]:
    """Return a card for each fold, with settings fitted on the other folds.

    ``given`` are those of heads for which no session has targets, such as emotions.
    """
    cards = {}
    for fold in sorted({one.fold for one in sessions}):
        others = [place for place, one in enumerate(sessions) if one.fold != fold]
        fitted = fit_settings([encoded[one] for one in others], [logits[one] for one in others])
        cards[fold] = card_with({**given, **fitted})
    return cards


def accuracies(seen: Sequence[Seen]) -> dict[str, Any]:
    """Return the figures of every code that people gave: as a whole, its kinds, each label."""
    found = {name: figures(seen, name) for name in ("behaviour", *KINDS, "talk")}
    kinds = [name for name in KINDS if has_kind(seen, name)]
    found |= {f"{name}_kind": kind_figures(seen, name) for name in kinds}
    found |= {f"{name}_each": each_figures(seen, name) for name in kinds}
    return {name: one for name, one in found.items() if one}


def role_figures(encoded: Sequence[Encoded], veiled: Sequence[Logits]) -> dict[str, Any]:
    """Return for how many sessions the roles are suggested the right way round."""
    head = card_with({}).heads["role"]
    given = [
        likeliest_pair(one.roles, probabilities(rows, head)[:, 0].tolist())
        for one, rows in zip(encoded, veiled, strict=True)
    ]
    known = [one for one in given if one is not None]
    right = [one.therapist == "therapist" for one in known]
    return {
        "sessions": len(known),
        "right": sum(right),
        "lowest_confidence_when_wrong": min(
            (one.confidence for one, hit in zip(known, right, strict=True) if not hit), default=None
        ),
        "mean_confidence": round(sum(one.confidence for one in known) / max(len(known), 1), 3),
    }


def card_with(settings: Mapping[str, Mapping[str, Any]]) -> Card:
    """Return a card with these settings, as decoding wants it."""
    laid = spans()
    heads = {}
    for task in TASKS:
        count = len(task.labels)
        neutral = {
            "temperature": 1.0,
            "offsets": [0.0] * count,
            "thresholds": [0.0] if task.exclusive else [0.5] * count,
        }
        fitted = neutral | settings.get(task.name, {})
        heads[task.name] = Head(
            task.name,
            task.labels,
            laid[task.name].start,
            task.exclusive,
            fitted["temperature"],
            tuple(fitted["offsets"]),
            tuple(fitted["thresholds"]),
        )
    return Card("judged", "0", heads, {}, {})


def coded(place: int, example: Encoded, logits: Logits, card: Card) -> list[Seen]:
    """Return a session's utterances with their codes, decoded as the shipped model does."""
    return [
        Seen(place, target, heard_codes(Role(role), row, card))
        for role, target, row in zip(example.roles, example.targets, logits, strict=True)
    ]


def figures(seen: Sequence[Seen], name: str) -> dict[str, Any]:
    """Return the figures of a code; ``reflection``, ``question``, ``input`` as present or not."""
    rows, labels = [], ("absent", "present")
    if name in KINDS:
        rows = [
            (
                int(one.targets["present"][KINDS.index(name)]),
                int(one.codes[name].value is not None),
                one,
            )
            for one in seen
            if "present" in one.targets
        ]
    else:
        labels = BY_NAME[name].labels
        rows = [
            (int(np.argmax(one.targets[name])), labels.index(str(one.codes[name].value)), one)
            for one in seen
            if name in one.targets
        ]
    if not rows:
        return {}
    judged = judge(rows, labels)
    p = [
        float(one.codes[name].p or 0) if name not in KINDS else present_p(one.codes[name])
        for _, _, one in rows
    ]
    right = judged.truth == judged.found
    kept = np.array([not one.codes[name].unsure for _, _, one in rows])
    extra: dict[str, Any] = {"calibration_error": calibration_error(p, list(right))}
    if name not in KINDS:
        sure = Judged(labels, judged.truth[kept], judged.found[kept], judged.session[kept])
        extra |= {
            "abstained": round(1 - float(kept.mean()), 3),
            "when_sure": round(float((sure.truth == sure.found).mean()), 3),
        }
    return report(judged) | extra


def present_p(code: Code) -> float:
    """Return the probability of what was said: that the kind is present, or that it is absent."""
    absent = dict(code.alternatives)[ABSENT]
    return absent if code.value is None else 1 - absent


def has_kind(seen: Sequence[Seen], name: str) -> bool:
    """Return whether anything is known of a code's kinds."""
    return any(name in one.targets for one in seen)


def kind_figures(seen: Sequence[Seen], name: str) -> dict[str, Any]:
    """Return how well the kinds are told apart where people say that one is present."""
    labels = BY_NAME[name].labels
    rows = []
    for one in seen:
        if name in one.targets:
            given = dict(one.codes[name].alternatives)
            best = max(labels, key=lambda label: given[label])
            rows.append((int(np.argmax(one.targets[name])), labels.index(best), one))
    return report(judge(rows, labels))


def each_figures(seen: Sequence[Seen], name: str) -> dict[str, Any]:
    """Return how well each kind is found among all utterances, with none of them as a label."""
    labels = (ABSENT, *BY_NAME[name].labels)
    rows = []
    for one in seen:
        if "present" in one.targets and (
            name in one.targets or not one.targets["present"][KINDS.index(name)]
        ):
            target = one.targets.get(name)
            true = 0 if target is None else 1 + int(np.argmax(target))
            rows.append((true, labels.index(str(one.codes[name].value or ABSENT)), one))
    return report(judge(rows, labels))


def judge(rows: Sequence[tuple[int, int, Seen]], labels: tuple[str, ...]) -> Judged:
    """Return true and found labels as arrays."""
    return Judged(
        labels,
        np.array([row[0] for row in rows]),
        np.array([row[1] for row in rows]),
        np.array([row[2].session for row in rows]),
    )


def emotion_figures(
    examples: Sequence[Encoded], logits: Logits, settings: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """Return macro-F1 over the 28 emotions on GoEmotions' official test split, and each F1."""
    task = BY_NAME["emotions"]
    rows = [logits[i : i + 1] for i in range(len(examples))]
    given, wanted = known(examples, rows, task)
    fitted = settings["emotions"]
    p = activate(given / fitted["temperature"], exclusive=False)
    said = p >= np.array(fitted["thresholds"])
    each = found_f1(wanted, said)
    rng = np.random.default_rng(0)
    takes = (rng.integers(0, len(wanted), len(wanted)) for _ in range(200))
    draws = [found_f1(wanted[take], said[take]).mean() for take in takes]
    low, high = np.percentile(draws, [2.5, 97.5])
    return {
        "macro_f1": round(float(each.mean()), 3),
        "interval": (round(float(low), 3), round(float(high), 3)),
        "utterances": len(wanted),
        "labels": {
            label: {"true": int(wanted[:, i].sum()), "f1": round(float(each[i]), 3)}
            for i, label in enumerate(task.labels)
        },
    }


def uptake_figures(exchanges: Sequence[Encoded], logits: Sequence[Logits]) -> dict[str, Any]:
    """Return how the order of held-out exchanges agrees with the raters' (Spearman's ρ)."""
    span = spans()["uptake"]
    said = [float(rows[-1, span][0]) for rows in logits]
    rated = [one.targets[-1]["uptake"][0] for one in exchanges]
    ranks = np.array([rankdata(said), rankdata(rated)])
    rng = np.random.default_rng(0)
    draws = [
        float(np.corrcoef(ranks[:, rng.integers(0, len(rated), len(rated))])[0, 1])
        for _ in range(1000)
    ]
    low, high = np.percentile(draws, [2.5, 97.5])
    return {
        "rho": round(float(np.corrcoef(ranks)[0, 1]), 3),
        "interval": (round(float(low), 3), round(float(high), 3)),
        "exchanges": len(rated),
    }


def found_f1(wanted: NDArray[np.float64], said: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return F1 of each label where several may hold, 0 where it is neither wanted nor said."""
    right = (said & (wanted > 0.5)).sum(0)
    return np.asarray(2 * right / np.maximum(said.sum(0) + wanted.sum(0), 1))
