"""A made-up model that knows, or doesn't, what people labelled in ESConv and EPITOME."""

from __future__ import annotations

import numpy as np
import pytest

from holdfast.codebooks.crosswalk import load_crosswalk
from holdfast.errors import ModelError
from holdfast.runtime import load_model
from training.corpora import Example, Labelled, one_hot
from training.elsewhere import PUBLISHED, empathy, support
from training.nearest import INFORMATION, ONE_OF, Output, levels, likely, need, reached, strategies
from training.outcome import card_with
from training.support_corpora import LEVELS, MECHANISMS, STRATEGIES
from training.tasks import OUTPUTS

CARD = card_with({})
RNG = np.random.default_rng(0)


def saying(*outputs: Output) -> np.ndarray:
    """Return the logits of a model that hears these outputs and nothing else."""
    row = np.full(OUTPUTS, -5.0, np.float32)
    for head, label in outputs:
        row[CARD.heads[head].start + CARD.heads[head].labels.index(label)] = 5
    return row


def nearest(strategy: str) -> tuple[Output, ...]:
    if strategy == "Information":
        return INFORMATION
    return ONE_OF.get(strategy, ())[:1]


def strategy_of(said: Labelled) -> str:
    return STRATEGIES[int(np.argmax(said.targets["strategy"]))]


def chats(count: int = 10) -> tuple[list[Example], list[np.ndarray]]:
    found = [
        tuple(
            Labelled("therapist", "", {"strategy": one_hot(one, STRATEGIES)})
            for one in RNG.permutation(STRATEGIES)
        )
        for _ in range(count)
    ]
    logits = [np.stack([saying(*nearest(strategy_of(one))) for one in said]) for said in found]
    return [Example(str(place), said) for place, said in enumerate(found)], logits


def at_level(level: int) -> np.ndarray:
    reached = range(1, level + 1)
    return saying(*(("said", f"{name}>={one}") for name in MECHANISMS for one in reached))


def pairs(count: int = 12) -> tuple[list[Example], list[np.ndarray]]:
    given = [place % 3 for place in range(count)]
    examples = [
        Example(
            f"{place // 2}/{place}",
            (
                Labelled("client", "", {}),
                Labelled("therapist", "", dict.fromkeys(MECHANISMS, one_hot(str(level), LEVELS))),
            ),
        )
        for place, level in enumerate(given)
    ]
    return examples, [np.stack([saying(), at_level(level)]) for level in given]


def test_a_model_that_hears_every_strategy_is_judged_right() -> None:
    assert {one["what"]: one["figure"] for one in support(CARD, *chats())} == {
        **{
            f"strategy, {what} ({how})": 1.0
            for what in ("accuracy", "macro-F1")
            for how in ("likeliest", "by the card's thresholds")
        },
        **{f"{one}, F1 (yes or no, by the card's thresholds)": 1.0 for one in STRATEGIES},
    }


def test_a_model_that_hears_every_level_is_judged_right() -> None:
    found = empathy(CARD, *pairs())
    assert len(found) == 6
    assert all(one["figure"] == 1 and one["interval"] == [1, 1] for one in found)


def test_a_model_that_hears_nothing_finds_only_the_lowest_level() -> None:
    examples, logits = pairs()
    figures = {one["what"]: one for one in empathy(CARD, examples, [one * 0 - 5 for one in logits])}
    assert figures["exploration, accuracy"]["figure"] == pytest.approx(1 / 3, abs=0.001)
    assert figures["exploration, macro-F1"]["figure"] == pytest.approx(1 / 6, abs=0.001)


def test_each_figure_stands_beside_those_published() -> None:
    found = support(CARD, *chats()) + empathy(CARD, *pairs())
    assert all(set(one) == {"corpus", "what", "figure", "interval", "published"} for one in found)
    assert all(one["published"] for one in found)
    assert {one["what"].partition(" (")[0] for one in found} == set(PUBLISHED)


def test_the_second_level_takes_the_first() -> None:
    logits = np.stack([at_level(2), at_level(1), saying(("said", "exploration>=2"))])
    assert levels(CARD, logits, "exploration").tolist() == [2, 1, 0]


def test_input_of_another_kind_is_no_information() -> None:
    logits = np.stack([saying(*INFORMATION), saying(INFORMATION[0], ("input", "advice"))])
    told = STRATEGIES.index("Information")
    assert (reached(CARD, logits)[:, told] >= 1).tolist() == [True, False]
    assert likely(CARD, logits)[:, told].round(2).tolist() == [0.99, 0]


def test_what_no_code_is_likely_for_is_others() -> None:
    assert strategies(likely(CARD, saying()[None]), least=0.5).tolist() == [
        STRATEGIES.index("Others")
    ]


def test_thresholds_decide_between_strategies_of_unlike_frequency() -> None:
    count = len(CARD.heads["said"].labels)
    thresholds = [0.5] * count
    thresholds[CARD.heads["said"].labels.index("self_disclosure")] = 0.1
    card = card_with({"said": {"thresholds": thresholds}})
    row = saying(("said", "paraphrase"))[None]
    row[0, card.heads["said"].start + card.heads["said"].labels.index("self_disclosure")] = 0
    by_thresholds = strategies(reached(card, row), least=1)
    assert STRATEGIES[by_thresholds[0]] == "Self-disclosure"
    assert STRATEGIES[strategies(likely(card, row), least=0.5)[0]] == "Restatement or Paraphrasing"


def test_the_nearest_codes_are_those_of_the_crosswalk() -> None:
    rows = load_crosswalk().rows
    for strategy, outputs in ONE_OF.items():
        for label in (label for head, label in outputs if head == "said"):
            code = label.replace(">=", "=").partition("=")[0]
            assert strategy.lower() in rows[code]["esconv"]


def test_a_model_without_the_layer_is_refused_by_the_name_of_the_head() -> None:
    older = card_with({})
    older = type(older)("older", "0", {"talk": older.heads["talk"]}, {}, {})
    with pytest.raises(ModelError, match=r"older 0 has no head 'said'.*it has talk"):
        need(older, [("said", "paraphrase")])


def test_a_label_that_a_head_lacks_is_named() -> None:
    with pytest.raises(ModelError, match=r"'talk' .* has no label 'hum'"):
        need(CARD, [("talk", "hum")])


def test_the_shipped_model_knows_questions_and_information() -> None:
    need(load_model().card, [*ONE_OF["Question"], *INFORMATION])
