"""What simpler coders hear: ``python -m training.baselines --data PATH --out FILE``.

Each reads an utterance alone, on the folds of the model:

``majority``
    Whatever is most common in the other folds.
``always``
    Yes, where F1 of yes is the figure.
``tfidf``
    Words and pairs of words, weighted by TF-IDF, and logistic regression.
``frozen``
    The base encoder as it came, and logistic regression.

The regressions weigh labels by their rarity, with the strength below. Both were chosen once, by
the macro-F1 of behaviour and talk on the very folds that are judged: in the baselines' favour.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from holdfast.coding.decode import KINDS
from training.calibrate import best_label_threshold, best_threshold
from training.corpora import Example, annomi
from training.judge import f1_by_label, macro_f1
from training.layer import with_layer
from training.tasks import TASKS

Array = NDArray[np.float64]
Labels = NDArray[np.int64]
Features = NDArray[Any]

LABELS = {task.name: task.labels for task in TASKS}
UNKNOWN = -1
STRENGTH = {"tfidf": 1.0, "frozen": 1.0}
LONGEST, TOKENS = 256, 4096
"""Tokens of an utterance that the base encoder was made to read, and of one batch."""


class Reader(NamedTuple):
    """A way to hear codes.

    ``read`` returns the features of every utterance, made from those at the places it is given;
    ``learn`` goes by features and their labels and returns the probability of each label that it
    met, in order, for other features.
    """

    read: Callable[[Labels], Features]
    learn: Callable[[Features, Labels, Features], Array]


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to hear.

    Attributes
    ----------
    name
        Of the code or of the layer's label.
    truth
        Each utterance's label, -1 where none is known.
    labels
        How many there are.
    figure
        Judges true and found labels.
    threshold
        Finds where yes begins, from probabilities and targets; ``None`` where the likeliest of
        several labels is chosen.
    """

    name: str
    truth: Labels
    labels: int
    figure: Callable[[Labels, Labels], float]
    threshold: Callable[[Array, Array], float] | None = None


def baselines(
    sessions: Sequence[Example], readers: Mapping[str, Reader]
) -> dict[str, dict[str, float]]:
    """Return each reader's figure for each question.

    Macro-F1 of ``behaviour`` and ``talk``, and of ``reflection``, ``question`` and ``input`` as
    present or not; F1 of yes for the layer's labels.
    """
    fold = np.array([one.fold for one in sessions for _ in one.utterances])
    asked = list(questions(sessions))
    found = {one.name: dict(deaf(one, fold)) for one in asked}
    for name, reader in readers.items():
        given = heard(asked, fold, reader)
        for one in asked:
            found[one.name][name] = judged(one, given[one.name])
    return found


def questions(sessions: Sequence[Example]) -> Iterator[Question]:
    """Yield everything that is asked about the sessions' utterances."""
    for name in ("behaviour", "talk"):
        given, count = targets(sessions, name), len(LABELS[name])
        truth = np.where(np.isnan(given[:, 0]), UNKNOWN, given.argmax(1))
        yield Question(name, truth, count, partial(macro_f1, labels=count))
    present = partial(macro_f1, labels=2)
    for names, task, figure, fit in (
        (KINDS, "present", present, best_threshold),
        (LABELS["said"], "said", f1_of_yes, best_label_threshold),
        (LABELS["heard"], "heard", f1_of_yes, best_label_threshold),
    ):
        given = targets(sessions, task)
        for name, column in zip(names, given.T, strict=True):
            truth = np.where(np.isnan(column), UNKNOWN, column > 0.5)
            yield Question(name, truth, 2, figure, fit)


def targets(sessions: Sequence[Example], task: str) -> Array:
    """Return a task's target of every utterance, NaN where there is none."""
    none = (np.nan,) * len(LABELS[task])
    return np.array([said.targets.get(task, none) for one in sessions for said in one.utterances])


def f1_of_yes(truth: Labels, found: Labels) -> float:
    """Return F1 of yes.

    Examples
    --------
    >>> f1_of_yes(np.array([1, 1, 0, 0]), np.array([1, 0, 1, 0]))
    0.5
    """
    return float(f1_by_label(truth, found, 2)[1])


def judged(asked: Question, found: Labels) -> float:
    """Return how well the known labels were found."""
    known = asked.truth != UNKNOWN
    return round(asked.figure(asked.truth[known], found[known]), 3)


def deaf(asked: Question, fold: Labels) -> Iterator[tuple[str, float]]:
    """Yield the figures of answers that heed no words."""
    common = np.zeros_like(asked.truth)
    for left in np.unique(fold):
        others = asked.truth[(fold != left) & (asked.truth != UNKNOWN)]
        common[fold == left] = np.bincount(others).argmax()
    yield "majority", judged(asked, common)
    if asked.figure is f1_of_yes:
        yield "always", judged(asked, np.ones_like(asked.truth))


