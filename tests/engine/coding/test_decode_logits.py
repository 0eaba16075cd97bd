from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.coding.decode import client_codes, probabilities, therapist_codes
from holdfast.runtime import Card, Head

LABELS = {
    "behaviour": ("reflection", "question", "input", "other"),
    "present": ("reflection", "question", "input"),
    "reflection": ("simple", "complex"),
    "question": ("open", "closed"),
    "input": ("information", "advice", "options", "negotiation"),
    "talk": ("change", "neutral", "sustain"),
    "emotions": ("joy", "sadness", "neutral"),
}
ALONE = ("present", "emotions")


def card(abstain: float = 0.5) -> Card:
    heads, start = {}, 0
    for name, labels in LABELS.items():
        alone = name in ALONE
        thresholds = (0.5,) * len(labels) if alone else (abstain,)
        heads[name] = Head(name, labels, start, not alone, 1.0, (0.0,) * len(labels), thresholds)
        start += len(labels)
    return Card("toy", "1", heads, {}, {})


def logits(**given: dict[str, float]) -> np.ndarray:
    row = np.zeros(sum(map(len, LABELS.values())), dtype=np.float32)
    for name, values in given.items():
        head = card().heads[name]
        for label, value in values.items():
            row[head.start + head.labels.index(label)] = value
    return row


rows = st.lists(st.floats(-8, 8, width=32), min_size=23, max_size=23).map(
    lambda values: np.array(values, dtype=np.float32)
)


@given(rows)
def test_probabilities_are_probabilities(row: np.ndarray) -> None:
    for head in card().heads.values():
        p = probabilities(row, head)
        assert ((p >= 0) & (p <= 1)).all()
        if head.exclusive:
            assert p.sum() == pytest.approx(1)


@given(rows)
def test_a_main_behaviour_is_always_among_what_the_utterance_holds(row: np.ndarray) -> None:
    codes = therapist_codes(row, card())
    main = str(codes["behaviour"].value)
    if main != "other":
        assert codes[main].value is not None


@given(rows)
def test_the_alternatives_of_codes_that_exclude_each_other_add_up_to_one(row: np.ndarray) -> None:
    codes = therapist_codes(row, card()) | client_codes(row, card())
    for name in ("behaviour", "reflection", "question", "input", "talk"):
        assert sum(p for _, p in codes[name].alternatives) == pytest.approx(1, abs=1e-3)


@given(rows)
def test_the_probability_given_is_that_of_the_value_given(row: np.ndarray) -> None:
    for code in (therapist_codes(row, card()) | client_codes(row, card())).values():
        known = dict(code.alternatives)
        if isinstance(code.value, tuple):
            assert code.p == tuple(known[label] for label in code.value)
        else:
            assert code.p == pytest.approx(known[code.value or "none"])


def test_below_its_threshold_the_coder_names_its_guess_and_abstains() -> None:
    code = therapist_codes(logits(behaviour={"question": 0.3}), card(abstain=0.6))["behaviour"]
    assert code.value == "question"
    assert code.unsure
    assert not code.heard


def test_what_is_not_present_has_no_value() -> None:
    row = logits(behaviour={"other": 5}, present={"reflection": -4, "question": -4, "input": -4})
    codes = therapist_codes(row, card())
    assert [codes[name].value for name in ("reflection", "question", "input")] == [None] * 3
    assert codes["question"].p == pytest.approx(0.982, abs=0.001)


def test_two_kinds_can_hold_in_one_utterance() -> None:
    row = logits(
        behaviour={"reflection": 4},
        present={"reflection": 4, "question": 4, "input": -4},
        question={"open": 3},
    )
    codes = therapist_codes(row, card())
    assert codes["reflection"].value in ("simple", "complex")
    assert codes["question"].value == "open"


def test_an_emotion_hides_neutral_and_the_likeliest_comes_first() -> None:
    row = logits(emotions={"joy": 1, "sadness": 2, "neutral": 3})
    assert client_codes(row, card())["emotions"].value == ("sadness", "joy")


def test_neutral_stands_alone() -> None:
    row = logits(emotions={"joy": -3, "sadness": -3, "neutral": 1})
    assert client_codes(row, card())["emotions"].value == ("neutral",)


def test_where_no_emotion_passes_its_threshold_the_coder_abstains() -> None:
    code = client_codes(logits(emotions={"joy": -3, "sadness": -3, "neutral": -3}), card())[
        "emotions"
    ]
    assert code.value == ()
    assert code.unsure
