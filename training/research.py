"""The research recipe, as far as a CPU takes it: a frozen encoder, and heads fitted on it.

Run with ``python -m training.research --data PATH --encoder runs/open/fold-0-seed-0.pt --out FILE``
(or ``--encoder base``). It reads EPITOME and ESConv, which may be used for academic research
only: what it fits is judged and thrown away, and never ships. The encoder stays as it is, and a
logistic regression is fitted on its vectors; fine-tuning the encoder as well, as the published
systems do, is not here.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from training.corpora import Example
from training.elsewhere import PUBLISHED, both
from training.judge import Judged, Labels, macro_f1, report
from training.logistic import Logistic, fit
from training.support_corpora import (
    LEVELS,
    MECHANISMS,
    STRATEGIES,
    Numbers,
    Said,
    epitome,
    esconv,
    labelled,
    post_of,
)

PENALTIES = (0.0003, 0.001, 0.003, 0.01, 0.03)
SEEDS = 5
SHARES = (0.75, 0.05)
"""EPITOME's training and validation; what is left is the test."""

Read = Callable[[Sequence[Example]], list[Numbers]]
"""Turns examples into a vector for each of their utterances."""


def research(data: Path, read: Read, *, first: int | None = None) -> dict[str, Any]:
    """Fit and judge the heads of both corpora.

    Parameters
    ----------
    data
        The folder that holds ``esconv/`` and ``epitome/``.
    read
        The frozen encoder.
    first
        Look at so many conversations and pairs only, to try things.
    """
    pairs = epitome(data / "epitome")[:first]
    read_pairs = read(pairs)
    chats = [esconv(data / "esconv", split)[:first] for split in ("train", "valid", "test")]
    train, valid, test = (labelled(some, read(some), "strategy") for some in chats)
    return {
        "EPITOME": {
            name: over_seeds(labelled(pairs, read_pairs, name, post_of), name)
            for name in MECHANISMS
        },
        "ESConv": strategy_figures(train, valid, test),
    }


def strategy_figures(train: Said, valid: Said, test: Said) -> dict[str, Any]:
    """Return accuracy and F1 of ESConv's strategies on the official test split."""
    said = likeliest(chosen_head(train, valid, len(STRATEGIES)), test)
    judged = Judged(STRATEGIES, test.truth, said, test.group)
    return {"figures": both("ESConv", "strategy", judged), "report": report(judged)}


def over_seeds(pairs: Said, name: str, seeds: int = SEEDS) -> dict[str, Any]:
    """Return accuracy and macro-F1 over fresh splits: their mean and standard deviation."""
    found = []
    for seed in range(seeds):
        train, valid, test = split(pairs, seed)
        said = likeliest(chosen_head(train, valid, len(LEVELS)), test)
        found.append((float((said == test.truth).mean()), macro_f1(test.truth, said, len(LEVELS))))
    means, spreads = np.mean(found, axis=0), np.std(found, axis=0, ddof=1)
    return {
        what: {
            "mean": round(float(mean), 3),
            "sd": round(float(spread), 3),
            "published": dict(PUBLISHED[f"{name}, {what}"]),
        }
        for what, mean, spread in zip(("accuracy", "macro-F1"), means, spreads, strict=True)
    }


def split(pairs: Said, seed: int) -> tuple[Said, Said, Said]:
    """Draw training, validation and test; the replies to one post stay together."""
    posts = np.random.default_rng(seed).permutation(np.unique(pairs.group))
    ends = [round(share * len(posts)) for share in np.cumsum(SHARES)]
    train, valid, test = (pairs.where(np.isin(pairs.group, part)) for part in np.split(posts, ends))
    return train, valid, test


def chosen_head(train: Said, valid: Said, labels: int) -> Logistic:
    """Return the head with the penalty and label weights that do best on ``valid``, by macro-F1."""
    tried = [
        fit(train.rows, train.truth, labels, c=c, balanced=balanced)
        for balanced in (False, True)
        for c in PENALTIES
    ]
    return max(tried, key=lambda head: macro_f1(valid.truth, likeliest(head, valid), labels))


def likeliest(head: Logistic, said: Said) -> Labels:
    """Return the label that a head finds likeliest for each utterance."""
    return np.asarray(head.p(said.rows).argmax(1))


def main() -> None:
    """Read the corpora, fit the heads, write the figures."""
    options = argparse.ArgumentParser(prog="python -m training.research")
    options.add_argument("--data", type=Path, required=True, help="with esconv/ and epitome/")
    options.add_argument("--encoder", required=True, help="a checkpoint, or the word: base")
    options.add_argument("--out", type=Path, default=Path("runs/research.json"))
    options.add_argument("--first", type=int, help="so many conversations and pairs only")
    given = options.parse_args()
    # torch, which judging does without
    from training.frozen import reader

    read = reader(None if given.encoder == "base" else Path(given.encoder))
    found = {"encoder": given.encoder} | research(given.data, read, first=given.first)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
