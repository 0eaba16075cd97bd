"""The examples in the codebook are what the rules say of them."""

from __future__ import annotations

import pytest

from holdfast.codebooks import CodeDefinition, Example, ValueDefinition, load_codebook

from .talk import said

RULED = [
    (code, value) for code in load_codebook().codes if code.by == "rules" for value in code.values
]
NAMES = [f"{code.name}-{value.name}" for code, value in RULED]


def heard(code: CodeDefinition, example: Example) -> object:
    return said(code.role, example.said, example.before)[code.name].value


@pytest.mark.parametrize(("code", "value"), RULED, ids=NAMES)
def test_examples_are_given_their_value(code: CodeDefinition, value: ValueDefinition) -> None:
    assert {heard(code, example) for example in value.examples} == {value.name}


@pytest.mark.parametrize(("code", "value"), RULED, ids=NAMES)
def test_counter_examples_are_not(code: CodeDefinition, value: ValueDefinition) -> None:
    assert value.counter_examples
    assert value.name not in {heard(code, example) for example in value.counter_examples}
