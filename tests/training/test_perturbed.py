"""Copies of sessions as they come in practice, and how a coder is judged on them."""

from __future__ import annotations

import doctest
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from holdfast.coding.decode import KINDS, client_codes, therapist_codes
from holdfast.runtime.folder import SHIPPED, TOKENIZER
from training import perturbed, unseen
from training.corpora import Example, Labelled, one_hot
from training.encoded import Encoded
from training.outcome import card_with
from training.perturbed import COPIES, as_written, decided, halved, robustness
from training.tasks import HEARD, OUTPUTS, SAID, TASKS, spans

LABELS = {task.name: task.labels for task in TASKS}
SPANS = spans()
USABLE = {"paraphrase", "hope"}


def therapist(main: str, *, codes: set[str]) -> Labelled:
    targets = {
        "behaviour": one_hot(main, LABELS["behaviour"]),
        "present": tuple(float(main == kind) for kind in KINDS),
        "said": tuple(float(label in codes) for label in SAID),
    }
    return Labelled("therapist", "It sounds as if Maria's realised, mum, what you mean.", targets)


def client(talk: str, *, codes: set[str]) -> Labelled:
    targets = {
        "talk": one_hot(talk, LABELS["talk"]),
        "heard": tuple(float(label in codes) for label in HEARD),
    }
    return Labelled("client", "I don't know whether you can hear this.", targets)


@pytest.fixture
def sessions() -> list[Example]:
    return [
        Example(
            str(place),
            tuple(
                line
                for turn in range(12)
                for line in (
                    therapist(LABELS["behaviour"][turn % 4], codes={SAID[turn % 3]}),
                    client(LABELS["talk"][turn % 3], codes={HEARD[-1 - turn % 2]}),
                )
            ),
            fold=place % 5,
        )
        for place in range(10)
    ]


def logits_for(one: Encoded, strength: float = 30) -> np.ndarray:
    """Say of every utterance what its targets say."""
    rows = np.zeros((len(one.targets), OUTPUTS), dtype=np.float32)
    for row, target in zip(rows, one.targets, strict=True):
        for name, wanted in target.items():
            row[SPANS[name]] = strength * (np.array(wanted) - 0.5)
    return rows


def rewritten(name: str, text: str) -> str:
    one = Example("kitchen", (Labelled("client", text, {}),))
    return COPIES[name](one).example.utterances[0].text


@pytest.fixture
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(SHIPPED / TOKENIZER))


def test_the_examples_in_the_docstrings_are_true() -> None:
    assert doctest.testmod(perturbed).failed == 0


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_is_the_same_each_time_and_keeps_every_target(
    name: str, sessions: list[Example]
) -> None:
    copied, places = COPIES[name](sessions[0])
    assert (copied, places) == COPIES[name](sessions[0])
    whole = [sessions[0].utterances[place] for place in places]
    assert [one.targets for one in copied.utterances] == [one.targets for one in whole]
    assert [one.role for one in copied.utterances] == [one.role for one in whole]
    assert all(one.text for one in copied.utterances)


def test_every_copy_but_the_first_is_written_otherwise(sessions: list[Example]) -> None:
    written = [one.text for one in sessions[0].utterances]
    same = [
        name
        for name, copy in COPIES.items()
        if [one.text for one in copy(sessions[0]).example.utterances] == written
    ]
    assert same == ["as written"]


def test_halves_put_together_are_the_whole(sessions: list[Example]) -> None:
    copied, places = halved(sessions[0])
    assert len(places) == 2 * len(sessions[0].utterances)
    for place, one in enumerate(sessions[0].utterances):
        parts = [
            part.text
            for part, whole in zip(copied.utterances, places, strict=True)
            if whole == place
        ]
        assert " ".join(parts) == one.text


def test_spelling_swapped_twice_is_as_it_was() -> None:
    text = "My favourite programme was canceled; Mum organized another."
    swap = "British and American spelling swapped"
    assert rewritten(swap, rewritten(swap, text)) == text


def test_days_and_what_opens_a_sentence_are_no_names() -> None:
    text = "See you on Tuesday. Well, then I had no idea."
    assert rewritten("names masked", text) == text


def test_what_is_heard_is_what_the_shipped_decoder_says() -> None:
    rng = np.random.default_rng(0)
    logits = rng.normal(size=(60, OUTPUTS)).astype(np.float32)
    card = card_with({"behaviour": {"offsets": [0.0, 0.3, -0.2, 0.4], "temperature": 1.3}})
    found = decided(logits, range(60), card)
    for place, row in enumerate(logits):
        codes = therapist_codes(row, card)
        assert LABELS["behaviour"][found["behaviour"][place]] == codes["behaviour"].value
        assert found["present"][place].tolist() == [codes[kind].value is not None for kind in KINDS]
        assert LABELS["talk"][found["talk"][place]] == client_codes(row, card)["talk"].value


def test_a_code_holds_where_either_half_holds_it() -> None:
    logits = np.full((2, OUTPUTS), -5.0, dtype=np.float32)
    logits[1, SPANS["said"].start] = 5
    found = decided(logits, (0, 0), card_with({}))
    assert found["said"].tolist() == [[True] + [False] * (len(SAID) - 1)]


def test_the_surer_half_says_what_the_whole_mainly_does() -> None:
    logits = np.zeros((2, OUTPUTS), dtype=np.float32)
    logits[0, SPANS["talk"]] = [1, 0, 0]
    logits[1, SPANS["talk"]] = [0, 0, 3]
    assert decided(logits, (0, 0), card_with({}))["talk"].tolist() == [2]


def test_a_coder_that_knows_everything_is_right_on_every_copy(
    sessions: list[Example], tokenizer: Tokenizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        unseen, "logits_of", lambda _, some, **_how: [logits_for(one) for one in some]
    )
    found = robustness(Path("run"), sessions, tokenizer, USABLE)
    names = ["behaviour", "talk", *KINDS, "said", "heard"]
    assert found == {name: dict.fromkeys(names, 1.0) for name in COPIES}


def test_each_session_is_read_by_the_fold_that_leaves_it_out(
    sessions: list[Example], tokenizer: Tokenizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def only_its_fold(folder: Path, some: list[Encoded], **how: bool) -> list[np.ndarray]:
        assert len(some) == 2
        assert how == {"veiled": False}
        return [logits_for(one, strength=1 + int(folder.name[-1])) for one in some]

    monkeypatch.setattr(unseen, "logits_of", only_its_fold)
    rows = unseen.out_of_fold(Path("run"), sessions, perturbed.encode(sessions, tokenizer))
    assert [one.max() * 2 for one in rows] == [1 + one.fold for one in sessions]


def test_without_usable_labels_the_layer_is_left_out(sessions: list[Example]) -> None:
    heard = [
        decided(
            logits_for(Encoded((), (), tuple(line.targets for line in one.utterances))),
            as_written(one).places,
            card_with({}),
        )
        for one in sessions
    ]
    assert set(perturbed.figures(sessions, heard, ())) == {"behaviour", "talk", *KINDS}
