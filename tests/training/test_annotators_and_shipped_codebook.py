"""What the annotators wrote by and what the package says of the same codes is one thing."""

from __future__ import annotations

import pytest

from holdfast.codebooks import CodeDefinition, load_codebook
from training.annotation.scheme import scheme

OURS = {code.name: code for code in load_codebook().codes}
THEIRS = scheme().codes()
TAKEN_OVER = [OURS[name] for name in THEIRS if OURS[name].by == "model"]
JOINED = {"earlier_thread"}
"""Codes whose values the package tells as one, as they are too rare to be told apart."""


def test_every_code_of_the_annotators_is_in_the_package() -> None:
    assert set(THEIRS) <= set(OURS)
    assert all(OURS[name].role is code.role for name, code in THEIRS.items())


@pytest.mark.parametrize("code", TAKEN_OVER, ids=lambda code: code.name)
def test_codes_that_the_model_learned_from_them_have_their_values(code: CodeDefinition) -> None:
    theirs = [value.name for value in THEIRS[code.name].values]
    expected = ["present"] if code.name in JOINED else theirs
    assert [value.name for value in code.values] == expected
    assert code.choice == THEIRS[code.name].choice


@pytest.mark.parametrize("code", TAKEN_OVER, ids=lambda code: code.name)
def test_their_examples_show_the_same_value(code: CodeDefinition) -> None:
    for value in code.values:
        theirs = THEIRS[code.name].values
        same = theirs if code.name in JOINED else (THEIRS[code.name].value(value.name),)
        is_one = {(one.before, one.said) for this in same for one in this.examples}
        is_none = {(one.before, one.said) for this in same for one in this.counter_examples}
        assert {(one.before, one.said) for one in value.examples} <= is_one
        assert {(one.before, one.said) for one in value.counter_examples} <= is_none
