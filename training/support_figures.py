"""How the research recipe's networks are judged on ESConv and EPITOME.

Some of ESConv's labels are rare, and macro-F1 counts them like the others. So a share of the
logarithm of each label's frequency is taken from its logit (Menon et al. 2021, Long-tail learning
via logit adjustment, arXiv 2007.07314), the share that does best on the validation part. EPITOME's
validation part, 150 pairs, is too small to fit anything on: there the likeliest level counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.elsewhere import PUBLISHED, both
from training.judge import Judged, Labels, macro_f1, report
from training.support_corpora import LEVELS, STRATEGIES, Numbers, Said

SHARES = tuple(step / 10 for step in range(11))
PARTS = (0.75, 0.05)
"""EPITOME's training and validation; what is left is the test."""


def parts_of(groups: NDArray[np.int64], seed: int) -> tuple[NDArray[np.bool_], ...]:
    """Draw training, validation and test; the replies to one post stay together.

    Parameters
    ----------
    groups
        A number for the post of each pair.
    seed
        Another one draws other parts.
    """
    posts = np.random.default_rng(seed).permutation(np.unique(groups))
    ends = [round(share * len(posts)) for share in np.cumsum(PARTS)]
    return tuple(np.isin(groups, part) for part in np.split(posts, ends))


def frequencies(truth: Labels, labels: int) -> NDArray[np.float64]:
    """Return the share of each label, none of them quite 0.

    Examples
    --------
    >>> frequencies(np.array([0, 0, 0, 1]), 2).round(2).tolist()
    [0.67, 0.33]
    """
    return (np.bincount(truth, minlength=labels) + 1) / (len(truth) + labels)


def chosen(rows: Numbers, frequency: NDArray[np.float64], share: float) -> Labels:
    """Return the label of each row, its logits lowered by a share of the frequency's logarithm."""
    return np.asarray((rows - share * np.log(frequency)).argmax(1))


def best_share(valid: Said, frequency: NDArray[np.float64]) -> float:
    """Return the share with the highest macro-F1; of several equal ones the lowest."""
    count = len(frequency)
    scores = [
        macro_f1(valid.truth, chosen(valid.rows, frequency, share), count) for share in SHARES
    ]
    return SHARES[int(np.argmax(scores))]


def strategy_figures(train: Labels, valid: Said, test: Said) -> dict[str, Any]:
    """Return accuracy and F1 of ESConv's strategies on the official test part."""
    often = frequencies(train, len(STRATEGIES))
    found = chosen(test.rows, often, best_share(valid, often))
    result = Judged(STRATEGIES, test.truth, found, test.group)
    return {"figures": both("ESConv", "strategy", result), "report": report(result)}


def level_scores(test: Said) -> dict[str, float]:
    """Return accuracy and macro-F1 of the likeliest level of one of EPITOME's mechanisms."""
    found = test.rows.argmax(1)
    return {
        "accuracy": float((found == test.truth).mean()),
        "macro-F1": macro_f1(test.truth, found, len(LEVELS)),
    }


def over_draws(draws: Sequence[Mapping[str, Mapping[str, float]]]) -> list[dict[str, Any]]:
    """Return mean and standard deviation of each mechanism's figures over several draws.

    Examples
    --------
    >>> first, second = ({"exploration": {"macro-F1": f1}} for f1 in (0.7, 0.72))
    >>> found = over_draws([first, second])
    >>> found[0]["what"], found[0]["figure"], found[0]["sd"], found[0]["draws"]
    ('exploration, macro-F1', 0.71, 0.014, 2)
    """
    rows = []
    for name, scores in draws[0].items():
        for what in scores:
            each = [one[name][what] for one in draws]
            spread = float(np.std(each, ddof=1)) if len(each) > 1 else None
            rows.append(
                {
                    "corpus": "EPITOME",
                    "what": f"{name}, {what}",
                    "figure": round(float(np.mean(each)), 3),
                    "sd": None if spread is None else round(spread, 3),
                    "draws": len(each),
                    "published": dict(PUBLISHED[f"{name}, {what}"]),
                }
            )
    return rows