def heard(asked: Sequence[Question], fold: Labels, reader: Reader) -> dict[str, Labels]:
    """Return every utterance's label for each question, by learning without its fold.

    Where yes begins in a fold is found in the others, by learning without each of them as well.
    """
    folds = [int(one) for one in np.unique(fold)]
    split = [one for one in asked if one.threshold]
    alone = {left: without([left], asked, fold, reader) for left in folds}
    paired = {
        frozenset(pair): without(pair, split, fold, reader) for pair in combinations(folds, 2)
    }
    found = {one.name: np.zeros_like(one.truth) for one in asked}
    for one in asked:
        for left in folds:
            p, here = alone[left][one.name], fold == left
            if one.threshold is None:
                found[one.name][here] = p[here].argmax(1)
            else:
                rest = {
                    other: paired[frozenset((left, other))][one.name][:, 1]
                    for other in folds
                    if other != left
                }
                found[one.name][here] = p[here, 1] >= beginning(one, fold, rest)
    return found


def beginning(asked: Question, fold: Labels, rest: Mapping[int, Array]) -> float:
    """Return the probability from which a question is answered yes.

    ``rest`` holds, by fold, every utterance's probability of yes.
    """
    p = np.select([fold == one for one in rest], list(rest.values()))
    known = np.isin(fold, list(rest)) & (asked.truth != UNKNOWN)
    return asked.threshold(p[known], asked.truth[known].astype(float)) if asked.threshold else 0.5


def without(
    left: Sequence[int], asked: Sequence[Question], fold: Labels, reader: Reader
) -> dict[str, Array]:
    """Return what is heard in the folds left out: ``[utterances, labels]`` for each question."""
    out = np.isin(fold, left)
    features = reader.read(np.flatnonzero(~out))
    found = {}
    for one in asked:
        known = one.truth != UNKNOWN
        learned, wanted = known & ~out, known & out
        met = np.unique(one.truth[learned])
        p = np.zeros((len(fold), one.labels))
        if len(met) == 1 or not wanted.any():
            p[:, met] = 1
        else:
            given = reader.learn(features[learned], one.truth[learned], features[wanted])
            p[np.ix_(wanted, met)] = given
        found[one.name] = p
    return found


# What needs scikit-learn or PyTorch imports it itself, so that the rest is tested without them.


def tfidf(texts: Sequence[str]) -> Reader:
    """Return the reader that counts words and pairs of words."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    def read(places: Labels) -> Features:
        counter = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
        return counter.fit([texts[place] for place in places]).transform(texts)

    return Reader(read, regression(STRENGTH["tfidf"]))


def frozen(texts: Sequence[str], folder: Path) -> Reader:
    """Return the reader of the base encoder's vectors, which are kept in ``folder``."""
    digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
    kept = folder / f"frozen-{digest}.npy"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.save(kept, vectors(texts))
    given = np.load(kept)
    return Reader(lambda _: given, regression(STRENGTH["frozen"]))


def regression(strength: float) -> Callable[[Features, Labels, Features], Array]:
    """Return what learns a logistic regression; a higher ``strength`` shrinks it less."""
    from sklearn.linear_model import LogisticRegression

    def learn(features: Features, labels: Labels, others: Features) -> Array:
        model = LogisticRegression(C=strength, class_weight="balanced", max_iter=1000)
        return np.asarray(model.fit(features, labels).predict_proba(others))

    return learn


def vectors(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return the mean of the base encoder's states of each text, of length 1."""
    import torch

    from training.minilm import base_folder, base_tokenizer
    from training.network import Encoder, load_base

    encoder = Encoder()
    load_base(encoder, base_folder())
    encoder.eval()
    lines = base_tokenizer().encode_batch(list(texts))
    ids = [clipped(line.ids) for line in lines]
    found = np.empty((len(texts), encoder.words.embedding_dim), dtype=np.float32)
    for places in by_length([len(one) for one in ids]):
        longest = len(ids[places[-1]])
        tokens = torch.zeros(len(places), longest, dtype=torch.int64)
        owner = torch.full_like(tokens, -1)
        for row, place in enumerate(places):
            tokens[row, : len(ids[place])] = torch.tensor(ids[place])
            owner[row, : len(ids[place])] = 0
        with torch.inference_mode():
            states = encoder(tokens, owner, torch.tensor(0))
        read = (owner == 0).unsqueeze(2)
        mean = (states * read).sum(1)
        found[places] = torch.nn.functional.normalize(mean).numpy()
    return found


def clipped(ids: list[int]) -> list[int]:
    """Return a text's tokens, no more than the encoder reads, with the closing mark."""
    return ids if len(ids) <= LONGEST else [*ids[: LONGEST - 1], ids[-1]]


def by_length(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the places of texts of like length, shortest first, a batch at a time.

    Examples
    --------
    >>> list(by_length([3000, 2, 1500]))
    [[1, 2], [0]]
    """
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[place] > TOKENS:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def main(arguments: list[str] | None = None) -> None:
    """Read the corpora, judge the baselines, write their figures."""
    parser = argparse.ArgumentParser(prog="python -m training.baselines", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with annomi/")
    parser.add_argument("--out", type=Path, required=True, help="where the figures go, as JSON")
    given = parser.parse_args(arguments)
    sessions = with_layer(annomi(given.data / "annomi"))
    texts = [said.text for one in sessions for said in one.utterances]
    readers = {"tfidf": tfidf(texts), "frozen": frozen(texts, given.out.parent)}
    found = baselines(sessions, readers)
    given.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
