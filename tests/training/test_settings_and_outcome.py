"""From logits to settings and figures, on a small made-up corpus with known answers."""

from __future__ import annotations

import numpy as np
import pytest

from holdfast.coding.decode import probabilities
from training.calibrate import best_offsets
from training.corpora import Example, Labelled, one_hot
from training.encoded import Encoded
from training.outcome import Outcome, card_with, found_f1, outcome
from training.settings import abstain_below, fit_settings
from training.tasks import OUTPUTS, TASKS, spans
from training.unseen import Unseen
from training.widen import widening_file

BY_NAME = {task.name: task for task in TASKS}
SPANS = spans()

KAPPAS = {"paraphrase": {"kappa": 0.8, "given": 50.0}, "hope": {"kappa": 0.2, "given": 20.0}}

Corpus = tuple[list[Example], list[Encoded]]


def therapist(rng: np.random.Generator) -> dict[str, tuple[float, ...]]:
    main = str(rng.choice(["reflection", "question", "input", "other"]))
    targets = {"behaviour": one_hot(main, BY_NAME["behaviour"].labels)}
    targets["present"] = tuple(float(main == kind) for kind in BY_NAME["present"].labels)
    if main in ("reflection", "question", "input"):
        labels = BY_NAME[main].labels
        targets[main] = one_hot(str(rng.choice(labels)), labels)
    answered = BY_NAME["response"].labels
    targets["response"] = one_hot(str(rng.choice(answered)), answered)
    return targets | {"said": some_of("said", rng)}


def some_of(task: str, rng: np.random.Generator) -> tuple[float, ...]:
    return tuple(float(one) for one in rng.random(len(BY_NAME[task].labels)) < 0.3)


def client(rng: np.random.Generator) -> dict[str, tuple[float, ...]]:
    labels = BY_NAME["talk"].labels
    feelings = BY_NAME["feeling"].labels
    return {
        "talk": one_hot(str(rng.choice(labels)), labels),
        "feeling": one_hot(str(rng.choice(feelings)), feelings),
        "heard": some_of("heard", rng),
    }


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    rng = np.random.default_rng(0)
    examples, encoded = [], []
    for place in range(20):
        said = tuple(
            Labelled("therapist", "", therapist(rng))
            if turn % 2
            else Labelled("client", "", client(rng))
            for turn in range(40)
        )
        examples.append(Example(str(place), said, fold=place % 5))
        roles = tuple(one.role for one in said)
        encoded.append(Encoded(roles, ((),) * 40, tuple(one.targets for one in said)))
    return examples, encoded


def logits_for(one: Encoded, strength: float, rng: np.random.Generator) -> np.ndarray:
    rows = rng.normal(size=(len(one.roles), OUTPUTS)).astype(np.float32)
    for row, target in zip(rows, one.targets, strict=True):
        for name, wanted in target.items():
            row[SPANS[name]] += strength * (np.array(wanted) - 0.5)
    return rows


def made_outcome(corpus: Corpus, strength: float) -> Outcome:
    examples, encoded = corpus
    rng = np.random.default_rng(1)
    rows = tuple(logits_for(one, strength, rng) for one in encoded)
    comments = [
        Encoded(("client",), ((),), ({"emotions": one_hot(label, BY_NAME["emotions"].labels)},))
        for label in BY_NAME["emotions"].labels * 4
    ]
    some = np.concatenate([logits_for(one, strength, rng) for one in comments])
    exchanges = [
        Encoded(("client", "therapist"), ((), ()), ({}, {"uptake": (place / 40,)}))
        for place in range(40)
    ]
    answers = tuple(logits_for(one, strength, rng) for one in exchanges)
    unseen = Unseen(rows, rows, {"dev": some, "test": some}, answers)
    return outcome(
        examples, encoded, {"dev": comments, "test": comments}, exchanges, unseen, KAPPAS
    )


def test_a_coder_that_knows_everything_is_judged_right(corpus: Corpus) -> None:
    accuracy = made_outcome(corpus, strength=40).accuracy
    layer, uptake = accuracy.pop("layer"), accuracy.pop("uptake")
    assert {name: figures["macro_f1"] for name, figures in accuracy.items()} == dict.fromkeys(
        accuracy, 1.0
    )
    assert {label: figures["f1"] for label, figures in layer.items()} == dict.fromkeys(layer, 1.0)
    assert uptake["rho"] > 0.95


