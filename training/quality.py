"""Checks the instruments: whether all indicators together tell good from poor demonstrations.

Run with ``python -m training.quality --data PATH --run runs/open --out FILE``. AnnoMI's makers
say of each demonstration whether it is one of high or of low quality. If the indicators of
sessions that the coder never saw could not tell these apart, they would measure little. It is a
check of the indicators as a set and never a grade: nothing that is fitted here ships, the
demonstrations are exaggerated, and part of the difference may be how such videos are made.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from holdfast.coding.coder import code_session
from holdfast.coding.codes import CodedSession
from holdfast.indicators import Indicator, Unit, measure
from holdfast.runtime import Card, load_model
from training.corpora import Example, annomi
from training.encoded import encode
from training.judge import Labels
from training.layer import with_layer
from training.logistic import Array, fit
from training.outcome import fitted_cards
from training.references import gold_session, start_times
from training.unseen import out_of_fold

PENALTIES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
TALK_TIME = ("talk_share", "therapist_words_per_turn", "client_words_per_turn")
"""How the talk was shared, which needs no codes."""
DRAWS = 2000


def session_quality(
    sessions: Sequence[Example], coded_sessions: Sequence[CodedSession]
) -> dict[str, Any]:
    """Return how well indicators tell high- from low-quality demonstrations, out of fold.

    Missing values are the mean of the training sessions, and all are standardised by these. The
    regression's penalty is chosen by the training folds among themselves. Counts are left out,
    because sessions differ in length.

    Parameters
    ----------
    sessions
        AnnoMI's sessions, with quality and fold.
    coded_sessions
        The same, coded by models that had not seen them.

    Returns
    -------
    dict
        ``auc``, the chance that of a high- and a low-quality session the high one is told to be
        so; its 95 % ``interval`` over sessions; how many ``sessions``; and ``auc`` and
        ``interval`` of how the talk was shared alone (share of words, words per turn), as
        ``talk_time_alone``.
    """
    measured = [{one.name: one for one in measure(coded)} for coded in coded_sessions]
    names = [name for name, one in measured[0].items() if one.unit is not Unit.COUNT]
    high = np.array([int(one.quality == "high") for one in sessions])
    fold = np.array([one.fold for one in sessions])
    alone = told(values(measured, TALK_TIME), high, fold)
    return {
        **with_interval(told(values(measured, names), high, fold), high),
        "sessions": len(sessions),
        "talk_time_alone": with_interval(alone, high),
    }


def values(measured: Sequence[Mapping[str, Indicator]], names: Sequence[str]) -> Array:
    """Return indicators by session, ``[sessions, names]``, NaN where there is no value."""
    return np.array([[each[name].value for name in names] for each in measured], dtype=float)


def told(rows: Array, high: Labels, fold: Labels) -> Array:
    """Return the log odds of high quality for each session, fitted on the other folds.

    They are told against the odds of the sessions fitted on: a fold with few poor sessions leaves
    more of them to the others, and would otherwise be told lower than it is.
    """
    odds = np.zeros(len(high))
    for one in np.unique(fold):
        rest = fold != one
        c = best_penalty(rows[rest], high[rest], fold[rest])
        usual = np.log(high[rest].mean() / (1 - high[rest].mean()))
        odds[~rest] = log_odds(rows[rest], high[rest], rows[~rest], c) - usual
    return odds


def best_penalty(rows: Array, high: Labels, fold: Labels) -> float:
    """Return the penalty with the lowest log loss, each fold judged by the others."""

    def lost(c: float) -> float:
        odds = np.zeros(len(high))
        for one in np.unique(fold):
            rest = fold != one
            odds[~rest] = log_odds(rows[rest], high[rest], rows[~rest], c)
        return float(np.logaddexp(0, np.where(high == 1, -odds, odds)).mean())

    return min(PENALTIES, key=lost)


def log_odds(rows: Array, high: Labels, others: Array, c: float) -> Array:
    """Return the log odds of high quality for other sessions than those fitted on."""
    p = fit(rows, high, 2, c=c).p(others).clip(1e-12)
    return np.asarray(np.log(p[:, 1] / p[:, 0]))


def with_interval(odds: Array, high: Labels) -> dict[str, Any]:
    """Return the AUC with its 95 % percentile bootstrap interval over sessions."""
    rng = np.random.default_rng(0)
    draws = [
        auc(odds[take], high[take])
        for take in rng.integers(0, len(high), (DRAWS, len(high)))
        if 0 < high[take].sum() < len(take)
    ]
    low, top = np.percentile(draws, [2.5, 97.5])
    return {
        "auc": round(auc(odds, high), 3),
        "interval": [round(float(low), 3), round(float(top), 3)],
    }


def auc(odds: Array, high: Labels) -> float:
    """Return the share of pairs of a high and a low in which the high one has more; ties half.

    Examples
    --------
    >>> auc(np.array([2.0, 1.0, 1.0, 0.0]), np.array([1, 1, 0, 0]))
    0.875
    """
    apart = odds[high == 1][:, None] - odds[high == 0][None, :]
    return float(((apart > 0) + (apart == 0) / 2).mean())


def coded_unseen(
    run: Path,
    sessions: Sequence[Example],
    starts: Mapping[str, Mapping[int, float]],
    settings: Mapping[str, Mapping[str, Any]],
) -> list[CodedSession]:
    """Code each session by the graph of the fold that leaves it out.

    Parameters
    ----------
    run
        A run's folder, with its folds.
    sessions
        AnnoMI's, with the annotation layer's targets where there are any.
    starts
        Start times by session and utterance.
    settings
        Of heads for which no session has targets, such as emotions. The others are fitted on the
        other folds' sessions, read by the graphs that had not seen them.
    """
    folds = sorted({one.fold for one in sessions})
    models = {fold: load_model(run / f"fold-{fold}") for fold in folds}
    encoded = encode(sessions, models[folds[0]].tokenizer)
    logits = out_of_fold(run, sessions, encoded)
    for fold, card in fitted_cards(sessions, encoded, logits, settings).items():
        models[fold] = replace(models[fold], card=replace(models[fold].card, heads=card.heads))
    return [
        code_session(gold_session(one, dict(starts[one.name])).session, models[one.fold])
        for one in sessions
    ]


def settings_of(card: Card) -> dict[str, dict[str, Any]]:
    """Return a card's settings, as ``training.outcome.card_with`` takes them."""
    return {
        name: {
            "temperature": head.temperature,
            "offsets": head.offsets,
            "thresholds": head.thresholds,
        }
        for name, head in card.heads.items()
    }


def main() -> None:
    """Code the sessions out of fold, and write how well their quality is told."""
    options = argparse.ArgumentParser(prog="python -m training.quality")
    options.add_argument("--data", type=Path, required=True, help="with annomi/")
    options.add_argument("--run", type=Path, required=True, help="a run's folder")
    options.add_argument("--out", type=Path, default=Path("runs/quality.json"))
    given = options.parse_args()
    sessions = with_layer(annomi(given.data / "annomi"))
    settings = settings_of(load_model(given.run / "all").card)
    coded = coded_unseen(given.run, sessions, start_times(given.data / "annomi"), settings)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    found = session_quality(sessions, coded)
    given.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
