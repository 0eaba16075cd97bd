"""Simpler coders beside ours, on a small made-up corpus with known answers."""

from __future__ import annotations

import doctest
from typing import Any

import numpy as np
import pytest

from training import baselines as module
from training.baselines import Question, Reader, baselines, f1_of_yes, heard, questions
from training.calibrate import best_label_threshold
from training.corpora import Example, Labelled, one_hot
from training.tasks import HEARD, SAID, TASKS

LABELS = {task.name: task.labels for task in TASKS}


def therapist(turn: int) -> Labelled:
    main = LABELS["behaviour"][turn % 4]
    targets = {
        "behaviour": one_hot(main, LABELS["behaviour"]),
        "present": tuple(float(main == kind) for kind in LABELS["present"]),
        "said": tuple(float(label == "paraphrase" and turn % 4 == 0) for label in SAID),
    }
    return Labelled("therapist", main, targets)


def client(turn: int) -> Labelled:
    talk = "neutral" if turn % 4 else "change"
    targets = {
        "talk": one_hot(talk, LABELS["talk"]),
        "heard": tuple(float(label == "hope" and turn % 4 == 0) for label in HEARD),
    }
    return Labelled("client", talk, targets)


@pytest.fixture
def sessions() -> list[Example]:
    return [
        Example(
            str(place),
            tuple(line for turn in range(8) for line in (therapist(turn), client(turn))),
            fold=place % 5,
        )
        for place in range(10)
    ]


def learn(features: Any, labels: np.ndarray, others: Any) -> np.ndarray:
    """Say what most often came with the same word."""
    met = np.unique(labels)
    rows = [[np.mean(labels[features == word] == one) for one in met] for word in others]
    return np.array(rows)


def reader(sessions: list[Example]) -> Reader:
    words = np.array([said.text for one in sessions for said in one.utterances])
    return Reader(lambda _: words, learn)


def test_the_examples_in_the_docstrings_are_true() -> None:
    assert doctest.testmod(module).failed == 0


def test_everything_that_the_model_hears_is_asked(sessions: list[Example]) -> None:
    names = [one.name for one in questions(sessions)]
    assert names == ["behaviour", "talk", "reflection", "question", "input", *SAID, *HEARD]


def test_who_reads_the_words_beats_who_does_not(sessions: list[Example]) -> None:
    found = baselines(sessions, {"words": reader(sessions)})
    assert found["behaviour"] == {"majority": 0.1, "words": 1.0}
    assert found["reflection"] == {"majority": 0.429, "words": 1.0}
    assert found["paraphrase"] == {"majority": 0.0, "always": 0.4, "words": 1.0}


def test_a_label_that_nobody_gave_is_never_found(sessions: list[Example]) -> None:
    found = baselines(sessions, {"words": reader(sessions)})
    assert found["withdrawal"] == {"majority": 0.0, "always": 0.0, "words": 0.0}


def test_what_is_not_known_is_not_judged(sessions: list[Example]) -> None:
    for one in questions(sessions):
        client_is_asked = one.name == "talk" or one.name in HEARD
        assert (one.truth[::2] == -1).all() == client_is_asked
        assert (one.truth[1::2] == -1).all() != client_is_asked


def test_nobody_learns_from_the_fold_that_is_judged(sessions: list[Example]) -> None:
    fold = np.repeat(np.arange(10) % 5, 16)
    learned_from = []

    def keep(places: np.ndarray) -> np.ndarray:
        learned_from.append(frozenset(fold[places].tolist()))
        return fold

    def same_fold(features: Any, labels: np.ndarray, others: Any) -> np.ndarray:
        assert not set(features) & set(others)
        return np.full((len(others), len(np.unique(labels))), 0.5)

    heard(list(questions(sessions)), fold, Reader(keep, same_fold))
    assert [len(one) for one in learned_from] == [4] * 5 + [3] * 10
    assert len(set(learned_from)) == 15


def test_yes_begins_where_the_other_folds_say() -> None:
    fold = np.repeat(np.arange(3), 20)
    truth = np.tile([0] * 15 + [1] * 5, 3)
    p = np.where(truth == 1, 0.3, 0.1)
    p[fold == 0] = 0.8

    def shy(_features: Any, _labels: np.ndarray, others: Any) -> np.ndarray:
        return np.stack([1 - others, others], axis=1)

    asked = Question("hope", truth, 2, f1_of_yes, best_label_threshold)
    found = heard([asked], fold, Reader(lambda _: p, shy))["hope"]
    assert found[fold == 0].all()
    assert found[fold != 0].tolist() == truth[fold != 0].tolist()


def test_words_alone_tell_plain_questions_from_plain_answers() -> None:
    pytest.importorskip("sklearn", reason="the training group is not installed")
    texts = ["what did you do then", "what do you think of it", "it was late", "it was a lot"] * 5
    way = module.tfidf(texts)
    features, labels = way.read(np.arange(20)), np.array([1, 1, 0, 0] * 5)
    assert (way.learn(features, labels, features).argmax(1) == labels).all()