def test_a_code_on_which_two_readings_disagree_stays_experimental(corpus: Corpus) -> None:
    layer = made_outcome(corpus, strength=40).accuracy["layer"]
    assert layer["paraphrase"]["usable"]
    assert layer["hope"]["f1"] == 1
    assert not layer["hope"]["usable"]


def test_how_often_a_code_is_expected_fits_how_often_it_is_there(corpus: Corpus) -> None:
    _, encoded = corpus
    rng = np.random.default_rng(4)
    shouted = [logits_for(one, 2, rng) + 3 for one in encoded]
    settings = fit_settings(encoded, shouted)["said"]
    card = card_with({"said": settings})
    p = np.concatenate([probabilities(rows, card.heads["said"]) for rows in shouted])
    there = np.array([t["said"] for one in encoded for t in one.targets if "said" in t])
    told = p[[role == "therapist" for one in encoded for role in one.roles]]
    assert told.mean(0) == pytest.approx(there.mean(0), abs=0.01)


def test_a_coder_that_knows_nothing_is_judged_by_chance(corpus: Corpus) -> None:
    accuracy = made_outcome(corpus, strength=0).accuracy
    assert accuracy["behaviour"]["macro_f1"] < 0.35
    assert accuracy["talk"]["macro_f1"] < 0.42


def test_a_better_coder_has_narrower_counts_and_figures_that_grow(corpus: Corpus) -> None:
    weak, strong = made_outcome(corpus, 1), made_outcome(corpus, 4)
    assert strong.accuracy["talk"]["macro_f1"] > weak.accuracy["talk"]["macro_f1"] + 0.1
    low, high = strong.accuracy["talk"]["interval"]
    assert low < strong.accuracy["talk"]["macro_f1"] < high


def test_counts_of_the_layers_codes_are_widened_as_well_as_those_that_people_coded(
    corpus: Corpus,
) -> None:
    assert {"question", "paraphrase", "validation", "suggestion"} <= set(
        made_outcome(corpus, 1).widening
    )


def test_temperature_is_high_where_the_logits_are_too_sure(corpus: Corpus) -> None:
    _, encoded = corpus
    rng = np.random.default_rng(2)
    calm = [logits_for(one, 2, rng) for one in encoded]
    found = fit_settings(encoded, calm)["talk"]["temperature"]
    shouted = fit_settings(encoded, [3 * one for one in calm])["talk"]["temperature"]
    assert shouted == pytest.approx(3 * found, rel=0.1)


def test_an_offset_gives_a_rare_label_its_share() -> None:
    rng = np.random.default_rng(3)
    truth = (rng.random(4000) < 0.12).astype(int)
    p_rare = np.clip(0.12 + 0.25 * truth + 0.1 * rng.normal(size=4000), 0.01, 0.99)
    offsets = best_offsets(np.stack([1 - p_rare, p_rare], axis=1), truth)
    assert offsets[0] == 0
    assert offsets[1] > 0.3


def test_no_offset_is_paid_for_where_there_is_nothing_to_gain() -> None:
    truth = np.arange(3000) % 3
    assert best_offsets(np.eye(3)[truth] * 0.8 + 0.1, truth) == [0, 0, 0]


def test_the_coder_abstains_where_its_guesses_are_mostly_wrong() -> None:
    p = np.linspace(0.3, 0.9, 2000)
    right = p > 0.55
    assert 0.45 <= abstain_below(p, right, 0.5) <= 0.56


def test_a_card_without_settings_chooses_the_likeliest() -> None:
    head = card_with({}).heads["talk"]
    assert (head.temperature, head.offsets, head.thresholds) == (1.0, (0, 0, 0), (0.0,))


def test_f1_where_several_labels_hold() -> None:
    wanted = np.array([[1.0, 0], [1, 1], [0, 1]])
    said = np.array([[True, False], [False, True], [False, False]])
    assert found_f1(wanted, said) == pytest.approx([2 / 3, 2 / 3])


def test_the_intervals_file_names_what_the_model_counts_and_no_rule() -> None:
    page = widening_file({"question": 1.7})
    assert "question = 1.7\n" in page
    assert "negative_emotion = 1.0\n" in page
    assert "encourager" not in page
