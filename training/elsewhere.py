"""Judges the open model on support that it never saw: ESConv's chats and EPITOME's replies.

Run with ``python -m training.elsewhere --data PATH --model runs/open/all --out FILE``. Neither
corpus has our codes, so each of its labels is compared with the nearest of ours. People meant
something else by them; the figures of systems that were trained on these labels stand beside
ours for scale, and ours are expected to be lower.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from holdfast.runtime import Card, load_model
from training.corpora import Example
from training.encoded import encode
from training.judge import Judged, Labels, by_sessions, f1_by_label, macro_f1
from training.nearest import (
    INFORMATION,
    ONE_OF,
    OTHERS,
    Logits,
    levels,
    likely,
    need,
    reached,
    strategies,
)
from training.support_corpora import (
    LEVELS,
    MECHANISMS,
    STRATEGIES,
    epitome,
    esconv,
    labelled,
    post_of,
)
from training.unseen import logits_of

Scores = Callable[[Labels, Labels], float]

COUNSELREFLECT, SHARMA, WORDS = "CounselReflect", "Sharma et al. 2020", "bag of words"
PUBLISHED: Mapping[str, Mapping[str, float]] = {
    "strategy, accuracy": {COUNSELREFLECT: 0.57, WORDS: 0.539},
    "strategy, macro-F1": {COUNSELREFLECT: 0.50, WORDS: 0.488},
    "Question, F1": {COUNSELREFLECT: 0.81},
    "Restatement or Paraphrasing, F1": {COUNSELREFLECT: 0.40},
    "Reflection of feelings, F1": {COUNSELREFLECT: 0.27},
    "Self-disclosure, F1": {COUNSELREFLECT: 0.68},
    "Affirmation and Reassurance, F1": {COUNSELREFLECT: 0.47},
    "Providing Suggestions, F1": {COUNSELREFLECT: 0.57},
    "Information, F1": {COUNSELREFLECT: 0.26},
    "Others, F1": {COUNSELREFLECT: 0.53},
    "emotional_reaction, accuracy": {SHARMA: 0.7943, WORDS: 0.772},
    "emotional_reaction, macro-F1": {SHARMA: 0.7446, WORDS: 0.715},
    "interpretation, accuracy": {SHARMA: 0.8404, WORDS: 0.814},
    "interpretation, macro-F1": {SHARMA: 0.6260, WORDS: 0.569},
    "exploration, accuracy": {SHARMA: 0.9261, WORDS: 0.918},
    "exploration, macro-F1": {SHARMA: 0.7258, WORDS: 0.685},
}
"""Of systems trained on these labels, by what stands before a bracket (../shared/DATA.md)."""


def elsewhere(folder: Path, data: Path, *, first: int | None = None) -> list[dict[str, Any]]:
    """Return how far the model in a folder agrees with ESConv's test split and with EPITOME.

    Parameters
    ----------
    folder
        A model folder, as ``training`` writes it.
    data
        The folder that holds ``esconv/`` and ``epitome/``.
    first
        Look at so many conversations and pairs only, to try things.

    Returns
    -------
    list of dict
        A row for each figure: ``corpus``, ``what``, ``figure``, its 95 % ``interval`` over
        conversations or posts, and what others ``published``.

    Raises
    ------
    ModelError
        If the model lacks an output that is judged here.
    """
    model = load_model(folder)
    need(model.card, [("said", f"{name}>={level}") for name in MECHANISMS for level in (1, 2)])
    need(model.card, [*INFORMATION, *(output for near in ONE_OF.values() for output in near)])

    def read(examples: Sequence[Example]) -> list[Logits]:
        return logits_of(folder, encode(examples, model.tokenizer))

    chats, pairs = esconv(data / "esconv", "test")[:first], epitome(data / "epitome")[:first]
    return support(model.card, chats, read(chats)) + empathy(model.card, pairs, read(pairs))


def support(card: Card, chats: Sequence[Example], logits: Sequence[Logits]) -> list[dict[str, Any]]:
    """Return how far the strategies of ESConv's turns agree with the nearest of our codes."""
    said = labelled(chats, logits, "strategy")
    strength = reached(card, said.rows)
    found = []
    for how, chosen in (
        ("likeliest", strategies(likely(card, said.rows), least=0.5)),
        ("by the card's thresholds", strategies(strength, least=1.0)),
    ):
        judged = Judged(STRATEGIES, said.truth, chosen, said.group)
        found += both("ESConv", "strategy", judged, f" ({how})")
    yes = strength >= 1
    yes[:, OTHERS] = ~yes.any(axis=1)
    for place, strategy in enumerate(STRATEGIES):
        judged = Judged(
            ("no", "yes"), (said.truth == place).astype(int), yes[:, place].astype(int), said.group
        )
        what = f"{strategy}, F1 (yes or no, by the card's thresholds)"
        found.append(figure("ESConv", what, judged, lambda t, f: float(f1_by_label(t, f, 2)[1])))
    return found


def empathy(card: Card, pairs: Sequence[Example], logits: Sequence[Logits]) -> list[dict[str, Any]]:
    """Return how far the levels of EPITOME's replies agree with ours, by the card's thresholds."""
    found = []
    for name in MECHANISMS:
        said = labelled(pairs, logits, name, post_of)
        judged = Judged(LEVELS, said.truth, levels(card, said.rows, name), said.group)
        found += both("EPITOME", name, judged)
    return found


def both(corpus: str, what: str, judged: Judged, how: str = "") -> list[dict[str, Any]]:
    """Return accuracy and macro-F1 of a label."""
    count = len(judged.labels)
    return [
        figure(corpus, f"{what}, accuracy{how}", judged, lambda t, f: float((t == f).mean())),
        figure(corpus, f"{what}, macro-F1{how}", judged, lambda t, f: macro_f1(t, f, count)),
    ]


def figure(corpus: str, what: str, judged: Judged, score: Scores) -> dict[str, Any]:
    """Return one figure with its interval and what others published."""
    return {
        "corpus": corpus,
        "what": what,
        "figure": round(score(judged.truth, judged.found), 3),
        "interval": list(by_sessions(judged, score)),
        "published": dict(PUBLISHED.get(what.partition(" (")[0], {})),
    }


def main() -> None:
    """Judge a model folder and write the figures."""
    options = argparse.ArgumentParser(prog="python -m training.elsewhere")
    options.add_argument("--data", type=Path, required=True, help="with esconv/ and epitome/")
    options.add_argument("--model", type=Path, required=True, help="a model folder")
    options.add_argument("--out", type=Path, default=Path("runs/elsewhere.json"))
    options.add_argument("--first", type=int, help="so many conversations and pairs only")
    given = options.parse_args()
    found = elsewhere(given.model, given.data, first=given.first)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
